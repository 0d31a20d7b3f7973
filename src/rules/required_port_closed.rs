//! A firewall closes a port that the swarm or a published port needs.
//!
//! ## Why
//!
//! Every node must reach the managers at 2377/tcp, and every other node at 7946/tcp, 7946/udp and
//! the data path port (4789/udp). With encrypted networks ESP must pass as well. A closed port
//! shows late: a node goes down, names do not resolve, or connections open and hang. A published
//! port is of use only where the firewall lets somebody in.
//!
//! Nodes without a `firewall` in the inventory are taken to let everything in.
//!
//! ## Example
//!
//! ```yaml nodes.yml bad
//! nodes:
//!   m1: {role: manager}
//!   m2: {role: manager}
//!   m3:
//!     role: manager
//!     firewall:
//!       allow:
//!         - {from: cluster, ports: [2377/tcp, 7946/tcp, 4789/udp]}
//! ```
//!
//! ## Fix
//!
//! Open the port to the nodes with `from: cluster`, and a published port to those who use it:
//!
//! ```yaml nodes.yml good
//! nodes:
//!   m1: {role: manager}
//!   m2: {role: manager}
//!   m3:
//!     role: manager
//!     firewall:
//!       allow:
//!         - {from: cluster, ports: [2377/tcp, 7946/tcp, 7946/udp, 4789/udp]}
//! ```
//!
//! ## Source
//!
//! [Open protocols and ports between the
//! hosts](https://docs.docker.com/engine/swarm/swarm-tutorial/).

use crate::cluster::firewall::{Peer, Ports, Transport};
use crate::cluster::{Cluster, Firewall, Node};
use crate::diagnostic::Severity;
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::amounts::nodes_named;
use crate::rules::grounds::{data_path_port, published_places};
use crate::rules::words::code;
use crate::scheduler::Fate;
use crate::source::{Named, Span};
use crate::stack::Service;
use crate::swarm::spec::PortConfig;
use crate::value::constraint::Role;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const RULE: Rule = Rule {
    id: "required-port-closed",
    summary: "firewall closes a port that is needed",
    group: Group::Inventory,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Cluster(check),
};

/// The most pairs of nodes that are looked at: of larger swarms each node is asked for fewer others.
const MOST_PAIRS: usize = 1_000_000;

fn check(deployment: &Deployment, found: &mut Findings) {
    let cluster = deployment.cluster;
    let needs_esp = is_encrypted(deployment);
    for node in &cluster.nodes {
        if let Some(firewall) = &node.firewall {
            between_nodes(node, firewall, cluster, needs_esp, found);
        }
    }
    for service in &deployment.stack.services {
        published(service, deployment, found);
    }
}

/// Whether a network of the stack or of the swarm encrypts what goes between nodes.
fn is_encrypted(deployment: &Deployment) -> bool {
    let mut made = deployment.specs.networks.values();
    let is_on = |it: &String| !it.eq_ignore_ascii_case("false");
    let option = |it: &crate::swarm::spec::NetworkSpec| {
        it.options.as_ref().and_then(|it| it.get("encrypted")).is_some_and(is_on)
    };
    made.any(option) || deployment.cluster.networks.iter().flatten().any(|it| it.encrypted)
}

/// What a node must take from the others, and what for.
fn needed(node: &Node, cluster: &Cluster, needs_esp: bool) -> Vec<(Ports, &'static str)> {
    let port = |transport, it: u16| Ports::Of(transport, it..=it);
    let mut ports = vec![
        (port(Transport::Tcp, 7946), "nodes tell each other who is where"),
        (port(Transport::Udp, 7946), "nodes tell each other who is where"),
        (port(Transport::Udp, data_path_port(cluster)), "overlay networks and the routing mesh"),
    ];
    if node.role.value == Role::Manager {
        ports.insert(0, (port(Transport::Tcp, 2377), "nodes get their tasks, managers agree"));
    }
    if needs_esp {
        ports.push((Ports::Esp, "encrypted networks"));
    }
    ports
}

