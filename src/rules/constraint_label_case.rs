//! A placement constraint spells a label in another case than the nodes do.
//!
//! ## Why
//!
//! Swarm compares the names of labels exactly; only their values may differ in case. For a node
//! without the label the value is empty: then no node meets a constraint with `==`, and every node
//! meets one with `!=`.
//!
//! ## Example
//!
//! ```yaml nodes.yml
//! nodes:
//!   m1: {role: manager, labels: {Zone: a}}
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       placement:
//!         constraints: [node.labels.zone == a]
//! ```
//!
//! ## Fix
//!
//! Spell the label as the nodes do:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       placement:
//!         constraints: [node.labels.Zone == a]
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/constraint/constraint.go`.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::constraints::each;
use crate::rules::placing::other_case;
use crate::rules::words::code;
use crate::source::{Named, Place};
use crate::stack::Service;
use crate::value::constraint::Operator;

pub(super) const RULE: Rule = Rule {
    id: "constraint-label-case",
    summary: "placement constraint on a label in another case",
    group: Group::Placement,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Placement(check),
};

fn check(service: &Named<Service>, deployment: &Deployment, found: &mut Findings) {
    for it in each(service) {
        let Some(label) = other_case(&it, deployment.cluster) else { continue };
        let key = &it.constraint.key_part;
        let length = label.len().min(key.text.len());
        let meant = format!("{}{label}", &key.text[..key.text.len() - length]);
        let span = it.part(key);
        let at = Place { span, ..it.text.place };
        let finding = found.report(at, format!("nodes have the label {} instead", code(&label)));
        finding.help(format!("write {}", code(&meant)));
        if it.constraint.operator == Operator::NotEqual {
            finding.at_most(Severity::Warning).note("as it is, every node meets the constraint");
        }
        let patch = Patch::part(it.text.place, &key.range, &meant);
        finding.fix(Patch::risky(patch, format!("write {}", code(&meant))));
    }
}
