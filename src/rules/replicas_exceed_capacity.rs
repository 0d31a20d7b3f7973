//! A service wants more replicas than its nodes may run.
//!
//! ## Why
//!
//! `max_replicas_per_node` limits the tasks on each node, and only nodes that meet the constraints
//! count. Replicas beyond that stay pending until there are more nodes.
//!
//! ## Example
//!
//! ```yaml nodes.yml
//! nodes:
//!   m1: {role: manager}
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       replicas: 3
//!       placement: {max_replicas_per_node: 2}
//! ```
//!
//! ## Fix
//!
//! Ask for fewer replicas, allow more on each node, or let the service run on more nodes:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       replicas: 2
//!       placement: {max_replicas_per_node: 2}
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/scheduler/filter.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::placing::{Cause, cause, eligible, most_replicas};
use crate::source::Named;
use crate::stack::Service;

pub(super) const RULE: Rule = Rule {
    id: "replicas-exceed-capacity",
    summary: "more replicas than the nodes may run",
    group: Group::Placement,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Placement(check),
};

fn check(service: &Named<Service>, deployment: &Deployment, found: &mut Findings) {
    if cause(service, deployment) != Some(Cause::MaxReplicas) {
        return;
    }
    let nodes = eligible(service, deployment.cluster);
    let Some((most, replicas)) = most_replicas(service, deployment, &nodes) else { return };
    let Some(deploy) = &service.deploy else { return };
    let limit = deploy.placement.max_replicas_per_node.as_ref();
    let at = deploy.replicas.as_ref().or(limit).map_or(service.name.place, |it| it.place);
    let (count, noun) = (nodes.len(), if nodes.len() == 1 { "node" } else { "nodes" });
    let message = format!("{replicas} replicas, but {count} {noun} may run {most} of them");
    let finding = found.report(at, message);
    finding.help(format!(
        "ask for {most} at most, raise `max_replicas_per_node`, or let it run on more nodes"
    ));
    if let Some(limit) = limit {
        finding.related(limit.place.span, "so many on each node");
    }
}
