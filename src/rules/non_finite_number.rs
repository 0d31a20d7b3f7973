//! A value is infinite or not a number.
//!
//! ## Why
//!
//! YAML knows `.inf` and `.nan`; Docker cannot pass them on and refuses the file.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     environment:
//!       LIMIT: .inf
//! ```
//!
//! ## Fix
//!
//! Write a number, or quote the text:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     environment:
//!       LIMIT: ".inf"
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader` and `cli/compose/schema`: the file goes through JSON.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "non-finite-number",
    summary: "value is infinite or not a number",
    group: Group::Yaml,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    if !matches!(problem.kind, Kind::NotFinite) {
        return;
    }
    found
        .report(problem, "infinity and not-a-number cannot be passed on")
        .help("write a number, or put the text in quotes");
}
