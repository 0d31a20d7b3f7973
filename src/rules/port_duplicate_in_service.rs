//! A service publishes one port twice.
//!
//! ## Why
//!
//! Protocol and published number together must be free; the manager refuses the service.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports: ["80:80", "80:8080"]
//! ```
//!
//! ## Fix
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports: ["80:80", "8080:8080"]
//! ```

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Rule};
use crate::stack::problem::{Kind, Problem, Refused};

pub(super) const RULE: Rule = Rule {
    id: "port-duplicate-in-service",
    summary: "port published twice by one service",
    group: Group::Swarm,
    severity: Severity::Error,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Refused { subject: Refused::DuplicatePort, other, .. } = &problem.kind else { return };
    let finding = found.report(problem, "the service publishes this port twice");
    if let Some((span, label)) = other.as_ref().filter(|it| it.0 != problem.span) {
        finding.related(*span, label);
    }
    finding.help("remove one of them, or publish another port");
}
