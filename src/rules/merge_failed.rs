//! Two files of a stack cannot be merged.
//!
//! ## Why
//!
//! Docker merges file by file, key by key. Values of different kinds under one key, such as in
//! `x-` keys, do not merge.
//!
//! ## Fix
//!
//! Give both files the same kind of value, or remove one.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Rule};
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "merge-failed",
    summary: "files of the stack cannot be merged",
    group: Group::Compose,
    severity: Severity::Error,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::MergeFailed { reason } = &problem.kind else { return };

    found
        .report(problem, format!("the files cannot be merged: {reason}"))
        .help("give the key the same kind of value in both files");
}
