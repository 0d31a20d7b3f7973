//! A network is declared and used by no service.
//!
//! ## Why
//!
//! Docker creates only the networks that a service is on. A declared one that nobody joins is a
//! remnant, or a service lacks it and cannot reach the others.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//! networks:
//!   spare:
//!     internal: true
//! ```
//!
//! ## Fix
//!
//! Remove it, or give it to the service that is meant to have it.
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [back]
//! networks:
//!   back:
//!     internal: true
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/command/stack/swarm/deploy_composefile.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::DEFAULT_NETWORK;
use crate::rules::unused;
use crate::stack::Stack;
use crate::stack::model::{Text, is_true};
use crate::stack::problem::Object;

pub(super) const RULE: Rule = Rule {
    id: "unused-network",
    summary: "network is declared and used by no service",
    group: Group::References,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    let mut used: Vec<&Text> =
        stack.services.iter().flat_map(|it| &it.networks).map(|it| &it.name).collect();
    // Services that name no network are on this one.
    let own = stack.networks.iter().map(|it| &it.name).filter(|it| it.value == DEFAULT_NETWORK);
    if stack.services.iter().any(|it| it.networks.is_empty()) {
        used.extend(own);
    }
    let declared = stack.networks.iter().map(|it| (&it.name, is_true(&it.external)));
    unused::report(Object::Network, declared, &used, stack, found);
}
