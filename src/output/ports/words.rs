//! What rows and nodes are called.

use crate::cluster::firewall::{Ports, Transport};
use crate::ports::{Closed, Matrix, Purpose, Row};
use crate::value::constraint::Role;

/// The most nodes that are named one by one.
const NAMED: usize = 8;

/// What a port is for.
pub(super) fn purpose(it: &Purpose) -> String {
    let names = |them: &std::collections::BTreeSet<&str>| {
        them.iter().copied().collect::<Vec<_>>().join(", ")
    };
    match it {
        Purpose::Control => "nodes join and get their tasks, managers agree".to_owned(),
        Purpose::Gossip => "nodes tell each other who is where".to_owned(),
        Purpose::DataPath => "overlay networks, and the routing mesh".to_owned(),
        Purpose::Encryption(them) => format!("encrypted networks: {}", names(them)),
        Purpose::Ingress(them) => names(them),
        Purpose::Host(them) => format!("{}, in host mode", names(them)),
    }
}

/// What shows where the port is closed.
pub(super) fn symptom(it: &Purpose) -> &'static str {
    match it {
        Purpose::Control => "a node cannot join, or goes down",
        Purpose::Gossip => "names of other nodes' tasks do not resolve",
        Purpose::DataPath => "names resolve, and connections hang",
        Purpose::Encryption(_) => "only encrypted networks hang",
        Purpose::Ingress(_) => "the port works on some nodes only",
        Purpose::Host(_) => "clients do not reach the task",
    }
}

/// One word for machines.
pub(super) fn word(it: &Purpose) -> &'static str {
    match it {
        Purpose::Control => "control",
        Purpose::Gossip => "gossip",
        Purpose::DataPath => "data-path",
        Purpose::Encryption(_) => "encryption",
        Purpose::Ingress(_) => "ingress",
        Purpose::Host(_) => "host",
    }
}

/// Where the ports are to be open.
pub(super) fn to(matrix: &Matrix, row: &Row) -> String {
    let all = &matrix.cluster.nodes;
    if row.to.is_empty() {
        return "no node".to_owned();
    }
    if row.to.len() == all.len() {
        return "every node".to_owned();
    }
    if row.purpose == Purpose::Control {
        let managers = all.iter().filter(|it| it.role.value == Role::Manager).count();
        if managers == row.to.len() && managers > NAMED {
            return "every manager".to_owned();
        }
    }
    nodes(matrix, &row.to)
}

/// Who is to be let in.
pub(super) fn from(row: &Row) -> &'static str {
    if row.purpose.is_inner() { "every node" } else { "clients" }
}

/// Names of nodes.
pub(super) fn nodes(matrix: &Matrix, nodes: &[u32]) -> String {
    let names: Vec<_> = nodes.iter().take(NAMED).map(|it| matrix.node(*it)).collect();
    let names = names.join(", ");
    match nodes.len().saturating_sub(NAMED) {
        0 => names,
        more => format!("{names} and {more} more"),
    }
}

/// What the inventory's firewalls keep out, each thing once.
pub(super) fn closed(matrix: &Matrix, row: &Row) -> Vec<String> {
    let mut found: Vec<(Vec<u32>, &[u32])> = Vec::new();
    for Closed { node, from } in &row.closed {
        match found.iter().position(|it| it.1 == from.as_slice()) {
            Some(at) => found[at].0.push(*node),
            // The others would make a list that nobody reads.
            None if found.len() >= NAMED => {}
            None => found.push((vec![*node], from)),
        }
    }
    let line = |(at, from): &(Vec<u32>, &[u32])| {
        let verb = if at.len() == 1 { "closes" } else { "close" };
        let whom =
            if from.is_empty() { String::new() } else { format!(" to {}", nodes(matrix, from)) };
        format!("{} {verb} {}{whom}", nodes(matrix, at), row.ports)
    };
    found.iter().map(line).collect()
}

/// What else there is to know.
pub(super) fn notes(matrix: &Matrix) -> Vec<String> {
    let mut notes = vec![
        "The ports between nodes are for nodes only: the data path is not authenticated, and \
         whoever reaches it is inside the overlay networks."
            .to_owned(),
    ];
    let has = |is: fn(&Purpose) -> bool| matrix.rows.iter().any(|it| is(&it.purpose));
    if has(|it| !it.is_inner()) {
        notes.push(
            "Docker lets in published ports by itself, before ufw, firewalld or an INPUT chain is \
             asked: only the chain DOCKER-USER, or a firewall outside of the machine, closes them. \
             Over IPv6 this is so for networks that have IPv6; for others Docker's proxy takes the \
             connection, which the chain INPUT sees."
                .to_owned(),
        );
    }
    if has(|it| matches!(it, Purpose::Ingress(_))) {
        notes.push(
            "Every node answers on the ports of the routing mesh, those without a task and drained \
             ones, too."
                .to_owned(),
        );
    }
    if has(|it| matches!(it, Purpose::Host(_))) {
        notes.push(
            "Ports in host mode are open where tasks run now: when a task moves, the port moves."
                .to_owned(),
        );
    }
    for it in &matrix.unforeseen {
        notes.push(format!("{it} has a port in host mode that Docker chooses at the start."));
    }
    notes.push(
        "Where nodes were given a --data-path-addr, the data path and ESP come from there; an \
         inventory does not know it."
            .to_owned(),
    );
    notes.push(
        "Nodes also need to get out: 443/tcp to registries, 53/udp and 53/tcp to name servers, \
         123/udp to time servers; and ICMP \"fragmentation needed\" between each other."
            .to_owned(),
    );
    notes
}

/// `tcp`, `udp`, `sctp`; none for what has no ports.
pub(super) fn transport(ports: &Ports) -> Option<&'static str> {
    match ports {
        Ports::Of(Transport::Tcp, _) => Some("tcp"),
        Ports::Of(Transport::Udp, _) => Some("udp"),
        Ports::Of(Transport::Sctp, _) => Some("sctp"),
        Ports::Esp | Ports::All => None,
    }
}

/// The number, or first and last with something between.
pub(super) fn numbers(ports: &Ports, between: &str) -> String {
    match ports {
        Ports::Of(_, it) if it.start() == it.end() => it.start().to_string(),
        Ports::Of(_, it) => format!("{}{between}{}", it.start(), it.end()),
        Ports::Esp | Ports::All => String::new(),
    }
}

/// Names with nothing in them that any firewall's language could mistake.
pub(super) fn plain(it: &Purpose) -> String {
    let text = match it {
        Purpose::Control => "swarm control".to_owned(),
        Purpose::Gossip => "swarm gossip".to_owned(),
        Purpose::DataPath => "swarm data path".to_owned(),
        Purpose::Encryption(_) => "swarm encrypted networks".to_owned(),
        Purpose::Ingress(them) | Purpose::Host(them) => {
            them.iter().copied().collect::<Vec<_>>().join(" ")
        }
    };
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_ .".contains(c);
    text.chars().take(60).map(|c| if fits(c) { c } else { '-' }).collect()
}
