//! An item stands twice in a list.
//!
//! ## Why
//!
//! Most lists of a stack file must not hold an item twice. Docker refuses the file.
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
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/schema/data/config_schema_v3.13.json`.

use crate::diagnostic::Severity;
use crate::edit::Patch;
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
    let patch = found.site(problem.span).and_then(|it| it.remove());
    found
        .report(problem, "the item stands in the list already")
        .related(*first, "first written here")
        .help("remove one of the two")
        .fix(Patch::safe(patch, "remove the second one"));
}
