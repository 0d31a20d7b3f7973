//! More replicas than the one node that may run them is allowed to have.
//!
//! ## Why
//!
//! A constraint leaves one node, and `max_replicas_per_node` limits what it takes. The other tasks
//! wait for ever.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       replicas: 3
//!       placement:
//!         max_replicas_per_node: 1
//!         constraints: [node.hostname == n1]
//! ```
//!
//! ## Fix
//!
//! Lower the replicas, or let other nodes run them:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       replicas: 3
//!       placement:
//!         max_replicas_per_node: 1
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/scheduler/filter.go`: `MaxReplicasFilter`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::{has_one_node, replicas};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "replicas-exceed-max-per-node",
    summary: "more replicas than the one node may have",
    group: Group::Placement,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(deploy) = service.deploy.as_ref() else { return };
    let Some(most) = &deploy.placement.max_replicas_per_node else { return };
    let (Some(count), Some(place)) = (replicas(service), deploy.replicas.as_ref()) else { return };
    if most.value > 0 && count > most.value && has_one_node(service) && !most.place.is_unset() {
        let waiting = count - most.value;
        found
            .report(place, format!("{waiting} of {count} replicas wait for ever: one node may run {}", most.value))
            .related(most.span(), "this is the limit")
            .help("lower `replicas`, or let other nodes run them");
    }
}
