//! All managers are in one zone, while there are nodes in others.
//!
//! ## Why
//!
//! When the zone fails, all managers are gone. The nodes elsewhere go on running their tasks, but
//! what was lost is not started there.
//!
//! ## Example
//!
//! ```yaml nodes.yml bad
//! nodes:
//!   m1: {role: manager, zone: a}
//!   m2: {role: manager, zone: a}
//!   m3: {role: manager, zone: a}
//!   w1: {zone: b}
//!   w2: {zone: c}
//! ```
//!
//! ## Fix
//!
//! Spread the managers over three zones:
//!
//! ```yaml nodes.yml good
//! nodes:
//!   m1: {role: manager, zone: a}
//!   m2: {role: manager, zone: b}
//!   m3: {role: manager, zone: c}
//!   w1: {zone: b}
//!   w2: {zone: c}
//! ```
//!
//! ## Source
//!
//! Raft's quorum; [Administer and maintain a
//! swarm](https://docs.docker.com/engine/swarm/admin_guide/).

use crate::cluster::Node;
use crate::diagnostic::Severity;
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::grounds::managers;
use crate::rules::words::code;

pub(super) const RULE: Rule = Rule {
    id: "managers-in-one-zone",
    summary: "all managers in one zone",
    group: Group::Inventory,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Cluster(check),
};

fn check(deployment: &Deployment, found: &mut Findings) {
    let managers = managers(deployment.cluster);
    let Some(zone) = managers.first().and_then(|it| it.zone.as_ref()) else { return };
    // Nodes without a zone may be anywhere.
    let is_there = |it: &Node| it.zone.as_ref().is_some_and(|it| it.value == zone.value);
    let is_elsewhere = |it: &Node| it.zone.is_some() && !is_there(it);
    let has_others = deployment.cluster.nodes.iter().any(|it| is_elsewhere(it));
    if managers.len() == 1 || !has_others || !managers.iter().all(|it| is_there(it)) {
        return;
    }
    let message = format!("all {} managers are in the zone {}", managers.len(), code(&zone.value));
    found
        .report(zone, message)
        .help("spread the managers over three zones, where there are as many");
}
