//! The Docker API is published.
//!
//! ## Why
//!
//! Port 2375 is the Docker API without TLS and without a password. Whoever reaches it is root on the
//! node, and behind a socket proxy still sees what the proxy lets through, secrets in environment
//! variables included.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   socket:
//!     image: tecnativa/docker-socket-proxy:v0.4
//!     ports: ["2375:2375"]
//! ```
//!
//! ## Fix
//!
//! Publish nothing; who needs the API shares a network with the proxy:
//!
//! ```yaml good
//! services:
//!   socket:
//!     image: tecnativa/docker-socket-proxy:v0.4
//!     networks: [socket]
//! networks:
//!   socket:
//!     internal: true
//! ```
//!
//! ## Source
//!
//! Docker's manual, "Protect the Docker daemon socket".

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::source::Named;
use crate::source::Spanned;
use crate::stack::{Service, Stack};

/// The API without TLS.
const API: u32 = 2375;

pub(super) const RULE: Rule = Rule {
    id: "docker-api-exposed",
    summary: "Docker API without TLS published on the nodes",
    group: Group::Security,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for port in &service.ports {
        let is_api = |it: &Option<Spanned<u32>>| it.as_ref().is_some_and(|it| it.value == API);
        let place = if is_api(&port.published) {
            port.published.as_ref().map(|it| it.place)
        } else {
            port.target.as_ref().filter(|it| it.value == API).map(|it| it.place)
        };
        let Some(place) = place else { continue };
        found
            .report(place, "the Docker API is open to whoever reaches a node")
            .help("publish no port: let who needs the API share a network with this service");
    }
}
