//! Swarm does not know how much memory a service needs.
//!
//! ## Why
//!
//! Swarm places tasks by what they reserve, not by what they use. Without reservations it fills a
//! small node with as many tasks as a large one.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//! ```
//!
//! ## Fix
//!
//! Reserve what the program uses in ordinary times:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     deploy:
//!       resources:
//!         reservations: {memory: 256M}
//! ```
//!
//! ## Source
//!
//! SwarmKit's `ResourceFilter` (`manager/scheduler/filter.go`); moby/moby#34934.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::head;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "no-memory-reservation",
    summary: "Swarm does not know how much memory is needed",
    group: Group::Resources,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let reserved = service.deploy.as_ref().and_then(|it| it.resources.reservations.as_ref());
    if reserved.is_none_or(|it| it.memory.is_none()) {
        found
            .report(head(service), "Swarm places it on any node, however full its memory is")
            .help("add `deploy.resources.reservations.memory`");
    }
}
