//! The inventory and the running swarm are not the same.
//!
//! ## Why
//!
//! Plans are made for the nodes of the inventory. Where the swarm has other nodes, labels or
//! resources, tasks go elsewhere than planned, or wait. Only `swarm-plan nodes check --live` looks at
//! the running swarm, and at what the inventory says: what it leaves out is not compared, nor are
//! tasks, which come and go.
//!
//! ## Example
//!
//! In the swarm, `w1` was drained:
//!
//! ```yaml live.yml
//! nodes:
//!   w1: {availability: drain}
//!   w2: {}
//! ```
//!
//! ```yaml nodes.yml bad
//! nodes:
//!   w1: {}
//!   w2: {}
//! ```
//!
//! ## Fix
//!
//! Write into the inventory what is so, or make it so in the swarm: `docker node update
//! --availability active w1`. `swarm-plan nodes export` writes the whole inventory anew.
//!
//! ```yaml nodes.yml good
//! nodes:
//!   w1: {availability: drain}
//!   w2: {}
//! ```
//!
//! ## Source
//!
//! `docker node inspect`, `docker secret ls` and their like, as the Engine API tells it.

use crate::cluster::drift::{Drift, Property};
use crate::cluster::{Kind, Problem};
use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;

pub(super) const RULE: Rule = Rule {
    id: "inventory-drift",
    summary: "inventory differs from the running swarm",
    group: Group::Inventory,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Inventory(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Drift(drift) = &problem.kind else { return };
    let finding = found.report(problem.span, problem.message.clone());
    finding.help(help(drift));
    if !is_grave(drift) {
        finding.at_most(Severity::Warning);
    }
}

/// Whether tasks may go elsewhere for it.
fn is_grave(drift: &Drift) -> bool {
    match drift {
        Drift::Node { what: Property::Address | Property::State, .. } | Drift::New { .. } => false,
        Drift::Gone { what, .. } => *what != "service",
        _ => true,
    }
}

fn help(drift: &Drift) -> String {
    let or = |command: String| format!("correct it here, or in the swarm: {}", code(&command));
    match drift {
        Drift::NodeGone { .. } => "remove it here, or let it join the swarm again".to_owned(),
        Drift::NodeNew { .. } => "add it; `swarm-plan nodes export` writes all nodes".to_owned(),
        Drift::Node { node, what: Property::Availability, file, .. } => {
            or(format!("docker node update --availability {file} {node}"))
        }
        Drift::Node { node, what: Property::Role, file, .. } => {
            let verb = if file == "manager" { "promote" } else { "demote" };
            or(format!("docker node {verb} {node}"))
        }
        Drift::Node { .. } => "correct it here, or look what happened to the node".to_owned(),
        Drift::Label { engine: true, .. } => {
            "correct it here, or the `labels` of the node's `daemon.json`".to_owned()
        }
        Drift::Label { node, label, file: Some(_), .. } => {
            or(format!("docker node update --label-add {label}=VALUE {node}"))
        }
        Drift::Label { node, label, file: None, .. } => {
            or(format!("docker node update --label-rm {label} {node}"))
        }
        Drift::Gone { .. } => "remove it here, or create it in the swarm".to_owned(),
        Drift::New { what, .. } => format!("add it under `{what}s`"),
    }
}
