//! Any container may join a network.
//!
//! ## Why
//!
//! With `attachable` whoever may start a container on a node joins the network with `docker run
//! --network`, and reaches every service on it.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     networks: [inner]
//! networks:
//!   inner: {attachable: true}
//! ```
//!
//! ## Fix
//!
//! Leave it out, unless containers outside of the swarm need the network:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     networks: [inner]
//! networks:
//!   inner: {}
//! ```
//!
//! ## Source
//!
//! Docker's manual, "Overlay network driver".

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::Stack;

pub(super) const RULE: Rule = Rule {
    id: "network-attachable",
    summary: "network that any container may join",
    group: Group::Network,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    for network in &stack.networks {
        if let Some(flag) = network.attachable.as_ref().filter(|it| it.value) {
            found
                .report(flag.place, format!("any container of a node may join {}", code(&network.name.value)))
                .help("leave it out, unless containers outside of the swarm need it");
        }
    }
}