fn between_nodes(
    node: &Named<Node>,
    firewall: &Firewall,
    cluster: &Cluster,
    needs_esp: bool,
    found: &mut Findings,
) {
    let mut closed: BTreeMap<Vec<&str>, Vec<(Ports, &str)>> = BTreeMap::new();
    let looked_at = (MOST_PAIRS / cluster.nodes.len().max(1)).max(1);
    for (ports, what) in needed(node, cluster, needs_esp) {
        let others = cluster.nodes.iter().filter(|it| it.name.value != node.name.value);
        let others = others.take(looked_at).filter(|it| !lets_in(firewall, it, &ports));
        let others: Vec<_> = others.map(|it| it.name.value.as_str()).collect();
        if !others.is_empty() {
            closed.entry(others).or_default().push((ports, what));
        }
    }
    for (others, ports) in closed {
        let list: Vec<_> = ports.iter().map(|it| it.0.to_string()).collect();
        let name = code(&node.name.value);
        let message = format!("{name} closes {} to {}", list.join(", "), nodes_named(others));
        let finding = found.report(&node.name, message);
        for (ports, what) in ports {
            finding.note(format!("{ports}: {what}"));
        }
        finding.help("let in `from: cluster` there");
    }
}

/// Whether a node gets in; taken for granted where its address is not known but would decide.
fn lets_in(firewall: &Firewall, from: &Named<Node>, ports: &Ports) -> bool {
    let address = from.address.value.as_str();
    let by_address = |it: &crate::cluster::firewall::Allow| {
        matches!(it.from.value, Peer::Network(_)) && it.ports.iter().any(|it| it.covers(ports))
    };
    firewall.lets_in(Some((&from.name.value, address)), ports)
        || (address.is_empty() && firewall.allow.iter().any(by_address))
}

/// The ports that a service publishes, by their places.
fn published(service: &Named<Service>, deployment: &Deployment, found: &mut Findings) {
    let spec = deployment.spec(service);
    let endpoint = spec.and_then(|it| it.endpoint_spec.as_ref());
    let places = published_places(service);
    let mut told: BTreeSet<Span> = BTreeSet::new();
    for port in endpoint.iter().flat_map(|it| &it.ports) {
        let Ok(number @ 1..) = u16::try_from(port.published_port) else { continue };
        let transport = match port.transport() {
            "udp" => Transport::Udp,
            "sctp" => Transport::Sctp,
            _ => Transport::Tcp,
        };
        let ports = Ports::Of(transport, number..=number);
        let nodes = reached(service, port, deployment);
        let is_shut = |it: &&&Named<Node>| it.firewall.as_ref().is_some_and(|it| !it.opens(&ports));
        let closed: Vec<_> = nodes.iter().filter(is_shut).map(|it| it.name.value.as_str()).collect();
        let key = (port.published_port, port.transport());
        let at = places.get(&key).copied().unwrap_or(service.name.place);
        if closed.is_empty() || !told.insert(at.span) {
            continue;
        }
        let is_everywhere = closed.len() == nodes.len();
        let message = format!("{ports} is published, and closed by {}", nodes_named(closed));
        let finding = found.report(at, message);
        finding.service = Some(service.name.value.clone());
        finding.help("open the port to those who are to use it, or do not publish it");
        if !is_everywhere {
            // Clients may know which nodes to turn to.
            let severity = if port.is_ingress() { Severity::Info } else { Severity::Warning };
            finding.at_most(severity).note("clients must use another node");
        }
    }
}

/// The nodes where clients may reach a port: every node, or those with a task.
fn reached<'a>(
    service: &Named<Service>,
    port: &PortConfig,
    deployment: &Deployment<'a>,
) -> Vec<&'a Named<Node>> {
    let cluster: &'a Cluster = deployment.cluster;
    if port.is_ingress() {
        return cluster.nodes.iter().collect();
    }
    let tasks = deployment.scheduled(service).map_or(&[][..], |it| &it.tasks);
    let running = tasks.iter().filter(|it| matches!(it.fate, Fate::Kept | Fate::Placed));
    let nodes: BTreeSet<u32> = running.filter_map(|it| it.node).collect();
    nodes.into_iter().filter_map(|it| cluster.nodes.get(it as usize)).collect()
}
