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
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::refused::refused;
use crate::rules::words::code;
use crate::stack::problem::Problem;
use crate::value::constraint;

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
    let site = found.site(problem.span);
    let patch = site.and_then(|it| it.replace(&meant(it.node().as_text()?)?));
    found
        .report(problem, format!("constraint {} {message}", code(text)))
        .help(help)
        .fix(Patch::safe(patch, "write it as Swarm reads it"));
}

/// The constraint with `==` for a single `=`, and without quotes around its value.
fn meant(text: &str) -> Option<String> {
    let at = text.find('=')?;
    let (key, rest) = (text.get(..at)?, text.get(at + 1..)?);
    let (key, operator) = match key.strip_suffix('!') {
        Some(key) => (key, "!="),
        None => (key, "=="),
    };
    let value = rest.strip_prefix('=').unwrap_or(rest).trim();
    let value = ['"', '\''].iter().find_map(|it| value.strip_prefix(*it)?.strip_suffix(*it)).unwrap_or(value);
    let meant = format!("{} {operator} {}", key.trim(), value.trim());
    (!text.contains('$') && constraint::parse(&meant).is_ok()).then_some(meant)
}
