//! A published port lies where Swarm picks ports itself.
//!
//! ## Why
//!
//! Swarm takes 30000 to 32767 for services that leave the number open. A number from that range can
//! be taken when the stack is deployed for the first time, or again after it was removed.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports: ["30080:80"]
//! ```
//!
//! ## Fix
//!
//! Publish a port outside that range:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports: ["8080:80"]
//! ```
//!
//! ## Source
//!
//! SwarmKit's port allocator (`manager/allocator/portallocator.go`: `dynamicPortStart`,
//! `dynamicPortEnd`).

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::host_port;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "port-in-dynamic-range",
    summary: "published port in the range that Swarm picks from",
    group: Group::Network,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for port in &service.ports {
        let Some(published) = &port.published else { continue };
        if (30_000..=32_767).contains(&published.value) && host_port(port).is_none() {
            found
                .report(
                    published.place,
                    format!("Swarm may have given {} to another service", published.value),
                )
                .help("publish a port outside 30000 to 32767");
        }
    }
}
