//! A service asks for a fixed address.
//!
//! ## Why
//!
//! Swarm gives each task the next free address of the network. `ipv4_address` and `ipv6_address`
//! are dropped without a word: whatever relies on the address finds another task behind it, or
//! none.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   db:
//!     image: example/shop:4.2
//!     networks:
//!       back: {ipv4_address: 10.20.0.5}
//! networks:
//!   back:
//!     ipam: {config: [{subnet: 10.20.0.0/24}]}
//! ```
//!
//! ## Fix
//!
//! Use the name of the service, or an alias; it always leads to its tasks:
//!
//! ```yaml good
//! services:
//!   db:
//!     image: example/shop:4.2
//!     networks:
//!       back: {aliases: [database]}
//! networks:
//!   back:
//!     ipam: {config: [{subnet: 10.20.0.0/24}]}
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/convert/service.go`: only aliases and driver options are sent.

use crate::diagnostic::{Fix, Severity};
use crate::edit::{Patch, Site};
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "static-address-ignored",
    summary: "fixed address that a task does not get",
    group: Group::Network,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for network in &service.networks {
        let Some(attachment) = &network.value else { continue };
        let addresses = [&attachment.ipv4_address, &attachment.ipv6_address];
        for address in addresses.into_iter().flatten().filter(|it| !it.value.is_empty()) {
            let site = found.site(address.span());
            let patch = site.filter(|it| !is_only(it)).and_then(|it| it.remove());
            found
                .report(address, format!("no task gets the address {}", code(&address.value)))
                .help("remove it, and use the name of the service or an alias")
                .fix(Patch::risky(patch, "remove it").map(Fix::without_effect));
        }
    }
}

/// Whether the network has no other option: it would go as well.
fn is_only(address: &Site) -> bool {
    let options = address.container().and_then(|it| it.as_map());
    options.is_some_and(|it| it.entries.len() == 1)
}
