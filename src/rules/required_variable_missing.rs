//! A variable that the file requires is missing.
//!
//! ## Why
//!
//! `${NAME:?message}` makes Docker refuse the file while `NAME` is unset or empty,
//! `${NAME?message}` while it is unset. `docker stack` reads no `.env` file: only variables that
//! are exported count.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:${TAG:?the release to run}
//! ```
//!
//! ## Fix
//!
//! Export the variable before the deploy, give it with `--env-file`, or write a default:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:${TAG:-1.27}
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/template/template.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "required-variable-missing",
    summary: "variable that the file requires is not set",
    group: Group::Variables,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

/// The most characters of the file's own message that are shown.
const LONGEST: usize = 200;

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::RequiredVariable { name, message } = &problem.kind else { return };

    let message: String = message.trim().chars().take(LONGEST).collect();
    let text = format!("required variable {} is not set", code(name));
    let text = if message.is_empty() { text } else { format!("{text}: {message}") };
    found
        .report(problem, text)
        .help("export it before the deploy: `docker stack` does not read `.env`");
}
