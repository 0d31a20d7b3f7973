//! The name of a service is too long.
//!
//! ## Why
//!
//! In the swarm a service is called by the name of the stack, `_` and its own name, which together
//! have at most 63 characters. The manager refuses a longer name.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Shorten the name of the service or of the stack:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/controlapi/common.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::refused::refused;
use crate::stack::problem::Problem;

pub(super) const RULE: Rule = Rule {
    id: "service-name-too-long",
    summary: "name of a service that is too long",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Some(_) = refused(problem, RULE.id) else { return };
    found
        .report(problem, "with the stack's name, the service's name has more than 63 characters")
        .help("shorten the name of the service or of the stack");
}
