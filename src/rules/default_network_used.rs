//! Services reach each other because nothing separates them.
//!
//! ## Why
//!
//! A service that names no network is on the stack's default network, with every other one that
//! names none: the web server reaches the database although only the program behind it needs to.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!   db:
//!     image: postgres:17
//! ```
//!
//! ## Fix
//!
//! Name the networks that a service needs:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [front]
//!   api:
//!     image: example/api:4.2
//!     networks: [front, back]
//!   db:
//!     image: postgres:17
//!     networks: [back]
//! networks:
//!   front: {}
//!   back: {}
//! ```
//!
//! ## Source
//!
//! Docker's manual, "Networking in Compose".

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::Stack;

pub(super) const RULE: Rule = Rule {
    id: "default-network-used",
    summary: "services that share the default network",
    group: Group::Network,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    let mut open = stack.services.iter().filter(|it| it.networks.is_empty() && it.network_mode.is_none());
    let (Some(first), Some(second)) = (open.next(), open.next()) else { return };
    found
        .report(
            first.name.place,
            format!("{} and {} share the default network", code(&first.name.value), code(&second.name.value)),
        )
        .related(second.name.span(), "the other service")
        .help("name the networks that each service needs");
}
