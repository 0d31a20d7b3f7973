//! A service's name in the swarm is one that the manager refuses.
//!
//! ## Why
//!
//! Names must be valid as part of a DNS name: letters, digits, `-` and `_`, with a letter or a
//! digit at both ends, and at most 63 characters with the stack's name in front. `docker stack
//! config` lets others pass; the deploy stops when the service is created.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   api.v2:
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! ```yaml good
//! services:
//!   api-v2:
//!     image: nginx:1.27
//! ```

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Rule};
use crate::stack::problem::{Kind, Problem, Refused};

pub(super) const RULE: Rule = Rule {
    id: "service-name-invalid",
    summary: "name of a service that the manager refuses",
    group: Group::Swarm,
    severity: Severity::Error,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Refused { subject: Refused::ServiceName, reason, other } = &problem.kind else {
        return;
    };
    let message = if reason.contains("63") {
        "the service's name is longer than 63 characters with the stack's name in front"
    } else if other.is_some() {
        "two services have names that are equal but for case"
    } else {
        "the service's name cannot be part of a DNS name"
    };
    let finding = found.report(problem, message);
    if let Some((span, label)) = other {
        finding.related(*span, label);
    }
    finding.help("use letters, digits, `-` and `_`, with a letter or a digit at both ends");
}
