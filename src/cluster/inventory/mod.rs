//! The inventory: `nodes.yml`, written by hand or by `nodes export`. Docker's own JSON of nodes is
//! taken in its place.

mod keys;
mod node;
mod object;
mod reader;
mod schema;
mod service;
mod snapshot;
mod task;
#[cfg(test)]
mod tests;

pub use schema::json_schema;

use crate::cluster::inventory::reader::{Reader, Record};
use crate::cluster::running::Running;
use crate::cluster::snapshot::Snapshot;
use crate::cluster::{Cluster, Defaults, Kind, Problem, Settings, Twice, inspect};
use crate::source::{SourceId, Span, Spanned};
use crate::yaml::{self, Value};
use std::collections::BTreeMap;
use std::net::IpAddr;

/// Reads an inventory. Never fails: what cannot be used is among the problems, in the order of the
/// text, and the rest is read all the same.
pub fn read(source: SourceId, text: &str) -> (Cluster, Vec<Problem>) {
    let document = yaml::parse(source, text);
    let mut reader = Reader::default();
    for error in &document.errors {
        let mut problem = Problem::new(Kind::Syntax, error.span);
        problem.message.clone_from(&error.message);
        reader.problems.push(problem);
    }
    let cluster = if matches!(document.root.value, Value::List(_)) {
        let (cluster, problems) = inspect::nodes(&document.root);
        reader.problems.extend(problems);
        cluster
    } else if snapshot::is_snapshot(&document.root) {
        let (mut cluster, problems) = snapshot::cluster(&document.root);
        let read = Snapshot::read(text).ok().filter(|it| it.services.is_some());
        cluster.running = read.map(|it| Box::new(Running::of_snapshot(&it)));
        reader.problems.extend(problems);
        cluster
    } else {
        root(&mut reader, &document.root)
    };
    for it in &document.duplicates {
        let is_node = cluster.nodes.iter().any(|node| {
            node.name.value == it.key && [it.first, it.again].contains(&node.name.place.span)
        });
        let (what, first) = (Twice::Name, it.first);
        let kind = if is_node {
            Kind::DuplicateNode { what, value: it.key.clone(), first }
        } else {
            Kind::DuplicateKey { key: it.key.clone(), first }
        };
        reader.report(kind, it.again);
    }
    duplicates(&mut reader, &cluster);
    let mut problems = reader.problems;
    // What could only be read in part is not judged.
    if !document.errors.is_empty() {
        problems.retain(|it| it.kind == Kind::Syntax);
    }
    problems.sort_by_key(|it| (it.span.start(), it.span.end()));
    (cluster, problems)
}

fn root(reader: &mut Reader, node: &yaml::Node) -> Cluster {
    let root = reader.record("the inventory", node, &keys::ROOT);
    let mut cluster = Cluster { settings: settings(reader, root), ..Cluster::default() };
    cluster.defaults = defaults(reader, root);
    cluster.nodes = node::all(reader, root.get("nodes"), &cluster.defaults);
    let names =
        |reader: &mut Reader, key: &str| root.has(key).then(|| reader.texts(key, root.raw(key)));
    cluster.secrets = names(reader, "secrets");
    cluster.configs = names(reader, "configs");
    cluster.volumes = root.has("volumes").then(|| object::volumes(reader, root.raw("volumes")));
    cluster.networks = root.has("networks").then(|| object::networks(reader, root.raw("networks")));
    cluster.services = root.has("services").then(|| service::all(reader, root.raw("services")));
    let tasks = root.has("tasks").then(|| task::all(reader, root.raw("tasks"), &cluster));
    cluster.tasks = tasks;
    cluster
}

fn settings(reader: &mut Reader, root: Record) -> Settings {
    let Some(node) = root.get("cluster") else { return Settings::default() };
    let record = reader.record("cluster", node, &keys::CLUSTER);
    let port = reader.number(record, "data_path_port", 1..=65535);
    let size = reader.number(record, "subnet_size", 1..=32);
    let mut pools = reader.texts("default_addr_pool", record.get("default_addr_pool"));
    pools.retain(|it| is_network(reader, "default_addr_pool", it));
    Settings {
        data_path_port: port.map(|it| it.map(|it| it as u16)),
        default_addr_pool: pools,
        subnet_size: size.map(|it| it.map(|it| it as u8)),
    }
}

/// Whether a text is a network such as `10.0.0.0/8`; else it is reported.
fn is_network(reader: &mut Reader, key: &str, text: &Spanned<String>) -> bool {
    use crate::value::constraint::Address;
    let is = matches!(Address::read(&text.value), Some(Address::Network(..)));
    if !is {
        reader.bad(key, text.value.clone(), text.place.span);
    }
    is
}

fn defaults(reader: &mut Reader, root: Record) -> Defaults {
    let Some(node) = root.get("defaults") else { return Defaults::default() };
    let record = reader.record("defaults", node, &keys::DEFAULTS);
    Defaults {
        os: reader.text(record, "os"),
        arch: reader.text(record, "arch"),
        mtu: mtu(reader, record),
    }
}

fn mtu(reader: &mut Reader, record: Record) -> Option<Spanned<u32>> {
    reader.number(record, "mtu", 68..=65535).map(|it| it.map(|it| it as u32))
}

/// Nodes that have their id or address in common.
fn duplicates(reader: &mut Reader, cluster: &Cluster) {
    let mut ids: BTreeMap<&str, Span> = BTreeMap::new();
    let mut addresses: BTreeMap<IpAddr, Span> = BTreeMap::new();
    for node in &cluster.nodes {
        let span = |it: &Spanned<String>| it.place.span;
        let first = *ids.entry(&node.id.value).or_insert(span(&node.id));
        if first != span(&node.id) {
            let value = node.id.value.clone();
            reader.report(Kind::DuplicateNode { what: Twice::Id, value, first }, span(&node.id));
        }
        let Ok(address) = node.address.value.parse::<IpAddr>() else { continue };
        let first = *addresses.entry(address.to_canonical()).or_insert(span(&node.address));
        if first != span(&node.address) {
            let value = node.address.value.clone();
            let kind = Kind::DuplicateNode { what: Twice::Address, value, first };
            reader.report(kind, span(&node.address));
        }
    }
}
