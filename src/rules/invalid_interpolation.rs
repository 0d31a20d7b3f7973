//! A `$` begins nothing that Docker can read.
//!
//! ## Why
//!
//! Docker replaces variables in every value. It knows `$NAME`, `${NAME}`, `${NAME:-default}`,
//! `${NAME-default}`, `${NAME:?message}` and `${NAME?message}`, and refuses the file for any other
//! use of `$`.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     command: echo ${HOME/a/b}
//! ```
//!
//! ## Fix
//!
//! Write `$$` for a dollar sign, or use one of these forms:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     command: echo $${HOME/a/b}
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/template/template.go`.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::source::Span;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "invalid-interpolation",
    summary: "`$` begins no expression that Docker reads",
    group: Group::Variables,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Interpolation { expression } = &problem.kind else { return };

    // The expression may hold a secret, which an edit must not repeat.
    let start = Span::new(problem.span.source, problem.span.start(), problem.span.start());
    let dollar = found.text(problem.span).starts_with('$');
    let patch = dollar.then(|| Patch::raw(start, "$"));
    found
        .report(problem, wording(expression))
        .help("write `$$` for a dollar sign that is meant for the container")
        .fix(Patch::risky(patch, "write `$$`"));
}

/// Names the operator, and never the value, which may be a secret.
fn wording(expression: &str) -> String {
    let Some(inside) = expression.strip_prefix("${") else {
        return "a `$` that begins no variable".to_owned();
    };
    let is_name = |c: char| c == '_' || c.is_ascii_alphanumeric();
    let name = &inside[..inside.find(|c| !is_name(c)).unwrap_or(inside.len())];
    let operator = inside[name.len()..].trim_start_matches(':').chars().next();
    match operator {
        _ if name.is_empty() => "`${` is not followed by a variable's name".to_owned(),
        _ if name.starts_with(|c: char| c.is_ascii_digit()) => {
            "a variable's name does not begin with a digit".to_owned()
        }
        Some('}') | None => format!("`${{{name}` lacks a default, a message or its `}}`"),
        Some(operator) => format!("Docker knows no `{operator}` after `${{{name}`"),
    }
}
