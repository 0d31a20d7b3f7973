//! An item stands twice in a list.
//!
//! ## Why
//!
//! Docker refuses lists with equal items where order has no meaning.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     dns: [1.1.1.1, 1.1.1.1]
//! ```
//!
//! ## Fix
//!
//! Remove one of the two:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     dns: [1.1.1.1]
//! ```

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::check::ViolationKind;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-list-item",
    summary: "item stands twice in a list",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Shape(violation) = &problem.kind else { return };
    let ViolationKind::DuplicateItem { first, .. } = &violation.kind else { return };
    found
        .report(problem, "the item stands in the list already")
        .related(*first, "first written here")
        .help("remove one of the two");
}
