//! A subnet of a network cannot be used.
//!
//! ## Why
//!
//! A subnet is written as the first address of its range and the length of the prefix. The Engine
//! refuses any other text, and the deploy stops at the network.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [back]
//! networks:
//!   back:
//!     ipam:
//!       config: [{subnet: 10.1.0.5/24}]
//! ```
//!
//! ## Fix
//!
//! Correct it:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [back]
//! networks:
//!   back:
//!     ipam:
//!       config: [{subnet: 10.1.0.0/24}]
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/controlapi/network.go`, and the Engine before it.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::refused::refused;
use crate::stack::problem::Problem;

pub(super) const RULE: Rule = Rule {
    id: "invalid-subnet",
    summary: "subnet of a network cannot be used",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Some(refusal) = refused(problem, RULE.id) else { return };
    let reason = refusal.reason.lines().last().unwrap_or_default();
    found
        .report(problem, format!("the network's subnet cannot be used: {reason}"))
        .help("write the first address and the length of the prefix: `10.1.0.0/24`");
}
