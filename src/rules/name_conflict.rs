//! Two names differ only in upper and lower case.
//!
//! ## Why
//!
//! Swarm takes them for the same name and refuses the second service.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!   WEB:
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Rename one of the two:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!   web2:
//!     image: nginx:1.27
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/state/store/services.go`: names are compared without regard to case.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::refused::refused;
use crate::stack::problem::Problem;

pub(super) const RULE: Rule = Rule {
    id: "name-conflict",
    summary: "two names differ only in upper and lower case",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Some(refusal) = refused(problem, RULE.id) else { return };
    let finding =
        found.report(problem, "the name differs from another only in upper and lower case");
    finding.help("rename one of the two");
    if let Some((span, text)) = refusal.other {
        finding.related(*span, text);
    }
}
