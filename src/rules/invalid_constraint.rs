//! A placement constraint cannot be read.
//!
//! ## Why
//!
//! A constraint is `KEY==VALUE` or `KEY!=VALUE`. It has no single `=`, no `&&`, no lists and no
//! quotes around the value. Docker's client sends anything, and the manager refuses the service.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       placement:
//!         constraints: [node.role = manager]
//! ```
//!
//! ## Fix
//!
//! Write one condition for each item of the list:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       placement:
//!         constraints: [node.role == manager]
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/constraint/constraint.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::refused::refused;
use crate::rules::words::code;
use crate::stack::problem::Problem;

pub(super) const RULE: Rule = Rule {
    id: "invalid-constraint",
    summary: "placement constraint cannot be read",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Some(refusal) = refused(problem, RULE.id) else { return };
    let text = found.text(problem.span).trim_matches(['"', '\'']);
    let (message, help) = if refusal.reason.contains("operator") {
        ("has neither `==` nor `!=`", "write `KEY == VALUE` or `KEY != VALUE`")
    } else if refusal.reason.contains("value") {
        ("has a value that Swarm does not take", "use letters, digits, `-`, `_`, `.`, `:` and `/`")
    } else {
        ("has a key that Swarm does not take", "write a key such as `node.labels.zone`")
    };
    found.report(problem, format!("constraint {} {message}", code(text))).help(help);
}
