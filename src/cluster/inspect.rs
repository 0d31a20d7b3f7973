//! The nodes as `docker node inspect` prints them.

use crate::cluster::{
    Amount, Availability, Cluster, Csi, Generic, Kind, Node, NodeStatus, Platform, Plugin, Problem,
};
use crate::source::{Named, Place, Spanned};
use crate::value::constraint::Role;
use crate::yaml::{self, Value};
use std::collections::BTreeMap;

/// Reads the list of nodes; what is no node is among the problems.
pub(super) fn nodes(root: &yaml::Node) -> (Cluster, Vec<Problem>) {
    let (mut cluster, mut problems) = (Cluster::default(), Vec::new());
    for item in root.as_list().unwrap_or_default() {
        if item.get("Spec").is_some() || item.get("Description").is_some() {
            cluster.nodes.push(named(item));
        } else {
            let wanted = "a node as `docker node inspect` prints it";
            let kind = Kind::WrongType {
                key: "the inventory".to_owned(),
                wanted,
                found: "something else",
            };
            problems.push(Problem::new(kind, item.span()));
        }
    }
    (cluster, problems)
}

fn named(item: &yaml::Node) -> Named<Node> {
    let node = node(item);
    let name = if node.hostname.value.is_empty() { &node.id } else { &node.hostname };
    Named { name: name.clone(), value: node }
}

/// The value at a path.
fn at<'n>(item: &'n yaml::Node, path: &str) -> Option<&'n yaml::Node> {
    path.split('.').try_fold(item, |node, key| node.get(key)).filter(|it| !it.is_null())
}

fn text(item: &yaml::Node, path: &str) -> Spanned<String> {
    match at(item, path) {
        Some(node) => Spanned::new(node.as_text().unwrap_or_default().to_owned(), node.place),
        None => Spanned::new(String::new(), Place::at(item.span())),
    }
}

/// A word that is read without regard to case; the default where it is absent or another.
fn word<T: Default>(item: &yaml::Node, path: &str, read: impl Fn(&str) -> Option<T>) -> Spanned<T> {
    text(item, path).map(|it| read(&it.to_lowercase()).unwrap_or_default())
}

fn labels(item: &yaml::Node, path: &str) -> BTreeMap<String, String> {
    let entries = at(item, path).and_then(yaml::Node::as_map);
    let entries = entries.into_iter().flat_map(|it| &it.entries);
    let label = |it: &yaml::Entry| Some((it.key.text.clone(), it.node.as_text()?.to_owned()));
    entries.filter_map(label).collect()
}

fn items<'n>(item: &'n yaml::Node, path: &str) -> impl Iterator<Item = &'n yaml::Node> {
    at(item, path).and_then(yaml::Node::as_list).unwrap_or_default().iter()
}

fn number(node: Option<&yaml::Node>) -> i64 {
    match node.map(|it| &it.value) {
        Some(Value::Int(it)) => *it,
        _ => 0,
    }
}

/// A node that has not described itself has nothing, as in Swarm.
fn node(item: &yaml::Node) -> Node {
    let amount = |path| {
        let node = at(item, path);
        Some(Spanned::new(number(node), node.map_or(Place::at(item.span()), |it| it.place)))
    };
    let platform = at(item, "Description.Platform")
        .map(|it| Platform { os: text(it, "OS").value, arch: text(it, "Architecture").value });
    let plugins = at(item, "Description.Engine").map(|it| {
        let plugin = |it| Plugin { kind: text(it, "Type").value, name: text(it, "Name").value };
        items(it, "Plugins").map(plugin).collect()
    });
    let csi = |it| Csi {
        plugin: text(it, "PluginName").value,
        topology: labels(it, "AccessibleTopology.Segments"),
    };
    let label_place = |entry: &yaml::Entry| Named {
        name: Spanned::new(entry.key.text.clone(), Place::at(entry.key.span)),
        value: Spanned::new(entry.node.as_text().unwrap_or_default().to_owned(), entry.node.place),
    };
    let places = ["Spec.Labels", "Description.Engine.Labels"].into_iter();
    let places = places.filter_map(|it| at(item, it)?.as_map()).flat_map(|it| &it.entries);
    Node {
        id: text(item, "ID"),
        hostname: text(item, "Description.Hostname"),
        role: word(item, "Spec.Role", |word| (word == "manager").then_some(Role::Manager)),
        availability: word(item, "Spec.Availability", Availability::read),
        state: word(item, "Status.State", NodeStatus::read),
        address: text(item, "Status.Addr"),
        platform,
        nano_cpus: amount("Description.Resources.NanoCPUs"),
        memory_bytes: amount("Description.Resources.MemoryBytes"),
        labels: labels(item, "Spec.Labels"),
        engine_labels: labels(item, "Description.Engine.Labels"),
        label_places: places.map(label_place).collect(),
        generic_resources: generic(item),
        plugins,
        csi: items(item, "Description.CSIInfo").map(csi).collect(),
        ..Node::default()
    }
}

/// Entries of one kind are taken together; the first says whether they are counted or named.
fn generic(item: &yaml::Node) -> Vec<Generic> {
    let mut found: Vec<Generic> = Vec::new();
    for it in items(item, "Description.Resources.GenericResources") {
        let (kind, amount) = if let Some(it) = it.get("DiscreteResourceSpec") {
            (text(it, "Kind").value, Amount::Count(number(it.get("Value"))))
        } else if let Some(it) = it.get("NamedResourceSpec") {
            (text(it, "Kind").value, Amount::Named(vec![text(it, "Value").value]))
        } else {
            continue;
        };
        match found.iter_mut().find(|it| it.kind == kind).map(|it| &mut it.amount) {
            None => found.push(Generic { kind, amount }),
            Some(Amount::Count(sum)) => {
                if let Amount::Count(more) = amount {
                    *sum = sum.saturating_add(more);
                }
            }
            Some(Amount::Named(names)) => {
                if let Amount::Named(more) = amount {
                    names.extend(more);
                }
            }
        }
    }
    found
}
