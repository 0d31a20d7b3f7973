//! A node lets anyone in where only the nodes of the swarm belong.
//!
//! ## Why
//!
//! What arrives at the data path port (4789/udp) is taken for traffic of the overlay networks,
//! without any authentication. 2377/tcp and 7946 are for managers and nodes only, and whoever
//! reaches Docker at 2375/tcp owns the machine.
//!
//! ## Example
//!
//! ```yaml nodes.yml bad
//! nodes:
//!   m1:
//!     role: manager
//!     firewall:
//!       allow:
//!         - {from: any, ports: [443/tcp, 4789/udp]}
//! ```
//!
//! ## Fix
//!
//! Let in the nodes only:
//!
//! ```yaml nodes.yml good
//! nodes:
//!   m1:
//!     role: manager
//!     firewall:
//!       allow:
//!         - {from: any, ports: [443/tcp]}
//!         - {from: cluster, ports: [4789/udp]}
//! ```
//!
//! ## Source
//!
//! [Open protocols and ports between the
//! hosts](https://docs.docker.com/engine/swarm/swarm-tutorial/).

use crate::cluster::firewall::{Peer, Policy, Ports, Transport};
use crate::cluster::{Cluster, Node};
use crate::diagnostic::Severity;
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::grounds::data_path_port;
use crate::value::constraint::{Address, Role};

pub(super) const RULE: Rule = Rule {
    id: "swarm-port-open-to-all",
    summary: "port of the swarm itself that is open to anyone",
    group: Group::Inventory,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Cluster(check),
};

fn check(deployment: &Deployment, found: &mut Findings) {
    for node in &deployment.cluster.nodes {
        let Some(firewall) = &node.firewall else { continue };
        let inner = inner(node, deployment.cluster);
        if firewall.default.value == Policy::Allow {
            let message = "everything is let in from anyone, to the ports of the swarm too";
            found
                .report(&firewall.default, message)
                .at_most(Severity::Warning)
                .help("write `default: deny` and what is to come in, or leave `firewall` out");
            continue;
        }
        for rule in firewall.allow.iter().filter(|it| is_anyone(&it.from.value)) {
            for ports in &rule.ports {
                let open = inner.iter().filter(|it| ports.value.covers(it));
                let open: Vec<_> = open.map(Ports::to_string).collect();
                if open.is_empty() {
                    continue;
                }
                let are = if open.len() == 1 { "is" } else { "are" };
                found
                    .report(ports, format!("{} {are} open to anyone", open.join(", ")))
                    .help("let in the nodes only: `from: cluster`");
            }
        }
    }
}

fn is_anyone(peer: &Peer) -> bool {
    matches!(peer, Peer::Any | Peer::Network(Address::Network(_, 0)))
}

/// What only nodes need of a node, and Docker's own port without encryption.
fn inner(node: &Node, cluster: &Cluster) -> Vec<Ports> {
    let port = |transport, it: u16| Ports::Of(transport, it..=it);
    let mut ports = vec![
        port(Transport::Tcp, 2375),
        port(Transport::Tcp, 7946),
        port(Transport::Udp, 7946),
        port(Transport::Udp, data_path_port(cluster)),
    ];
    if node.role.value == Role::Manager {
        ports.insert(1, port(Transport::Tcp, 2377));
    }
    ports
}
