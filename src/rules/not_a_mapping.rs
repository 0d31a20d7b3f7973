//! The file is empty, or its top is not a mapping.
//!
//! ## Why
//!
//! A stack file is a mapping with keys such as `services` and `networks`. Docker refuses anything
//! else.
//!
//! ## Example
//!
//! ```yaml bad
//! - services
//! ```
//!
//! ## Fix
//!
//! Begin with `services:`.
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader/loader.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "not-a-mapping",
    summary: "file is no mapping of `services`, `networks`, …",
    group: Group::Yaml,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::NotMapping { found: what } = &problem.kind else { return };

    found
        .report(
            problem,
            format!("a stack file is a mapping with `services`, this one holds {what}"),
        )
        .help("begin with `services:`");
}
