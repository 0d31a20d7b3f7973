//! Several replicas need one port of one node.
//!
//! ## Why
//!
//! A constraint names the one node that may run the service, and each replica publishes the same
//! port of that node. One replica gets it; the others stay pending for ever.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   proxy:
//!     image: traefik:v3.3
//!     ports: [{target: 443, published: 443, mode: host}]
//!     deploy:
//!       replicas: 2
//!       placement: {constraints: [node.hostname == edge-1]}
//! ```
//!
//! ## Fix
//!
//! Run one replica, or let several nodes run the service:
//!
//! ```yaml good
//! services:
//!   proxy:
//!     image: traefik:v3.3
//!     ports: [{target: 443, published: 443, mode: host}]
//!     deploy:
//!       replicas: 2
//!       placement:
//!         constraints: [node.labels.edge == true]
//!         max_replicas_per_node: 1
//! ```
//!
//! ## Source
//!
//! SwarmKit's `HostPortFilter` (`manager/scheduler/filter.go`): a node takes no second task with the
//! port.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::{has_one_node, host_port, replicas};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "host-port-replicas",
    summary: "several replicas need one port of one node",
    group: Group::Network,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(count) = replicas(service).filter(|it| *it > 1) else { return };
    let Some(port) = service.ports.iter().find_map(host_port) else { return };
    let written = service.deploy.as_ref().and_then(|it| it.replicas.as_ref());
    if let (true, Some(at)) = (has_one_node(service), written) {
        found
            .report(at, format!("{count} replicas need port {port} of the one node that may run them"))
            .help("run one replica, or allow more nodes")
            .note("Swarm says: no suitable node (host-mode port already in use on 1 node)");
    }
}
