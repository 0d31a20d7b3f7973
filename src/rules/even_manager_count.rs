//! A swarm has an even number of managers.
//!
//! ## Why
//!
//! More than half of the managers must be up, or nothing can be deployed, moved or restarted. Four
//! managers survive the loss of one, just as three do. Two survive no loss, just as one does, and
//! there is a second machine that can fail.
//!
//! ## Example
//!
//! ```yaml nodes.yml bad
//! nodes:
//!   m1: {role: manager}
//!   m2: {role: manager}
//!   m3: {role: manager}
//!   m4: {role: manager}
//! ```
//!
//! ## Fix
//!
//! Have one manager more, or one fewer: `docker node demote m4`.
//!
//! ```yaml nodes.yml good
//! nodes:
//!   m1: {role: manager}
//!   m2: {role: manager}
//!   m3: {role: manager}
//!   m4: {role: worker}
//! ```
//!
//! ## Source
//!
//! Raft's quorum; [Administer and maintain a
//! swarm](https://docs.docker.com/engine/swarm/admin_guide/).

use crate::cluster::quorum::{quorum, tolerated};
use crate::diagnostic::Severity;
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::grounds::managers;

pub(super) const RULE: Rule = Rule {
    id: "even-manager-count",
    summary: "even number of managers",
    group: Group::Inventory,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Cluster(check),
};

fn check(deployment: &Deployment, found: &mut Findings) {
    let managers = managers(deployment.cluster);
    let count = managers.len();
    let Some(last) = managers.last().filter(|_| count.is_multiple_of(2)) else { return };
    let spare = match tolerated(count) {
        0 => "no manager".to_owned(),
        1 => "one manager".to_owned(),
        more => format!("{more} managers"),
    };
    let message = format!("{count} managers survive the loss of {spare}, as {} do", count - 1);
    let message = if count == 2 { message.replace(" do", " does") } else { message };
    found
        .report(&last.role, message)
        .note(format!("{} of {count} must be up for the swarm to be changed", quorum(count)))
        .help(format!("have {} or {} managers", count - 1, count + 1));
}
