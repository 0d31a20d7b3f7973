//! A limit or reservation is below the least that Swarm takes.
//!
//! ## Why
//!
//! Swarm takes no less than 4 MiB of memory and a thousandth of a processor. A forgotten unit is
//! the usual cause: `memory: "512"` is 512 bytes.
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
//! Write the unit:
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
//!
//! ## Source
//!
//! SwarmKit, `manager/controlapi/service.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::refused::refused;
use crate::stack::problem::Problem;

pub(super) const RULE: Rule = Rule {
    id: "resource-below-minimum",
    summary: "limit or reservation below what Swarm takes",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Some(refusal) = refused(problem, RULE.id) else { return };
    let (message, help) = if refusal.reason.contains("memory") {
        ("less memory than the 4 MiB that Swarm takes at least", "write a unit, such as `512M`")
    } else {
        ("less than a thousandth of a processor", "write at least `\"0.001\"`")
    };
    found.report(problem, message).help(help);
}
