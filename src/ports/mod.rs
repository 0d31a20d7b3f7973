//! Who must reach whom on which port, for the nodes to be a swarm and for clients to reach what is
//! published. Facts; `output` words them and writes firewall rules.

use crate::cluster::firewall::{Firewall, Peer, Ports, Transport};
use crate::cluster::{Cluster, Node};
use crate::scheduler::{Fate, Schedule};
use crate::source::Named;
use crate::swarm::spec::{NetworkSpec, ServiceSpec, Specs};
use crate::value::constraint::Role;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that must come in somewhere.
#[derive(Clone, Debug)]
pub struct Matrix<'a> {
    /// The stack's name; none where only the inventory is looked at.
    pub stack: Option<&'a str>,
    pub cluster: &'a Cluster,
    /// What nodes need of nodes, then what clients need.
    pub rows: Vec<Row<'a>>,
    /// Services with a port of the node that Docker chooses when a task starts.
    pub unforeseen: BTreeSet<&'a str>,
}

/// Ports that must be open on some nodes.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    pub ports: Ports,
    pub purpose: Purpose<'a>,
    /// Where: the nodes' places in the list of nodes, ascending.
    pub to: Vec<u32>,
    /// Where the inventory says that they are closed.
    pub closed: Vec<Closed>,
}

/// A node that does not let in all who need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    pub node: u32,
    /// The nodes that are kept out; none where it is clients.
    pub from: Vec<u32>,
}

/// What ports are open for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose<'a> {
    /// From every node to the managers: join, tasks, certificates, raft.
    Control,
    /// Between all nodes: who is where.
    Gossip,
    /// Between all nodes: the packets of overlay networks and of the routing mesh.
    DataPath,
    /// Between all nodes: the packets of these encrypted networks.
    Encryption(BTreeSet<&'a str>),
    /// From clients to every node, for these services: the routing mesh.
    Ingress(BTreeSet<&'a str>),
    /// From clients to the nodes with tasks of these services.
    Host(BTreeSet<&'a str>),
}

impl Purpose<'_> {
    /// Whether only nodes of the swarm need the port, and nobody else may have it.
    pub fn is_inner(&self) -> bool {
        !matches!(self, Self::Ingress(_) | Self::Host(_))
    }
}

/// From where Swarm takes published ports that a service leaves to it.
const CHOSEN: std::ops::RangeInclusive<u16> = 30_000..=32_767;

/// The most pairs of nodes that are held against firewalls: of larger swarms each node is asked for
/// fewer others.
const MOST_PAIRS: usize = 1_000_000;

/// Ports of one mode of publishing: transport and first port give the rest.
type Published<'a> = BTreeMap<(u8, u16), (Ports, BTreeSet<&'a str>, BTreeSet<u32>)>;

/// The matrix of a swarm, and of the services that run in it or are to run.
pub fn matrix<'a>(
    stack: Option<&'a str>,
    specs: &'a Specs,
    cluster: &'a Cluster,
    schedule: &Schedule<'a>,
) -> Matrix<'a> {
    let all: Vec<u32> = (0..cluster.nodes.len() as u32).collect();
    let mut rows = inner(specs, cluster, &all);
    let (mut ingress, mut host) = (Published::new(), Published::new());
    let mut unforeseen = BTreeSet::new();
    for service in &schedule.services {
        let running =
            service.tasks.iter().filter(|it| matches!(it.fate, Fate::Kept | Fate::Placed));
        let nodes: BTreeSet<u32> = running.filter_map(|it| it.node).collect();
        for (ports, is_ingress) in published(service.spec) {
            let Some(ports) = ports else {
                unforeseen.insert(service.name);
                continue;
            };
            let Ports::Of(transport, range) = &ports else { continue };
            let place = if is_ingress { &mut ingress } else { &mut host };
            let key = (*transport as u8, *range.start());
            let entry =
                place.entry(key).or_insert_with(|| (ports, BTreeSet::new(), BTreeSet::new()));
            entry.1.insert(service.name);
            entry.2.extend(nodes.iter().copied());
        }
    }
    rows.extend(ingress.into_values().map(|(ports, services, _)| Row {
        ports,
        purpose: Purpose::Ingress(services),
        to: all.clone(),
        closed: Vec::new(),
    }));
    rows.extend(host.into_values().map(|(ports, services, nodes)| Row {
        ports,
        purpose: Purpose::Host(services),
        to: nodes.into_iter().collect(),
        closed: Vec::new(),
    }));
    for row in &mut rows {
        row.closed = closed(row, cluster);
    }
    Matrix { stack, cluster, rows, unforeseen }
}

