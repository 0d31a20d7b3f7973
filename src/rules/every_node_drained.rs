//! No node of the inventory takes tasks.
//!
//! ## Why
//!
//! Each node is drained, paused or down. All new tasks stay pending: `no suitable node (3 nodes not
//! available for new tasks)`.
//!
//! ## Example
//!
//! ```yaml nodes.yml bad
//! nodes:
//!   m1: {role: manager, availability: drain}
//! ```
//!
//! ## Fix
//!
//! Make a node active again: `docker node update --availability active m1`.
//!
//! ```yaml nodes.yml good
//! nodes:
//!   m1: {role: manager, availability: active}
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/scheduler/filter.go`.

use crate::cluster::Availability;
use crate::diagnostic::Severity;
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::words::code;

pub(super) const RULE: Rule = Rule {
    id: "every-node-drained",
    summary: "no node takes tasks",
    group: Group::Inventory,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Cluster(check),
};

fn check(deployment: &Deployment, found: &mut Findings) {
    let nodes = &deployment.cluster.nodes;
    let Some(first) = nodes.first().filter(|_| !nodes.iter().any(|it| it.is_ready())) else {
        return;
    };
    let is_inactive = first.availability.value != Availability::Active;
    let at = if is_inactive { first.availability.place } else { first.state.place };
    let how = match first.availability.value {
        Availability::Drain => "drained",
        Availability::Pause => "paused",
        Availability::Active => first.state.value.as_str(),
    };
    let rest = if nodes.len() == 1 { "" } else { ", and no other node takes tasks either" };
    found
        .report(at, format!("the node {} is {how}{rest}", code(&first.name.value)))
        .help("make a node active again: `docker node update --availability active NODE`");
}
