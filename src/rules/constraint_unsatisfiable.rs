//! No node that takes tasks meets the placement constraints.
//!
//! ## Why
//!
//! A node must meet all constraints of a service. Where none does, the deploy succeeds and the
//! tasks stay pending for ever: `no suitable node (scheduling constraints not satisfied on 3
//! nodes)`.
//!
//! ## Example
//!
//! ```yaml nodes.yml
//! nodes:
//!   m1: {role: manager, labels: {disk: hdd}}
//! ```
//!
//! ```yaml bad
//! services:
//!   db:
//!     image: postgres:17
//!     deploy:
//!       placement:
//!         constraints: [node.labels.disk == ssd]
//! ```
//!
//! ## Fix
//!
//! Label a node with `docker node update --label-add disk=ssd m1`, correct the constraint, or make
//! a drained node active again:
//!
//! ```yaml nodes.yml good
//! nodes:
//!   m1: {role: manager, labels: {disk: ssd}}
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/constraint/constraint.go`.

use crate::cluster::{Cluster, Node};
use crate::diagnostic::Severity;
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::constraints::{Written, each};
use crate::rules::amounts::nodes_named;
use crate::rules::placing::{Cause, cause, ready};
use crate::rules::words::{code, did_you_mean, listed};
use crate::source::Named;
use crate::stack::Service;
use crate::value::constraint::{Key, Operator};
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    id: "constraint-unsatisfiable",
    summary: "no node meets the placement constraints",
    group: Group::Placement,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Placement(check),
};

fn check(service: &Named<Service>, deployment: &Deployment, found: &mut Findings) {
    if cause(service, deployment) != Some(Cause::Constraints) {
        return;
    }
    let cluster = deployment.cluster;
    let all = each(service);
    let meets = |it: &Written, node: &Node| it.constraint.matches(&node.facts());
    let alone = all.iter().find(|it| !ready(cluster).any(|node| meets(it, node)));
    // Else it is the first that leaves no node.
    let together = (1..=all.len()).find(|&count| {
        !ready(cluster).any(|node| all[..count].iter().all(|it| meets(it, node)))
    });
    let Some(blamed) = alone.or_else(|| all.get(together? - 1)) else { return };
    let text = code(&blamed.text.value);
    let message = if alone.is_some() {
        format!("no node that takes tasks meets {text}")
    } else {
        format!("no node that takes tasks meets {text} and the constraints before it")
    };
    let finding = found.report(blamed.text.place, message);
    let mode = service.deploy.as_ref().and_then(|it| it.mode.as_ref());
    if mode.is_some_and(|it| it.value.starts_with("global")) {
        finding.at_most(Severity::Warning).note("a global service has no tasks then");
    }
    let lost = cluster.nodes.iter().filter(|it| !it.is_ready());
    let lost: Vec<_> = lost.filter(|node| all.iter().all(|it| meets(it, node))).collect();
    if !lost.is_empty() {
        let names = nodes_named(lost.iter().map(|it| it.name.value.as_str()));
        finding.note(format!("{names} would, but takes no tasks"));
    }
    let values = values(blamed, cluster);
    let key = code(&blamed.constraint.key_part.text);
    if alone.is_some() && values.is_empty() {
        finding.note(format!("no node has {key}"));
    } else if alone.is_some() {
        let values = values.iter().map(String::as_str);
        finding.note(format!("{key} is {} on the nodes", listed(values)));
    }
    if let Some(node) = lost.first() {
        let name = code(&node.name.value);
        finding.help(format!("let {name} take tasks again, or correct the constraint"));
        return;
    }
    let meant = (blamed.constraint.operator == Operator::Equal)
        .then(|| did_you_mean(&blamed.constraint.value.text, values.iter().map(String::as_str)))
        .flatten();
    finding.help(meant.unwrap_or_else(|| advice(blamed)));
}

fn advice(it: &Written) -> String {
    match (&it.constraint.key, it.constraint.operator) {
        (Key::NodeLabel(name), Operator::Equal) => {
            let value = &it.constraint.value.text;
            format!("give a node the label: `docker node update --label-add {name}={value} NODE`")
        }
        _ => "correct the constraint, or add a node that meets it".to_owned(),
    }
}

/// What the nodes have where the constraint looks.
fn values(it: &Written, cluster: &Cluster) -> BTreeSet<String> {
    let value = |node: &Named<Node>| {
        let facts = node.facts();
        let text = match &it.constraint.key {
            Key::Id => facts.id,
            Key::Hostname => facts.hostname,
            Key::Ip => facts.address,
            Key::Os => facts.os,
            Key::Arch => facts.arch,
            Key::NodeLabel(name) => facts.labels.get(name).map_or("", String::as_str),
            Key::EngineLabel(name) => facts.engine_labels.get(name).map_or("", String::as_str),
            Key::Role | Key::Unknown => "",
        };
        Some(text.to_owned()).filter(|it| !it.is_empty())
    };
    cluster.nodes.iter().filter_map(value).collect()
}
