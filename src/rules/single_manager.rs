//! A swarm of several nodes has one manager.
//!
//! ## Why
//!
//! While the only manager is down, running tasks go on, but nothing is deployed, moved or
//! restarted. If it is lost for good, so is everything that the swarm knows.
//!
//! ## Example
//!
//! ```yaml nodes.yml bad
//! nodes:
//!   m1: {role: manager}
//!   w1: {}
//!   w2: {}
//! ```
//!
//! ## Fix
//!
//! Make two more nodes managers, `docker node promote w1 w2`: three survive the loss of one.
//!
//! ```yaml nodes.yml good
//! nodes:
//!   m1: {role: manager}
//!   w1: {role: manager}
//!   w2: {role: manager}
//! ```
//!
//! ## Source
//!
//! Raft's quorum; [Administer and maintain a
//! swarm](https://docs.docker.com/engine/swarm/admin_guide/).

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
