//! A service is on the network of its nodes.
//!
//! ## Why
//!
//! It shares all ports with the node: what it opens is open to whoever reaches the node, no other
//! service finds it by name, and a second task finds the ports taken.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   agent:
//!     image: example/agent:1.0
//!     networks: [outside]
//!     deploy: {mode: global}
//! networks:
//!   outside: {external: true, name: host}
//! ```
//!
//! ## Fix
//!
//! Publish single ports in host mode:
//!
//! ```yaml good
//! services:
//!   agent:
//!     image: example/agent:1.0
//!     ports: [{target: 9100, published: 9100, mode: host}]
//!     deploy: {mode: global}
//! ```
//!
//! ## Source
//!
//! Docker's manual, "Host network driver".

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::network;
use crate::source::Named;
use crate::stack::model::is_true;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "host-network",
    summary: "service on the network of its nodes",
    group: Group::Network,
    severity: Severity::Info,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, stack: &Stack, found: &mut Findings) {
    for attached in &service.networks {
        let Some(network) = network(stack, &attached.name.value) else { continue };
        let name = network.value.name.as_ref().unwrap_or(&network.name);
        if is_true(&network.external) && name.value == "host" {
            found
                .report(attached.name.place, "every port that it opens is open on the node")
                .help("publish single ports with `mode: host`, if that will do");
        }
    }
}
