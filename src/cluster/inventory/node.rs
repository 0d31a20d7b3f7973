//! The nodes of an inventory.

use crate::cluster::firewall::{Allow, Peer, Policy, Ports};
use crate::cluster::inventory::keys::{ALLOW, CSI, FIREWALL, NODE, RESERVED};
use crate::cluster::inventory::reader::{Reader, Record};
use crate::cluster::{
    Amount, Availability, Csi, Defaults, Firewall, Generic, Kind, Node, NodeStatus, Platform,
    Plugin,
};
use crate::source::{Named, Place, Spanned};
use crate::value::constraint::Role;
use crate::yaml::{self, Entry, Value};
use std::collections::BTreeMap;
use std::net::IpAddr;

pub(super) fn all(
    reader: &mut Reader,
    nodes: Option<&yaml::Node>,
    defaults: &Defaults,
) -> Vec<Named<Node>> {
    let entries = reader.entries("nodes", nodes);
    entries.iter().map(|it| named(it, one(reader, it, defaults))).collect()
}

pub(super) fn named<T>(entry: &Entry, value: T) -> Named<T> {
    let name = Spanned::new(entry.key.text.clone(), Place::at(entry.key.span));
    Named { name, value }
}

fn one(reader: &mut Reader, entry: &Entry, defaults: &Defaults) -> Node {
    let name = || Spanned::new(entry.key.text.clone(), Place::at(entry.key.span));
    let record = reader.record(&entry.key.text, &entry.node, &NODE);
    let or = |text: Option<Spanned<String>>, all: Option<&Spanned<String>>, usual: &str| {
        text.or_else(|| all.cloned()).map_or_else(|| usual.to_owned(), |it| it.value)
    };
    let platform = Platform {
        os: or(reader.text(record, "os"), defaults.os.as_ref(), "linux"),
        arch: or(reader.text(record, "arch"), defaults.arch.as_ref(), "x86_64"),
    };
    let mut node = Node {
        id: reader.text(record, "id").unwrap_or_else(name),
        hostname: reader.text(record, "hostname").unwrap_or_else(name),
        role: role(reader, record).unwrap_or_default(),
        availability: reader
            .word(record, "availability", &Availability::WORDS, Availability::read)
            .unwrap_or_default(),
        state: reader
            .word(record, "state", &NodeStatus::WORDS, NodeStatus::read)
            .unwrap_or_default(),
        address: address(reader, record).unwrap_or_default(),
        // As of one that has not described itself.
        platform: Some(platform).filter(|it| !(it.os.is_empty() && it.arch.is_empty())),
        zone: reader.text(record, "zone"),
        host: reader.text(record, "host"),
        mtu: super::mtu(reader, record).or_else(|| defaults.mtu.clone()),
        generic_resources: generic(reader, record.get("generic_resources")),
        firewall: record.get("firewall").map(|it| firewall(reader, it)),
        ..Node::default()
    };
    node.nano_cpus = cpus(reader, record);
    node.memory_bytes = memory(reader, record);
    if let Some(reserved) = record.get("reserved") {
        let record = reader.record("reserved", reserved, &RESERVED);
        node.reserved_nano_cpus = reader.cpus(record, "cpus");
        node.reserved_memory_bytes = reader.memory(record, "memory");
    }
    for key in ["labels", "engine_labels"] {
        for (place, name, value) in reader.labels(key, record.get(key)) {
            let map = if key == "labels" { &mut node.labels } else { &mut node.engine_labels };
            map.insert(name.clone(), value.value.clone());
            node.label_places.push(Named { name: Spanned::new(name, place), value });
        }
    }
    let plugins = reader.texts("plugins", record.get("plugins"));
    let plugins = plugins.into_iter().filter_map(|it| plugin(reader, &it)).collect();
    node.plugins = record.get("plugins").map(|_| plugins);
    let csi = reader.items("csi", record.get("csi"));
    node.csi = csi.iter().map(|it| driver(reader, it)).collect();
    node
}

fn role(reader: &mut Reader, record: Record) -> Option<Spanned<Role>> {
    reader.word(record, "role", &["worker", "manager"], |word| match word {
        "worker" => Some(Role::Worker),
        "manager" => Some(Role::Manager),
        _ => None,
    })
}

