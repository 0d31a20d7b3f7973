//! A service may use all of a node's memory, unlike its neighbours.
//!
//! ## Why
//!
//! Without a limit one leaking program takes the memory of everything else on its node. The kernel
//! then kills what it likes, on a manager perhaps Docker itself. Other services of the stack have a
//! limit, so this one was forgotten.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   api:
//!     image: example/api:4.2
//!     deploy:
//!       resources:
//!         limits: {memory: 512M}
//!   web:
//!     image: example/shop:4.2
//! ```
//!
//! ## Fix
//!
//! Set a limit that the program stays below in ordinary times:
//!
//! ```yaml good
//! services:
//!   api:
//!     image: example/api:4.2
//!     deploy:
//!       resources:
//!         limits: {memory: 512M}
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
use crate::rules::services::head;
use crate::rules::words::code;
use crate::stack::Service;
use crate::stack::Stack;

pub(super) const RULE: Rule = Rule {
    id: "no-memory-limit",
    summary: "service without the memory limit that others have",
    group: Group::Resources,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    if !stack.services.iter().any(|it| has_limit(it)) {
        return;
    }
    for service in stack.services.iter().filter(|it| !has_limit(it)) {
        found
            .report(head(service), format!("{} may use all of the node's memory", code(&service.name.value)))
            .help("add `deploy.resources.limits.memory`, as other services have");
    }
}

/// Whether a service has a memory limit.
pub(super) fn has_limit(service: &Service) -> bool {
    let limits = service.deploy.as_ref().and_then(|it| it.resources.limits.as_ref());
    limits.is_some_and(|it| it.memory.is_some())
}
