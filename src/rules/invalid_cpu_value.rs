//! A value is not a number of processors.
//!
//! ## Why
//!
//! Docker reads the text as an exact number, in steps of a billionth of a processor. It does so
//! only when it deploys: `docker stack config` accepts anything.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       resources:
//!         limits:
//!           cpus: two
//! ```
//!
//! ## Fix
//!
//! Write a decimal number in quotes:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       resources:
//!         limits:
//!           cpus: "2"
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/convert/service.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::problem::{Grammar, Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "invalid-cpu-value",
    summary: "value is not a number of processors",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Value { grammar: Grammar::Cpus, text, reason } = &problem.kind else { return };
    let message = if reason.contains("precise") {
        format!("{} is finer than a billionth of a processor", code(text))
    } else {
        format!("{} is not a number of processors", code(text))
    };
    found.report(problem, message).help("write a decimal number in quotes, such as `\"0.5\"`");
}
