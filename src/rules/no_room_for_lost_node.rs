//! When one node is lost or drained, tasks find no room on the others.
//!
//! ## Why
//!
//! A node goes down, or is drained to be updated. Swarm starts its tasks elsewhere, as far as their
//! reservations, constraints and ports allow. What finds no place stays pending until the node is
//! back.
//!
//! ## Example
//!
//! ```yaml nodes.yml
//! nodes:
//!   w1: {cpus: 2}
//!   w2: {cpus: 2}
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       replicas: 3
//!       resources:
//!         reservations: {cpus: "1"}
//! ```
//!
//! ## Fix
//!
//! Reserve less, run fewer tasks, or add a node:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       replicas: 2
//!       resources:
//!         reservations: {cpus: "1"}
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/orchestrator/restart` and `manager/scheduler`. What has to be survived can be
//! written into the settings: see survive-policy.

use crate::diagnostic::Severity;
use crate::plan::{Lost, Outcome, Plan};
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::grounds::with_plan;
use crate::rules::services::{has_one_node, head};
use crate::rules::words::code;
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    id: "no-room-for-lost-node",
    summary: "tasks without room when a node is lost",
    group: Group::Placement,
    severity: Severity::Warning,
    preset: Preset::Pedantic,
    check: Check::Cluster(check),
};

fn check(deployment: &Deployment, found: &mut Findings) {
    with_plan(deployment, |plan| report(plan, deployment, found));
}

fn report(plan: &Plan, deployment: &Deployment, found: &mut Findings) {
    // Each service once, at the first loss.
    let mut told: BTreeSet<usize> = BTreeSet::new();
    for failure in &plan.failures {
        let Lost::Node(node) = failure.lost else { continue };
        for it in &failure.moves {
            let Outcome::Pending(message) = &it.outcome else { continue };
            // One task for each node is meant so.
            if message.contains("max replicas per node") || told.contains(&it.service) {
                continue;
            }
            let Some(key) = plan.services[it.service].key.filter(|_| told.insert(it.service)) else {
                continue;
            };
            let service = deployment.stack.service(key).filter(|it| !has_one_node(it));
            let Some(service) = service else { continue };
            let node = code(plan.node(node));
            found
                .report(head(service), format!("a task finds no room elsewhere when {node} is lost or drained"))
                .note(format!("Swarm says: {message}"))
                .help("reserve less, or add a node");
        }
    }
}
