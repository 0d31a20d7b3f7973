//! The file of a secret is empty.
//!
//! ## Why
//!
//! Swarm refuses a secret without content. The deploy stops there: networks are created already,
//! services are not.
//!
//! ## Fix
//!
//! Put something into the file, if only a line break.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::problem::{Kind, Object, Problem};

pub(super) const RULE: Rule = Rule {
    id: "secret-empty",
    summary: "the file of a secret is empty",
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
