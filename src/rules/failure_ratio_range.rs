//! A failure ratio is not between 0 and 1.
//!
//! ## Why
//!
//! The ratio is the fraction of the tasks that may fail, not a percentage. The manager refuses a
//! service with anything below 0 or above 1.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       update_config:
//!         max_failure_ratio: 20
//! ```
//!
//! ## Fix
//!
//! Write a fraction:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       update_config:
//!         max_failure_ratio: 0.2
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/controlapi/service.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::refused::refused;
use crate::stack::problem::Problem;

pub(super) const RULE: Rule = Rule {
    id: "failure-ratio-range",
    summary: "failure ratio is not between 0 and 1",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Some(_) = refused(problem, RULE.id) else { return };
    found
        .report(problem, "`max_failure_ratio` goes from 0 to 1")
        .help("write a fraction: `0.2` for 20 percent");
}
