//! A swarm of several nodes has one manager.
//!
//! ## Why
//!
//! While the only manager is down, running tasks go on, but nothing is deployed, moved or started
//! again. If it is lost, so is everything that the swarm knows.
//!
//! ## Fix
//!
//! Make two more nodes managers: three survive the loss of one.

use crate::diagnostic::Severity;
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::grounds::managers;

pub(super) const RULE: Rule = Rule {
    id: "single-manager",
    summary: "swarm of several nodes with one manager",
    group: Group::Inventory,
    severity: Severity::Info,
    preset: Preset::Default,
    check: Check::Cluster(check),
};

fn check(deployment: &Deployment, found: &mut Findings) {
    let managers = managers(deployment.cluster);
    let [only] = managers.as_slice() else { return };
    if deployment.cluster.nodes.len() > 1 {
        found
            .report(&only.role, "the swarm cannot be changed while its only manager is down")
            .help("make two more nodes managers: three survive the loss of one");
    }
}
