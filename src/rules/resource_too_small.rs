//! A limit or a reservation is below what Swarm takes.
//!
//! ## Why
//!
//! CPUs start at 0.001 and memory at 4 MiB; the manager refuses less. A size without a unit is in
//! bytes, so `memory: 512` asks for 512 bytes.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       resources:
//!         limits:
//!           memory: "512"
//! ```
//!
//! ## Fix
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       resources:
//!         limits:
//!           memory: 512M
//! ```

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Rule};
use crate::stack::problem::{Kind, Problem, Refused};

pub(super) const RULE: Rule = Rule {
    id: "resource-too-small",
    summary: "limit or reservation below what Swarm takes",
    group: Group::Swarm,
    severity: Severity::Error,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Refused { subject: Refused::Resources, reason, .. } = &problem.kind else { return };
    let is_memory = reason.contains("memory");
    let message = if is_memory {
        "the memory is less than 4 MiB, the least that Swarm takes"
    } else {
        "the CPUs are less than 0.001, the least that Swarm takes"
    };
    let help = if is_memory {
        "add a unit, such as `512M`"
    } else {
        "write a part of a CPU, such as `\"0.25\"`"
    };
    found.report(problem, message).help(help);
}
