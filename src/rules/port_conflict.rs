//! Two services publish the same port.
//!
//! ## Why
//!
//! A published port belongs to one service of the swarm. The manager refuses the second one; Docker
//! creates services in random order, so that either may be hit.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   a:
//!     image: nginx:1.27
//!     ports: ["80:80"]
//!   b:
//!     image: nginx:1.27
//!     ports: ["80:8080"]
//! ```
//!
//! ## Fix
//!
//! Publish one of them on another port:
//!
//! ```yaml good
//! services:
//!   a:
//!     image: nginx:1.27
//!     ports: ["80:80"]
//!   b:
//!     image: nginx:1.27
//!     ports: ["81:8080"]
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
    id: "port-conflict",
    summary: "two services publish the same port",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Some(refusal) = refused(problem, RULE.id) else { return };
    let port = refusal.reason.split('\'').nth(1).unwrap_or_default();
    let finding =
        found.report(problem, format!("port {} is published by another service", code(port)));
    finding.help("publish one of the two on another port");
    if let Some((span, text)) = refusal.other {
        finding.related(*span, text);
    }
}
