//! A value has a type that its key does not take.
//!
//! ## Why
//!
//! YAML tells numbers, booleans and texts apart, and Docker converts nothing here: `"2"` in quotes
//! is no number, and a bare `0.5` is no text. Docker reports one such place at a time, and no line.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       replicas: "2"
//! ```
//!
//! ## Fix
//!
//! Write the value in the form that the key takes:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       replicas: 2
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/schema/data/config_schema_v3.13.json`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::rules::{compose, types};
use crate::stack::check::{Violation, ViolationKind};
use crate::stack::keys::Type;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "wrong-type",
    summary: "value has a type that its key does not take",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let violation = match &problem.kind {
        Kind::Shape(violation) => violation,
        Kind::Undecodable { found: what } => {
            found
                .report(problem, format!("Docker cannot use {} here", types::named(what)))
                .help("write it in quotes, or as a plain whole number");
            return;
        }
        _ => return,
    };
    let ViolationKind::WrongType { expected, found: what } = &violation.kind else { return };
    if types::has_rule_of_its_own(violation) {
        return;
    }
    let text = found.text(problem.span);
    let key = match compose::last_key(&violation.path) {
        Some(key) => code(key),
        None => "a stack file".to_owned(),
    };
    let message = format!("{key} takes {}, not {}", types::listed(expected), types::article(*what));
    let finding = found.report(problem, message);
    finding.help(help(violation, expected, *what));
    finding.fix(types::quoting(problem.span, text, expected, *what));
}

fn help(violation: &Violation, expected: &[Type], found: Type) -> String {
    let number = |it: &Type| matches!(it, Type::Number | Type::Integer);
    let wants_text = expected.contains(&Type::Text);
    match found {
        Type::Number | Type::Integer if wants_text => "put it in quotes".to_owned(),
        Type::Text if expected.iter().all(number) => "write the number without quotes".to_owned(),
        Type::Text if expected == [Type::Bool] => {
            "write `true` or `false` without quotes; `yes` and `on` are texts".to_owned()
        }
        Type::Null => match compose::last_key(&violation.path) {
            Some(key) => {
                format!("write a value after {}, or remove the key", code(&format!("{key}:")))
            }
            None => "write a value".to_owned(),
        },
        _ => format!("write {}", types::listed(expected)),
    }
}
