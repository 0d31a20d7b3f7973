//! An `env_file` cannot be read.
//!
//! ## Why
//!
//! Docker reads it on the machine that deploys, looks for it relative to the folder of the first
//! stack file, and refuses the stack without it.
//!
//! ## Example
//!
//! ```env shop.env
//! LOG_LEVEL=info
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
//! Correct the path, or create the file:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     env_file: shop.env
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader/loader.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::{code, correct, unreadable};
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "env-file-missing",
    summary: "`env_file` cannot be read",
    group: Group::References,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::EnvFileMissing { path, reason } = &problem.kind else { return };

    let advice = correct(found.text(problem.span));
    found
        .report(problem, format!("env file {} {}", code(path), unreadable(reason)))
        .help(advice);
}
