//! A command cannot be split into words.
//!
//! ## Why
//!
//! Docker splits `command` and `entrypoint` into words as a shell does. A quote that is not closed,
//! or a backslash at the very end, cannot be split, and Docker refuses the file.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     command: echo it's late
//! ```
//!
//! ## Fix
//!
//! Close the quote, or write a list, which is not split:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     command: [echo, "it's late"]
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader/loader.go`; the words are split by
//! `github.com/google/shlex`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::problem::{Grammar, Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "command-syntax",
    summary: "command cannot be split into words",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Value { grammar: Grammar::Command, reason, .. } = &problem.kind else { return };
    let message = if reason.contains("escape") {
        "the command ends with a backslash that escapes nothing"
    } else {
        "a quote in the command is not closed"
    };
    found.report(problem, message).help("close it, or write the command as a list");
}
