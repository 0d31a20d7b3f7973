//! Two placement constraints of a service cannot hold together.
//!
//! ## Why
//!
//! A node must meet all constraints of a service. Two different values for one key, or one value
//! with both `==` and `!=`, leave no node. The tasks stay pending for ever, and the deploy does not
//! say so.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       placement:
//!         constraints: [node.labels.zone == a, node.labels.zone == b]
//! ```
//!
//! ## Fix
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       placement:
//!         constraints: [node.labels.zone == a]
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/constraint/constraint.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::constraints::{Written, each};
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};
use crate::value::constraint::{Key, Operator};

pub(super) const RULE: Rule = Rule {
    id: "constraint-contradiction",
    summary: "placement constraints that cannot hold together",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Service(check),
};

/// The most constraints that later ones are compared with: nobody writes as many.
const MOST: usize = 500;

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let all = each(service);
    for (at, it) in all.iter().enumerate() {
        let earlier = &all[..at.min(MOST)];
        let Some(first) = earlier.iter().find(|first| contradict(first, it)) else { continue };
        let message =
            format!("no node meets both {} and {}", code(&first.text.value), code(&it.text.value));
        found
            .report(it.text.place, message)
            .related(first.text.place.span, "the other one")
            .help("a node must meet all constraints: remove one of them");
    }
}

pub(super) fn contradict(a: &Written, b: &Written) -> bool {
    let (a, b) = (&a.constraint, &b.constraint);
    // Networks may hold one another.
    if a.key != b.key || matches!(a.key, Key::Ip | Key::Unknown) {
        return false;
    }
    let same = a.value.text.to_lowercase() == b.value.text.to_lowercase();
    match (a.operator == Operator::Equal, b.operator == Operator::Equal) {
        (true, true) => !same,
        (false, false) => false,
        _ => same,
    }
}
