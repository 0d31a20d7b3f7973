//! An update that starts new tasks first has no room for one.
//!
//! ## Why
//!
//! With `order: start-first` the old task stops when the new one runs. Where the old tasks hold what
//! the new one needs (reserved memory, a port of the node), the new one stays pending. Swarm waits
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
//!       update_config: {order: start-first}
//!       resources:
//!         reservations: {memory: 2G}
//! ```
//!
//! ## Fix
//!
//! Use `order: stop-first`, or leave room for one task more:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       update_config: {order: stop-first}
//!       resources:
//!         reservations: {memory: 2G}
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/orchestrator/update/updater.go`.

use crate::diagnostic::Severity;
use crate::rollout::DeadEndKind;
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::host_port_start_first;
use crate::rules::updating::report_blocked;
use crate::source::Named;
use crate::stack::Service;

pub(super) const RULE: Rule = Rule {
    id: "update-start-first-blocked",
    summary: "update that starts first and finds no room",
    group: Group::Placement,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Placement(check),
};

fn check(service: &Named<Service>, deployment: &Deployment, found: &mut Findings) {
    // That rule knows without the nodes.
    if host_port_start_first::blocked(service).is_some() {
        return;
    }
    let causes = [
        (DeadEndKind::StartFirstHostPort, "the old tasks hold the port on every node for it"),
        (DeadEndKind::StartFirstNoRoom, "no node has room for one more task beside the old ones"),
    ];
    let help = "use `stop-first`, or leave room for one task more";
    report_blocked(service, deployment, &causes, help, found);
}
