//! A placement preference spreads over something that Swarm does not look at.
//!
//! ## Why
//!
//! Only labels of nodes and of engines can be spread over. Swarm passes over anything else without
//! a word, and the tasks may all stand in one place.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       placement:
//!         preferences: [{spread: node.hostname}]
//! ```
//!
//! ## Fix
//!
//! Name a label of the nodes:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       placement:
//!         preferences: [{spread: node.labels.zone}]
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/scheduler/scheduler.go`: `decisionTree`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "preference-ignored",
    summary: "spread over what Swarm does not look at",
    group: Group::Placement,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let preferences = service.deploy.iter().flat_map(|it| &it.placement.preferences).flatten();
    for it in preferences.filter(|it| !it.place.is_unset() && !it.value.is_empty()) {
        let key = it.value.to_lowercase();
        let known = ["node.labels.", "engine.labels."];
        if !known.iter().any(|prefix| key.len() > prefix.len() && key.starts_with(prefix)) {
            found
                .report(it, format!("Swarm does not spread over {}", code(&it.value)))
                .help("spread over `node.labels.NAME`; over nodes tasks are spread by themselves");
        }
    }
}
