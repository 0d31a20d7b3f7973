//! A service publishes a port that Swarm itself needs.
//!
//! ## Why
//!
//! Managers talk on 2377/tcp, nodes on 7946/tcp and 7946/udp, and overlay networks on 4789/udp,
//! unless another data path port was chosen when the swarm was made. Publishing one of them fails
//! on the nodes where it is taken, or cuts the cluster's own traffic.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports: ["7946:80"]
//! ```
//!
//! ## Fix
//!
//! Publish another port:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports: ["8080:80"]
//! ```
//!
//! ## Source
//!
//! [Open protocols and ports between the
//! hosts](https://docs.docker.com/engine/swarm/swarm-tutorial/).

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::source::Named;
use crate::stack::model::text;
use crate::stack::{Service, Stack};

/// The ports of a swarm with the default data path port.
const RESERVED: &[(u32, &str, &str)] = &[
    (2377, "tcp", "its managers"),
    (7946, "tcp", "the talk between nodes"),
    (7946, "udp", "the talk between nodes"),
    (4789, "udp", "overlay networks"),
];

pub(super) const RULE: Rule = Rule {
    id: "swarm-reserved-port",
    summary: "published port that Swarm itself needs",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for port in &service.ports {
        let Some(published) = &port.published else { continue };
        // The Engine takes an unknown or a missing protocol for TCP.
        let protocol = match text(port.protocol.as_ref()).to_ascii_lowercase().as_str() {
            "udp" => "udp",
            "sctp" => "sctp",
            _ => "tcp",
        };
        let known = RESERVED.iter().find(|it| it.0 == published.value && it.1 == protocol);
        let Some((number, _, use_)) = known else { continue };
        found
            .report(published.place, format!("Swarm needs {number}/{protocol} itself, for {use_}"))
            .help("publish another port");
    }
}
