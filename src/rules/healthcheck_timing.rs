//! A healthcheck has a time shorter than a millisecond.
//!
//! ## Why
//!
//! The manager refuses the service. A forgotten or wrong unit is the usual cause.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     healthcheck:
//!       test: "true"
//!       interval: 30us
//! ```
//!
//! ## Fix
//!
//! Write the unit that is meant:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     healthcheck:
//!       test: "true"
//!       interval: 30s
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/controlapi/service.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::refused::refused;
use crate::rules::words::code;
use crate::stack::problem::Problem;

pub(super) const RULE: Rule = Rule {
    id: "healthcheck-timing",
    summary: "time of a healthcheck shorter than a millisecond",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Some(refusal) = refused(problem, RULE.id) else { return };
    let key = match refusal.reason {
        it if it.contains("StartInterval") => "start_interval",
        it if it.contains("StartPeriod") => "start_period",
        it if it.contains("Interval") => "interval",
        _ => "timeout",
    };
    found
        .report(problem, format!("{} of the healthcheck is shorter than 1ms", code(key)))
        .help("write the unit that is meant, such as `30s`");
}
