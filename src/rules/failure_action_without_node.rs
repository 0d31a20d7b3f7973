//! A rollback is asked for, but what fails here is the search for a node.
//!
//! ## Why
//!
//! Swarm counts a task as failed when its container ends or cannot be started. A task that finds no
//! node waits instead, without limit: `failure_action` never applies to it, and an update that waits
//! for it never ends.
//!
//! ## Example
//!
//! ```yaml nodes.yml
//! nodes:
//!   m1: {role: manager, memory: 2GiB}
//! ```
//!
//! ```yaml bad also unplaceable-task
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       replicas: 3
//!       update_config: {failure_action: rollback}
//!       resources:
//!         reservations: {memory: 1G}
//! ```
//!
//! ## Fix
//!
//! Let every task find a node; another finding says what keeps them from it:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       replicas: 2
//!       update_config: {failure_action: rollback}
//!       resources:
//!         reservations: {memory: 1G}
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/orchestrator/update/updater.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::source::Named;
use crate::stack::Service;

pub(super) const RULE: Rule = Rule {
    id: "failure-action-without-node",
    summary: "rollback that a task without a node never starts",
    group: Group::Placement,
    severity: Severity::Info,
    preset: Preset::Default,
    check: Check::Placement(check),
};

fn check(service: &Named<Service>, deployment: &Deployment, found: &mut Findings) {
    let update = service.deploy.as_ref().and_then(|it| it.update_config.as_ref());
    let Some(action) = update.and_then(|it| it.failure_action.as_ref()) else { return };
    let pending = deployment.scheduled(service).map_or(0, crate::scheduler::Scheduled::pending);
    if action.value == "rollback" && pending > 0 {
        let message = "tasks that wait for a node start no rollback";
        found.report(action, message).help("let every task find a node");
    }
}
