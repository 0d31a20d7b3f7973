//! A service reserves more than any node has.
//!
//! ## Why
//!
//! Swarm places a task only where its whole reservation is free. What exceeds the largest node is
//! free nowhere: the tasks stay pending for ever.
//!
//! ## Example
//!
//! ```yaml nodes.yml
//! nodes:
//!   m1: {role: manager, memory: 4GiB}
//! ```
//!
//! ```yaml bad
//! services:
//!   db:
//!     image: postgres:17
//!     deploy:
//!       resources:
//!         reservations: {memory: 8G}
//! ```
//!
//! ## Fix
//!
//! Reserve less, or let the service run on a larger node:
//!
//! ```yaml good
//! services:
//!   db:
//!     image: postgres:17
//!     deploy:
//!       resources:
//!         reservations: {memory: 3G}
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/scheduler/filter.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::placing::{Cause, cause, eligible, exceeded};
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::Service;

pub(super) const RULE: Rule = Rule {
    id: "reservation-exceeds-node",
    summary: "reservation that is more than any node has",
    group: Group::Placement,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Placement(check),
};

fn check(service: &Named<Service>, deployment: &Deployment, found: &mut Findings) {
    if cause(service, deployment) != Some(Cause::Reservation) {
        return;
    }
    let nodes = eligible(service, deployment.cluster);
    let Some(it) = exceeded(service, deployment, &nodes) else { return };
    let message = format!(
        "{} for each task is more than any node for it has: at most {}, on {}",
        it.wanted,
        it.most,
        code(&it.node)
    );
    found
        .report(it.place.unwrap_or(service.name.place), message)
        .help("reserve less, or let the service run on a larger node");
}