/// What nodes need of nodes.
fn inner<'a>(specs: &'a Specs, cluster: &'a Cluster, all: &[u32]) -> Vec<Row<'a>> {
    let port = |transport, it: u16| Ports::Of(transport, it..=it);
    let row =
        |ports, purpose, to: &[u32]| Row { ports, purpose, to: to.to_vec(), closed: Vec::new() };
    let is_manager = |it: &&u32| {
        cluster.nodes.get(**it as usize).is_some_and(|it| it.role.value == Role::Manager)
    };
    let managers: Vec<u32> = all.iter().filter(is_manager).copied().collect();
    let data_path = cluster.settings.data_path_port.as_ref().map_or(4789, |it| it.value);
    let mut rows = vec![
        row(port(Transport::Tcp, 2377), Purpose::Control, &managers),
        row(port(Transport::Tcp, 7946), Purpose::Gossip, all),
        row(port(Transport::Udp, 7946), Purpose::Gossip, all),
        row(port(Transport::Udp, data_path), Purpose::DataPath, all),
    ];
    let encrypted = encrypted(specs, cluster);
    if !encrypted.is_empty() {
        rows.push(row(Ports::Esp, Purpose::Encryption(encrypted), all));
    }
    rows
}

/// The networks whose packets between nodes are encrypted.
fn encrypted<'a>(specs: &'a Specs, cluster: &'a Cluster) -> BTreeSet<&'a str> {
    // Docker's driver looks at the option's presence, and takes `false` for none.
    let is_on = |it: &String| !it.eq_ignore_ascii_case("false");
    let is_encrypted = |it: &&NetworkSpec| {
        it.options.as_ref().and_then(|it| it.get("encrypted")).is_some_and(is_on)
    };
    let made = specs.networks.values().filter(is_encrypted).map(|it| it.name.as_str());
    let there = cluster.networks.iter().flatten().filter(|it| it.encrypted);
    made.chain(there.map(|it| it.name.value.as_str())).collect()
}

/// The ports of a service, none where Docker chooses it, and whether the routing mesh has it.
fn published(spec: &ServiceSpec) -> Vec<(Option<Ports>, bool)> {
    let ports = spec.endpoint_spec.iter().flat_map(|it| &it.ports);
    let port = |it: &crate::swarm::spec::PortConfig| {
        let transport = match it.transport() {
            "udp" => Transport::Udp,
            "sctp" => Transport::Sctp,
            _ => Transport::Tcp,
        };
        let range = match u16::try_from(it.published_port) {
            Ok(0) => it.is_ingress().then_some(CHOSEN),
            Ok(port) => Some(port..=port),
            // What Swarm refuses is no port.
            Err(_) => None,
        };
        (range.map(|it| Ports::Of(transport, it)), it.is_ingress())
    };
    ports.map(port).collect()
}

/// The nodes whose firewalls keep out somebody who needs the port.
fn closed(row: &Row, cluster: &Cluster) -> Vec<Closed> {
    let mut found = Vec::new();
    let looked_at = (MOST_PAIRS / cluster.nodes.len().max(1)).max(1);
    for &node in &row.to {
        let Some(it) = cluster.nodes.get(node as usize) else { continue };
        let Some(firewall) = &it.firewall else { continue };
        if !row.purpose.is_inner() {
            if !firewall.opens(&row.ports) {
                found.push(Closed { node, from: Vec::new() });
            }
            continue;
        }
        let others = (0_u32..).zip(&cluster.nodes).filter(|(other, _)| *other != node);
        let others = others.take(looked_at).filter(|(_, it)| !lets_in(firewall, it, &row.ports));
        let from: Vec<u32> = others.map(|it| it.0).collect();
        if !from.is_empty() {
            found.push(Closed { node, from });
        }
    }
    found
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

impl Matrix<'_> {
    /// Whether every node reaches every other as it must, as far as the inventory says.
    pub fn is_open(&self) -> bool {
        self.rows.iter().all(|it| it.closed.is_empty() || !it.purpose.is_inner())
    }

    /// The name of a node by its place.
    pub fn node(&self, index: u32) -> &str {
        self.cluster.nodes.get(index as usize).map_or("", |it| it.name.value.as_str())
    }
}
