//! Two mounts of a service have one target.
//!
//! ## Why
//!
//! One of them would hide the other. The manager refuses the service.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes: ["/a:/data", "/b:/data"]
//! ```
//!
//! ## Fix
//!
//! Give each mount a target of its own:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes: ["/a:/data", "/b:/more"]
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
    id: "duplicate-mount-target",
    summary: "two mounts of a service have one target",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Some(refusal) = refused(problem, RULE.id) else { return };
    let target = refusal.reason.rsplit(": ").next().unwrap_or_default();
    let finding =
        found.report(problem, format!("something is mounted on {} already", code(target)));
    finding.help("give each mount a target of its own");
    if let Some((span, text)) = refusal.other {
        finding.related(*span, text);
    }
}
