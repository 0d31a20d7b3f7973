//! What constraints and preferences can ask of the nodes of the inventory.

use std::collections::{BTreeMap, BTreeSet};

use gen_lsp_types::CompletionItemKind;

use crate::cluster::{Cluster, Node};
use crate::lsp::complete::Context;
use crate::lsp::complete::item::Item;
use crate::lsp::hover;

pub(super) fn of(context: &Context) -> Vec<Item> {
    if context.is_at("services.*.deploy.placement.constraints.*") {
        constraints(context.cluster)
    } else if context.is_at("services.*.deploy.placement.preferences.*.spread") {
        preferences(context.cluster)
    } else if context.is_at("services.*.deploy.placement.preferences.*") {
        let found = preferences(context.cluster).into_iter();
        found
            .map(|it| Item {
                label: format!("spread: {}", it.label),
                insert: format!("spread: {}", it.insert),
                ..it
            })
            .collect()
    } else {
        Vec::new()
    }
}

fn constraints(cluster: Option<&Cluster>) -> Vec<Item> {
    let mut found =
        vec![condition(cluster, "node.role", "manager"), condition(cluster, "node.role", "worker")];
    for (name, values) in labels(cluster, |it| &it.labels) {
        let key = format!("node.labels.{name}");
        found.extend(values.iter().map(|it| condition(cluster, &key, it)));
    }
    for node in cluster.iter().flat_map(|it| &it.nodes) {
        if !node.hostname.value.is_empty() {
            found.push(condition(cluster, "node.hostname", &node.hostname.value));
        }
    }
    let platforms = |of: fn(&Node) -> &str| -> BTreeSet<String> {
        let nodes = cluster.iter().flat_map(|it| &it.nodes);
        nodes.map(|it| of(&it.value).to_owned()).filter(|it| !it.is_empty()).collect()
    };
    let os = platforms(|it| it.platform.as_ref().map_or("", |it| it.os.as_str()));
    let arch = platforms(|it| it.platform.as_ref().map_or("", |it| it.arch.as_str()));
    found.extend(os.iter().map(|it| condition(cluster, "node.platform.os", it)));
    found.extend(arch.iter().map(|it| condition(cluster, "node.platform.arch", it)));
    for (name, values) in labels(cluster, |it| &it.engine_labels) {
        let key = format!("engine.labels.{name}");
        found.extend(values.iter().map(|it| condition(cluster, &key, it)));
    }
    if cluster.is_none_or(|it| it.nodes.is_empty()) {
        found.push(
            Item::word("node.labels.NAME == VALUE").snippet("node.labels.${1:zone} == ${2:a}"),
        );
        found.push(Item::word("node.hostname == NAME").snippet("node.hostname == ${1:name}"));
    }
    found
}

/// A condition, with the nodes that meet it.
fn condition(cluster: Option<&Cluster>, key: &str, value: &str) -> Item {
    let text = format!("{key} == {value}");
    let item = Item::word(&text).of_kind(CompletionItemKind::Value);
    let Some(cluster) = cluster.filter(|it| !it.nodes.is_empty()) else { return item };
    match hover::nodes_that_meet(&text, cluster) {
        Some(nodes) => item.detail(nodes),
        None => item,
    }
}

fn preferences(cluster: Option<&Cluster>) -> Vec<Item> {
    let labels = labels(cluster, |it| &it.labels);
    let mut found: Vec<Item> = labels
        .iter()
        .map(|(name, values)| {
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            Item::word(&format!("node.labels.{name}"))
                .of_kind(CompletionItemKind::Value)
                .detail(values.join(", "))
        })
        .collect();
    if found.is_empty() {
        found.push(Item::word("node.labels.NAME").snippet("node.labels.${1:zone}"));
    }
    found
}

/// The labels of all nodes, each with the values that it has.
fn labels(
    cluster: Option<&Cluster>,
    of: fn(&Node) -> &BTreeMap<String, String>,
) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for node in cluster.iter().flat_map(|it| &it.nodes) {
        for (name, value) in of(&node.value) {
            found.entry(name.clone()).or_default().insert(value.clone());
        }
    }
    found
}
