//! A number is below zero or too large for its key.
//!
//! ## Why
//!
//! Docker keeps counts without a sign in a fixed number of bits, and refuses what does not fit.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       replicas: -1
//! ```
//!
//! ## Fix
//!
//! Write a number that fits:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       replicas: 1
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/schema/data/config_schema_v3.13.json`, and the types of
//! `cli/compose/types/types.go`; SwarmKit, `manager/controlapi/service.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::refused::refused;
use crate::rules::words::code;
use crate::stack::check::ViolationKind;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "number-out-of-range",
    summary: "number is below zero or too large for its key",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    match &problem.kind {
        Kind::OutOfRange { number } if number.starts_with('-') => {
            let message = format!("{} is below zero", code(number));
            found.report(problem, message).help("write zero or more");
        }
        Kind::OutOfRange { number } => {
            let message = format!("{} is larger than Docker can hold here", code(number));
            found.report(problem, message).help("write a smaller number");
        }
        Kind::Shape(violation) if matches!(violation.kind, ViolationKind::BelowMinimum) => {
            found.report(problem, "the number is below zero").help("write zero or more");
        }
        _ if refused(problem, RULE.id).is_some() => {
            found.report(problem, "Swarm takes nothing below zero").help("write zero or more");
        }
        _ => {}
    }
}
