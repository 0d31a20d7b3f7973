//! A service publishes a port twice.
//!
//! ## Why
//!
//! The manager refuses a service that has a published port and protocol twice, even where the
//! targets are the same.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports: ["80:80", "80:80/tcp"]
//! ```
//!
//! ## Fix
//!
//! Remove one of the two:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports: ["80:80"]
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/controlapi/service.go`.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::refused::refused;
use crate::source::Span;
use crate::stack::problem::Problem;

pub(super) const RULE: Rule = Rule {
    id: "port-duplicate-in-service",
    summary: "service publishes a port twice",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Some(refusal) = refused(problem, RULE.id) else { return };
    let same = |it: &(Span, String)| found.text(it.0) == found.text(problem.span);
    let site = found.site(problem.span).filter(|_| refusal.other.is_some_and(same));
    let patch = site.and_then(|it| it.remove());
    let finding = found.report(problem, "the service publishes this port already");
    finding.help("remove one of the two, or publish another port");
    finding.fix(Patch::safe(patch, "remove the second one"));
    if let Some((span, text)) = refusal.other {
        finding.related(*span, text);
    }
}
