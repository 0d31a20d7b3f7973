//! A line of an `env_file` cannot be read.
//!
//! ## Why
//!
//! Each line is `NAME=value` or a comment. There is no `export`, no quoting and no continuation on
//! the next line: everything after the `=` is the value.
//!
//! ## Example
//!
//! ```env web.env
//! LOG_LEVEL=info
//! export REGION=eu
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     env_file: web.env
//! ```
//!
//! ## Fix
//!
//! Write `NAME=value`, without blanks in the name and without quotes:
//!
//! ```env web.env good
//! LOG_LEVEL=info
//! REGION=eu
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `pkg/kvfile`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "env-file-format",
    summary: "line of an `env_file` cannot be read",
    group: Group::References,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::EnvFileLine { path, line, reason } = &problem.kind else { return };

    let message = format!("line {line} of {}: {}", code(path), plain(reason));
    found.report(problem, message).help("write `NAME=value`: no `export`, no blanks, no quotes");
}

/// In other words than Docker's, which repeat the line and so perhaps a secret.
fn plain(reason: &str) -> &'static str {
    if reason.contains("whitespace") {
        "the name holds a blank"
    } else if reason.contains("no variable name") {
        "no name before the `=`"
    } else if reason.contains("utf8") {
        "the line is not UTF-8"
    } else if reason.contains("too long") {
        "the line is longer than the 64 KiB that Docker reads"
    } else {
        "Docker cannot read this line"
    }
}
