//! Tasks are to be spread over a label that no node has.
//!
//! ## Why
//!
//! Nodes without the label count as one group. Where no node has it, the preference does nothing,
//! and all tasks may end up in one zone.
//!
//! ## Example
//!
//! ```yaml nodes.yml
//! nodes:
//!   m1: {role: manager, labels: {zone: a}}
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       placement:
//!         preferences: [spread: node.labels.rack]
//! ```
//!
//! ## Fix
//!
//! Correct the label's name, or label the nodes with `docker node update --label-add rack=r1 m1`:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       placement:
//!         preferences: [spread: node.labels.zone]
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/scheduler/nodeset.go`.

use crate::cluster::Node;
use crate::diagnostic::Severity;
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::placing::{has_label, same_but_case};
use crate::rules::words::{code, did_you_mean};
use crate::scheduler::Preference;
use crate::source::Named;
use crate::stack::Service;

pub(super) const RULE: Rule = Rule {
    id: "preference-label-missing",
    summary: "tasks are spread over a label that no node has",
    group: Group::Placement,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Placement(check),
};

fn check(service: &Named<Service>, deployment: &Deployment, found: &mut Findings) {
    let nodes = &deployment.cluster.nodes;
    let preferences = service.deploy.iter().flat_map(|it| &it.placement.preferences).flatten();
    for text in preferences.filter(|it| !it.place.is_unset()) {
        let Some(preference) = Preference::read(&text.value) else { continue };
        if nodes.is_empty() || nodes.iter().any(|it| has_label(preference, it)) {
            continue;
        }
        let (name, is_engine) = match preference {
            Preference::NodeLabel(name) => (name, false),
            Preference::EngineLabel(name) => (name, true),
        };
        let keys = |it: &'_ Node| if is_engine { it.engine_labels.clone() } else { it.labels.clone() };
        let known: Vec<String> = nodes.iter().flat_map(|it| keys(it).into_keys()).collect();
        let help = match same_but_case(name, is_engine, deployment.cluster) {
            Some(label) => format!("nodes have the label {}: the case counts", code(&label)),
            None => did_you_mean(name, known.iter().map(String::as_str)).unwrap_or_else(|| {
                format!("label the nodes: `docker node update --label-add {name}=VALUE NODE`")
            }),
        };
        found.report(text, format!("no node has the label {}", code(name))).help(help);
    }
}
