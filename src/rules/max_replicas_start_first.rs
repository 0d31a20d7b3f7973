//! An update starts new tasks first, but every node runs as many replicas as it may.
//!
//! ## Why
//!
//! `max_replicas_per_node` counts old and new tasks alike. With `order: start-first` the new one comes
//! while the old one still counts, so it stays pending where every node has its number. Swarm waits
//! for it without limit: the update neither fails nor rolls back.
//!
//! ## Example
//!
//! ```yaml nodes.yml
//! nodes:
//!   m1: {role: manager, memory: 2GiB}
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       placement: {max_replicas_per_node: 1}
//!       update_config: {order: start-first}
//! ```
//!
//! ## Fix
//!
//! Use `order: stop-first`, allow one replica more per node, or add a node:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       placement: {max_replicas_per_node: 1}
//!       update_config: {order: stop-first}
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/scheduler/filter.go`; moby/moby#40797.

use crate::diagnostic::Severity;
use crate::rollout::DeadEndKind;
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::updating::report_blocked;
use crate::source::Named;
use crate::stack::Service;

pub(super) const RULE: Rule = Rule {
    id: "max-replicas-start-first",
    summary: "update that starts first where each node runs all it may",
    group: Group::Placement,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Placement(check),
};

fn check(service: &Named<Service>, deployment: &Deployment, found: &mut Findings) {
    let placement = service.deploy.as_ref().map(|it| &it.placement);
    if placement.is_none_or(|it| it.max_replicas_per_node.is_none()) {
        return;
    }
    let why = "every node for it runs as many replicas as it may";
    let help = "use `stop-first`, or allow one replica more per node";
    let causes = [(DeadEndKind::StartFirstMaxReplicas, why)];
    report_blocked(service, deployment, &causes, help, found);
}
