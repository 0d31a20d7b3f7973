//! Two services of the stack publish the same port.
//!
//! ## Why
//!
//! Every node listens on a published port for one service only. The manager refuses the second
//! service, in the middle of the deploy. Two services may share a port only if both publish it in
//! host mode.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports: ["80:80"]
//!   api:
//!     image: nginx:1.27
//!     ports: ["80:8080"]
//! ```
//!
//! ## Fix
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports: ["80:80"]
//!   api:
//!     image: nginx:1.27
//!     ports: ["8080:8080"]
//! ```

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Rule};
use crate::stack::problem::{Kind, Problem, Refused};

pub(super) const RULE: Rule = Rule {
    id: "port-conflict",
    summary: "port published by two services of the stack",
    group: Group::Swarm,
    severity: Severity::Error,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Refused { subject: Refused::PortConflict, other, .. } = &problem.kind else { return };
    let finding = found.report(problem, "another service of the stack publishes this port");
    if let Some((span, label)) = other {
        finding.related(*span, label);
    }
    finding.help("publish another port, or put one proxy in front of both");
}
