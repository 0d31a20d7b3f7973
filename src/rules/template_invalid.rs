//! A placeholder such as `{{.Node.Hostname}}` is one that Swarm cannot fill.
//!
//! ## Why
//!
//! Swarm expands Go templates in `hostname`, `environment` and mounts. It tries them when the
//! service is created and refuses one that does not parse or that names a field it does not have.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     hostname: "{{.Node.Name}}"
//! ```
//!
//! ## Fix
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     hostname: "{{.Node.Hostname}}"
//! ```

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Rule};
use crate::stack::problem::{Kind, Problem, Refused};

pub(super) const RULE: Rule = Rule {
    id: "template-invalid",
    summary: "template that Swarm cannot fill",
    group: Group::Swarm,
    severity: Severity::Error,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Refused { subject: Refused::Template, reason, .. } = &problem.kind else { return };
    found
        .report(problem, "Swarm cannot fill this template")
        .help(
            "known are `.Service.ID`, `.Service.Name`, `.Service.Labels`, `.Node.ID`, \
             `.Node.Hostname`, `.Node.Platform`, `.Task.ID`, `.Task.Name` and `.Task.Slot`",
        )
        .note(format!("the manager's words: {}", reason.lines().next().unwrap_or_default()));
}
