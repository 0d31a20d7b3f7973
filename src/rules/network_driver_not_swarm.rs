//! A network has a driver that knows one node only.
//!
//! ## Why
//!
//! Docker makes such a network on the manager that answers, and then refuses the services that use
//! it: a service needs a network of the whole swarm.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [inner]
//! networks:
//!   inner:
//!     driver: bridge
//! ```
//!
//! ## Fix
//!
//! Leave the driver out: `overlay` is the default.
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [inner]
//! networks:
//!   inner: {}
//! ```
//!
//! ## Source
//!
//! The Engine's `populateNetworkID` (`daemon/cluster/services.go` of moby/moby).

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::users;
use crate::rules::words::code;
use crate::stack::Stack;
use crate::stack::model::is_true;

/// The Engine's own drivers for one node.
const LOCAL: &[&str] = &["bridge", "host", "ipvlan", "macvlan", "none", "null"];

pub(super) const RULE: Rule = Rule {
    id: "network-driver-not-swarm",
    summary: "network driver that knows one node only",
    group: Group::Network,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    let used = users(stack);
    for network in stack.networks.iter().filter(|it| !is_true(&it.external)) {
        let Some(driver) = &network.value.driver else { continue };
        if LOCAL.contains(&driver.value.as_str()) && used.contains_key(network.name.value.as_str()) {
            let patch = found.site(driver.span()).and_then(|it| it.remove());
            found
                .report(
                    driver,
                    format!("services cannot use a network of the driver {}", code(&driver.value)),
                )
                .help("leave the driver out: `overlay` is the default")
                .note("Docker says: only networks scoped to the swarm can be used")
                .fix(Patch::risky(patch, "leave the driver out"));
        }
    }
}
