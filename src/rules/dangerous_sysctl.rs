//! A kernel setting opens the network of a service.
//!
//! ## Why
//!
//! With it the container forwards packets or believes redirects and forged senders.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     sysctls: {net.ipv4.conf.all.accept_redirects: 1}
//! ```
//!
//! ## Fix
//!
//! Leave it out:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     sysctls: {net.core.somaxconn: 1024}
//! ```
//!
//! ## Source
//!
//! The kernel's documentation, `networking/ip-sysctl`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "dangerous-sysctl",
    summary: "kernel setting that opens the network",
    group: Group::Security,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for it in &service.sysctls {
        let name = it.name.value.as_str();
        let opens = match it.value.value.as_str() {
            "1" => name.ends_with(".accept_redirects") || name.ends_with(".accept_source_route") || name.ends_with("_forward"),
            "0" => name.ends_with(".rp_filter"),
            _ => false,
        };
        if opens {
            found
                .report(it.name.place, format!("{} opens the network of the container", code(name)))
                .help("leave it out, unless the service is a router");
        }
    }
}
