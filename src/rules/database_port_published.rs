//! A database is published.
//!
//! ## Why
//!
//! Swarm publishes on all addresses of all nodes, and Docker's own firewall rules come before those
//! of `ufw` or `firewalld`. A database is then open to whoever reaches any node. Services of one
//! network reach each other without published ports.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   db:
//!     image: postgres:17
//!     ports: ["5432:5432"]
//! ```
//!
//! ## Fix
//!
//! Put both services on one network and publish no port:
//!
//! ```yaml good
//! services:
//!   db:
//!     image: postgres:17
//!     networks: [inner]
//!   web:
//!     image: example/shop:4.2
//!     networks: [inner]
//! networks:
//!   inner: {}
//! ```
//!
//! ## Source
//!
//! docker/for-linux#690: a published Elasticsearch behind a closed `ufw` was found and wiped.

use crate::diagnostic::Severity;
use crate::image::{self, Kind};
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::{host_port, known};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "database-port-published",
    summary: "database port published on every node",
    group: Group::Network,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for port in &service.ports {
        let Some(target) = &port.target else { continue };
        let product = match known(service) {
            Some(it) if it.product.ports.contains(&target.value) => Some(it.product),
            Some(_) => None,
            None => image::serving(target.value),
        };
        let Some(product) = product.filter(|it| it.kind != Kind::Proxy) else { continue };
        let place = port.published.as_ref().filter(|it| it.value > 0).map_or(port.place, |it| it.place);
        if port.published.as_ref().is_some_and(|it| it.place.is_unset()) {
            continue;
        }
        let nodes = if host_port(port).is_some() { "the nodes that run it" } else { "any node" };
        found
            .report(place, format!("the port of {} is open to whoever reaches {nodes}", product.speaks))
            .help("publish no port: services of one network reach each other without");
    }
}
