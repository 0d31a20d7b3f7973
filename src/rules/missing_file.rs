//! The file of a secret or a config cannot be read.
//!
//! ## Why
//!
//! Docker reads it on the machine that deploys, looks for it relative to the folder of the first
//! stack file, and stops the deploy there: the networks exist by then, the services do not.
//!
//! ## Example
//!
//! ```yaml bad
//! services: {}
//! configs:
//!   site:
//!     file: ./site.conf
//! ```
//!
//! ## Fix
//!
//! Correct the path, create the file, or declare the object as external if it exists in the swarm:
//!
//! ```text site.conf
//! listen 80;
//! ```
//!
//! ```yaml good
//! services: {}
//! configs:
//!   site:
//!     file: ./site.conf
//! ```
//!
//! ```yaml good
//! services: {}
//! configs:
//!   site:
//!     external: true
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/convert/compose.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::{code, correct, unreadable};
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "missing-file",
    summary: "file of a secret or a config cannot be read",
    group: Group::References,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::FileUnreadable { object, path, reason } = &problem.kind else { return };

    if path.is_empty() {
        found
            .report(problem, format!("the {} has no `file`", object.word()))
            .help("write `file:` and a path, or `external: true` where the swarm has it already");
        return;
    }
    let advice = correct(found.text(problem.span));
    found
        .report(
            problem,
            format!("the file of the {}, {}, {}", object.word(), code(path), unreadable(reason)),
        )
        .help(advice);
}
