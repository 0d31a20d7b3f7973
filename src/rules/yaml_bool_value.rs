//! A bare `true` or `false` stands where text is wanted.
//!
//! ## Why
//!
//! Labels, variables and options hold text. Docker turns numbers into text there, but refuses
//! booleans.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       labels:
//!         traefik.enable: true
//! ```
//!
//! ## Fix
//!
//! Put the value in quotes:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       labels:
//!         traefik.enable: "true"
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/schema/data/config_schema_v3.13.json`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::rules::{compose, types};
use crate::stack::check::ViolationKind;
use crate::stack::keys::Type;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "yaml-bool-value",
    summary: "bare `true` or `false` where text is wanted",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Shape(violation) = &problem.kind else { return };
    let ViolationKind::WrongType { expected, found: Type::Bool } = &violation.kind else { return };
    if !expected.contains(&Type::Text) {
        return;
    }
    let text = found.text(problem.span);
    let place = match compose::last_key(&violation.path) {
        Some(key) => format!("{} takes text, not a boolean", code(key)),
        None => "a text belongs here, not a boolean".to_owned(),
    };
    let finding = found.report(problem, place);
    finding.help("put it in quotes");
    finding.fix(types::quoting(problem.span, text, expected, Type::Bool));
}