fn address(reader: &mut Reader, record: Record) -> Option<Spanned<String>> {
    let text = reader.text(record, "address")?;
    if text.value.parse::<IpAddr>().is_err() {
        reader.bad("address", text.value, text.place.span);
        return None;
    }
    Some(text)
}

/// `cpus` or `nano_cpus`.
pub(super) fn cpus(reader: &mut Reader, record: Record) -> Option<Spanned<i64>> {
    let exact = reader.number(record, "nano_cpus", 0..=i64::MAX as u64);
    let cpus = reader.cpus(record, "cpus");
    exact.map(|it| it.map(|it| it as i64)).or(cpus)
}

/// `memory` or `memory_bytes`.
pub(super) fn memory(reader: &mut Reader, record: Record) -> Option<Spanned<i64>> {
    let exact = reader.number(record, "memory_bytes", 0..=i64::MAX as u64);
    let memory = reader.memory(record, "memory");
    exact.map(|it| it.map(|it| it as i64)).or(memory)
}

/// Kinds with a count or a list of names each.
pub(super) fn generic(reader: &mut Reader, node: Option<&yaml::Node>) -> Vec<Generic> {
    let mut found = Vec::new();
    for entry in reader.entries("generic_resources", node) {
        let kind = entry.key.text.clone();
        let amount = match &entry.node.value {
            Value::Int(it) if *it >= 0 => Amount::Count(*it),
            Value::List(_) => {
                let names = reader.texts(&kind, Some(&entry.node));
                Amount::Named(names.into_iter().map(|it| it.value).collect())
            }
            Value::Int(it) => {
                reader.bad(&kind, it.to_string(), entry.node.span());
                continue;
            }
            _ => {
                let (wanted, found) = ("a count or a list of names", "something else");
                let kind = Kind::WrongType { key: kind, wanted, found };
                reader.report(kind, entry.node.span());
                continue;
            }
        };
        found.push(Generic { kind, amount });
    }
    found
}

/// `volume/local`: the type in any case, and the name.
fn plugin(reader: &mut Reader, text: &Spanned<String>) -> Option<Plugin> {
    let known = ["Volume", "Network", "Log", "Authorization"];
    let found = text.value.split_once('/').and_then(|(kind, name)| {
        let kind = known.iter().find(|it| it.eq_ignore_ascii_case(kind))?;
        Some(Plugin { kind: (*kind).to_owned(), name: name.to_owned() })
    });
    if found.is_none() {
        reader.bad("plugins", text.value.clone(), text.place.span);
    }
    found
}

fn driver(reader: &mut Reader, node: &yaml::Node) -> Csi {
    let record = reader.record("csi", node, &CSI);
    let topology = reader.labels("topology", record.get("topology"));
    Csi {
        plugin: reader.text(record, "plugin").map(|it| it.value).unwrap_or_default(),
        topology: plain(topology),
    }
}

pub(super) fn plain(labels: Vec<(Place, String, Spanned<String>)>) -> BTreeMap<String, String> {
    labels.into_iter().map(|(_, name, value)| (name, value.value)).collect()
}

fn firewall(reader: &mut Reader, node: &yaml::Node) -> Firewall {
    let record = reader.record("firewall", node, &FIREWALL);
    let default = reader.word(record, "default", &["deny", "allow"], |word| match word {
        "deny" => Some(Policy::Deny),
        "allow" => Some(Policy::Allow),
        _ => None,
    });
    let rules = reader.items("allow", record.get("allow"));
    let allow = rules.iter().map(|it| allow(reader, it)).collect();
    Firewall { default: default.unwrap_or_default(), allow }
}

fn allow(reader: &mut Reader, node: &yaml::Node) -> Allow {
    let record = reader.record("allow", node, &ALLOW);
    let from = reader.text(record, "from").map(|it| it.map(|it| Peer::read(&it)));
    let mut ports = Vec::new();
    for text in reader.texts("ports", record.get("ports")) {
        match Ports::read(&text.value) {
            Some(it) => ports.push(Spanned::new(it, text.place)),
            None => reader.bad("ports", text.value, text.place.span),
        }
    }
    Allow { from: from.unwrap_or_default(), ports, span: node.span() }
}
