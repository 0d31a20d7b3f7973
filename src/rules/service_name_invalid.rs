//! Swarm refuses the name of a service.
//!
//! ## Why
//!
//! The name becomes a DNS name. It begins and ends with a letter or a digit; only `-` and `_` may
//! stand between. `docker stack config` lets dots pass, and the deploy then stops at the service.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web.api:
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Rename the service:
//!
//! ```yaml good
//! services:
//!   web-api:
//!     image: nginx:1.27
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/controlapi/common.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::refused::refused;
use crate::rules::words::code;
use crate::stack::problem::Problem;

pub(super) const RULE: Rule = Rule {
    id: "service-name-invalid",
    summary: "name of a service that Swarm refuses",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Some(_) = refused(problem, RULE.id) else { return };
    let service = problem.service.as_deref().unwrap_or_default();
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let message = if service.chars().all(fits) && !service.ends_with(['-', '_']) {
        format!("with the stack's name, {} is no name for a service", code(service))
    } else {
        format!("{} is no name for a service", code(service))
    };
    found.report(problem, message).help("use letters and digits, between them `-` and `_`");
}
