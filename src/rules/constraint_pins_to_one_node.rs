//! A constraint leaves one node for the service.
//!
//! ## Why
//!
//! When the node is gone, the tasks wait until it is back. For data on that node this is right;
//! for anything else a label lets others step in.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       placement: {constraints: [node.hostname == n1]}
//! ```
//!
//! ## Fix
//!
//! Give a label to the nodes that may run it:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       placement: {constraints: [node.labels.web == true]}
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/scheduler/filter.go`: `ConstraintFilter`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::constraints::each;
use crate::source::Named;
use crate::stack::{Service, Stack};
use crate::value::constraint::{Key, Operator};

pub(super) const RULE: Rule = Rule {
    id: "constraint-pins-to-one-node",
    summary: "constraint leaves one node",
    group: Group::Placement,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for it in each(service) {
        let one = matches!(it.constraint.key, Key::Id | Key::Hostname);
        if one && it.constraint.operator == Operator::Equal {
            found
                .report(it.text, "only one node may run this: nothing replaces it when it is gone")
                .help("give a label to the nodes that may run it, unless its data is on this one");
        }
    }
}
