//! The file of a secret is empty.
//!
//! ## Why
//!
//! Swarm refuses a secret without content. The deploy stops there: the networks exist by then, the
//! services do not.
//!
//! ## Example
//!
//! ```console
//! $ wc -c site.key
//! 0 site.key
//! ```
//!
//! ```yaml bad
//! services: {}
//! secrets:
//!   site:
//!     file: ./site.key
//! ```
//!
//! ## Fix
//!
//! Put something into the file; a line break is enough:
//!
//! ```console good
//! $ wc -c site.key
//! 1 site.key
//! ```
//!
//! ## Source
//!
//! SwarmKit, `api/validation/secrets.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::problem::{Kind, Object, Problem};

pub(super) const RULE: Rule = Rule {
    id: "secret-empty",
    summary: "file of a secret is empty",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::FileSize { object: Object::Secret, size: 0 } = &problem.kind else { return };
    found
        .report(problem, "the file is empty, and Swarm refuses a secret without content")
        .help("put something into it, if only a line break");
}
