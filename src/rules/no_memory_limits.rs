//! No service of a stack has a memory limit.
//!
//! ## Why
//!
//! One leaking program takes the memory of everything else on its node. The kernel then kills what
//! it likes, on a manager perhaps Docker itself.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//! ```
//!
//! ## Fix
//!
//! Set limits that the programs stay below in ordinary times:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     deploy:
//!       resources:
//!         limits: {memory: 512M}
//! ```
//!
//! ## Source
//!
//! Docker's manual, "Resource constraints"; Swarm sends limits to the node and packs by
//! reservations.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::no_memory_limit::has_limit;
use crate::rules::services::head;
use crate::rules::words::code;
use crate::stack::Stack;

pub(super) const RULE: Rule = Rule {
    id: "no-memory-limits",
    summary: "no service of a stack has a memory limit",
    group: Group::Resources,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    if stack.services.iter().any(|it| has_limit(it)) {
        return;
    }
    for service in &stack.services {
        found
            .report(head(service), format!("{} may use all of the node's memory", code(&service.name.value)))
            .help("add `deploy.resources.limits.memory`");
    }
}
