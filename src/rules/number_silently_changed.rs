//! Docker turns a number into another without a word.
//!
//! ## Why
//!
//! A fraction is cut off, and a number that is too large for its 32 bits begins again at zero: port
//! 4294967376 becomes port 80.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports:
//!       - target: 4294967376
//!         published: 80
//! ```
//!
//! ## Fix
//!
//! Write the number that is meant:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports:
//!       - target: 80
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/types/types.go`: the widths of the fields.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "number-silently-changed",
    summary: "Docker turns the number into another",
    group: Group::Compose,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Wrapped { number, becomes } = &problem.kind else { return };

    found
        .report(problem, format!("Docker turns {} into {} here", code(number), code(becomes)))
        .help("write the number that is meant");
}
