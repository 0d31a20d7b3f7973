//! The manager refuses the service as it would be sent.
//!
//! ## Why
//!
//! Docker sends the service, and the manager checks it. The deploy stops there: what came before
//! is created already.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     healthcheck:
//!       test: [CMD, "true"]
//!       interval: 1us
//! ```
//!
//! ## Fix
//!
//! Correct the value that the finding names.
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     healthcheck:
//!       test: [CMD, "true"]
//!       interval: 10s
//! ```

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Rule};
use crate::stack::problem::{Kind, Problem, Refused};

pub(super) const RULE: Rule = Rule {
    id: "spec-refused",
    summary: "manager refuses the service",
    group: Group::Swarm,
    severity: Severity::Error,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Refused { subject, reason, other } = &problem.kind else { return };
    // The other subjects have rules of their own.
    if !matches!(
        subject,
        Refused::Mode
            | Refused::UpdateConfig
            | Refused::RestartPolicy
            | Refused::Healthcheck
            | Refused::Image
            | Refused::Target(_)
            | Refused::CredentialSpec
            | Refused::Network
            | Refused::Content(_)
    ) {
        return;
    }
    let finding = found.report(problem, format!("the manager refuses this: {reason}"));
    if let Some((span, label)) = other {
        finding.related(*span, label);
    }
    finding.help("correct the value: the deploy stops when it comes to this service");
}
