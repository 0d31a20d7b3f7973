//! A mount of a service is one that the manager refuses.
//!
//! ## Why
//!
//! Two mounts of a service cannot have the same target, and placeholders in a source must be ones
//! that Swarm knows. Docker's client does not check.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes: ["/srv/a:/data", "/srv/b:/data"]
//! ```
//!
//! ## Fix
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes: ["/srv/a:/data/a", "/srv/b:/data/b"]
//! ```

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Rule};
use crate::stack::problem::{Kind, Problem, Refused};

pub(super) const RULE: Rule = Rule {
    id: "mount-refused",
    summary: "mount that the manager refuses",
    group: Group::Swarm,
    severity: Severity::Error,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Refused { subject: Refused::Mount, reason, other } = &problem.kind else { return };
    let duplicate = reason.contains("duplicate mount point");
    let message =
        if duplicate { "two mounts have this target" } else { "the manager refuses this mount" };
    let finding = found.report(problem, message);
    if let Some((span, label)) = other {
        finding.related(*span, label);
    }
    finding.note(format!("the manager's words: {reason}"));
    if duplicate {
        finding.help("mount one of them elsewhere, or remove it");
    }
}
