//! The nodes of an inventory.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::cluster::export::scalar::{cpus, list, map, memory, scalar};
use crate::cluster::{Amount, Availability, Cluster, Node, NodeStatus};
use crate::value::constraint::Role;

/// Writes the nodes; the name of each in the inventory.
pub(super) fn all(cluster: &Cluster, out: &mut String) -> Vec<String> {
    let names = names(cluster);
    let owners = owners(cluster);
    if cluster.nodes.is_empty() {
        out.push_str("nodes: {}\n");
        return names;
    }
    out.push_str("nodes:\n");
    for (at, (node, name)) in cluster.nodes.iter().zip(&names).enumerate() {
        let address = node.value.address.value.as_str();
        let own = if owners.get(address) == Some(&at) { address } else { "" };
        let lines = lines(&node.value, name, own);
        let _ = writeln!(out, "  {}:\n    {}", scalar(name), lines.join("\n    "));
    }
    names
}

/// Host names, as far as they tell the nodes apart.
fn names(cluster: &Cluster) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for it in &cluster.nodes {
        *counts.entry(&it.name.value).or_default() += 1;
    }
    let name = |it: &crate::source::Named<Node>| {
        let (name, id) = (&it.name.value, &it.value.id.value);
        match counts.get(name.as_str()) {
            Some(1) if !name.is_empty() => name.clone(),
            _ => format!("{name}-{id}"),
        }
    };
    cluster.nodes.iter().map(name).collect()
}

/// Which node has an address now: a machine that joined again is listed twice, with one of them down.
fn owners(cluster: &Cluster) -> BTreeMap<&str, usize> {
    let mut owners: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, it) in cluster.nodes.iter().enumerate() {
        let is_ready = it.value.state.value == NodeStatus::Ready;
        let address = it.value.address.value.as_str();
        if is_ready || !owners.contains_key(address) {
            owners.insert(address, at);
        }
    }
    owners
}

/// What differs from what goes without saying.
fn lines(node: &Node, name: &str, address: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut text = |key: &str, value: &str, usual: &str| {
        if value != usual {
            lines.push(format!("{key}: {}", scalar(value)));
        }
    };
    let platform = node.platform.clone().unwrap_or_default();
    text("id", &node.id.value, name);
    text("hostname", &node.hostname.value, name);
    let role = if node.role.value == Role::Manager { "manager" } else { "worker" };
    text("role", role, "");
    text("availability", node.availability.value.as_str(), Availability::Active.as_str());
    text("state", node.state.value.as_str(), NodeStatus::Ready.as_str());
    text("address", address, "");
    text("os", &platform.os, "linux");
    text("arch", &platform.arch, "x86_64");
    lines.extend(node.nano_cpus.as_ref().map(|it| cpus(it.value)));
    lines.extend(node.memory_bytes.as_ref().map(|it| {
        let gib = it.value as f64 / f64::from(1 << 30);
        let line = memory(it.value);
        if line.starts_with("memory_bytes") { format!("{line}  # {gib:.1} GiB") } else { line }
    }));
    for (key, labels) in [("labels", &node.labels), ("engine_labels", &node.engine_labels)] {
        if !labels.is_empty() {
            lines.push(format!("{key}: {}", map(labels)));
        }
    }
    if !node.generic_resources.is_empty() {
        let generic = node.generic_resources.iter().map(|it| match &it.amount {
            Amount::Count(count) => format!("{}: {}", scalar(&it.kind), count.max(&0)),
            Amount::Named(names) => {
                format!("{}: {}", scalar(&it.kind), list(names.iter().map(String::as_str)))
            }
        });
        let generic: Vec<_> = generic.collect();
        lines.push(format!("generic_resources: {{{}}}", generic.join(", ")));
    }
    if let Some(plugins) = &node.plugins {
        let plugins = plugins.iter().map(|it| format!("{}/{}", it.kind.to_lowercase(), it.name));
        let plugins: Vec<_> = plugins.collect();
        lines.push(format!("plugins: {}", list(plugins.iter().map(String::as_str))));
    }
    if !node.csi.is_empty() {
        let csi = node.csi.iter().map(|it| {
            format!("{{plugin: {}, topology: {}}}", scalar(&it.plugin), map(&it.topology))
        });
        let csi: Vec<_> = csi.collect();
        lines.push(format!("csi: [{}]", csi.join(", ")));
    }
    lines
}
