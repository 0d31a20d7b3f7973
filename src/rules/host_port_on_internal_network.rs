//! A port of the node, and the service is on internal networks only.
//!
//! ## Why
//!
//! What comes in on a port of the node (`mode: host`) reaches the container through the bridge that
//! also leads out. A task that is on internal networks only is not on that bridge: nobody answers
//! on the port, and Swarm says that all is well.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   db:
//!     image: example/shop:4.2
//!     networks: [back]
//!     ports: [{target: 8080, published: 8080, mode: host}]
//! networks:
//!   back: {internal: true}
//! ```
//!
//! ## Fix
//!
//! Attach the service to a network that is not internal as well, or do without the port:
//!
//! ```yaml good
//! services:
//!   db:
//!     image: example/shop:4.2
//!     networks: [back, front]
//!     ports: [{target: 8080, published: 8080, mode: host}]
//! networks:
//!   back: {internal: true}
//!   front: {}
//! ```
//!
//! ## Source
//!
//! moby/libnetwork, `needDefaultGW` in `default_gateway.go`; measured with 20.10.24.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::{host_port, network, networks};
use crate::source::Named;
use crate::stack::model::is_true;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "host-port-on-internal-network",
    summary: "port of the node on an internal network",
    group: Group::Network,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, stack: &Stack, found: &mut Findings) {
    let is_internal = |name: &str| network(stack, name).is_some_and(|it| is_true(&it.internal));
    if !networks(service).into_iter().all(is_internal) {
        return;
    }
    for port in &service.ports {
        if let Some(number) = host_port(port) {
            found
                .report(port.place, format!("nobody answers on {number}: all networks of the service are internal"))
                .help("attach it to a network that is not internal, or remove the port");
        }
    }
}
