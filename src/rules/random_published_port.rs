//! Swarm chooses which port is published.
//!
//! ## Why
//!
//! A port without a number of its own is published as one between 30000 and 32767 that Swarm picks.
//! The number changes when the service is made anew, and nothing in the file says it.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports: ["80"]
//! ```
//!
//! ## Fix
//!
//! Say which port of the nodes it is, or publish none:
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
//! SwarmKit's port allocator (`manager/allocator/portallocator.go`).

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "random-published-port",
    summary: "Swarm chooses which port is published",
    group: Group::Network,
    severity: Severity::Info,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for port in &service.ports {
        let is_open = port.published.as_ref().is_none_or(|it| it.value == 0 && !it.place.is_unset());
        // A value that Docker refuses is not an absent one.
        let is_wrong = !port.short && found.text(port.place.span).contains("published");
        if !is_open || is_wrong || port.place.is_unset() {
            continue;
        }
        let target = port.target.as_ref().map_or(0, |it| it.value);
        found
            .report(port.place, format!("port {target} is published under a number that Swarm picks"))
            .help(format!("write the number, as in {}", code(&format!("8080:{target}"))));
    }
}
