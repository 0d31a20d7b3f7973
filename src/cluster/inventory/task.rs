//! Tasks that run already.

use crate::cluster::inventory::keys::TASK;
use crate::cluster::inventory::reader::{Reader, Record};
use crate::cluster::{Cluster, Kind, Task, TaskState};
use crate::source::Spanned;
use crate::yaml::Node;
use std::collections::{BTreeMap, BTreeSet};

/// The most tasks that one entry stands for.
pub(super) const MOST: u64 = 1_000_000;

pub(super) fn all(reader: &mut Reader, node: Option<&Node>, cluster: &Cluster) -> Vec<Task> {
    let mut nodes: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, node) in cluster.nodes.iter().enumerate() {
        nodes.entry(&node.name.value).or_insert(index);
    }
    for (index, node) in cluster.nodes.iter().enumerate() {
        nodes.entry(&node.id.value).or_insert(index);
        nodes.entry(&node.hostname.value).or_insert(index);
    }
    let services: Option<BTreeSet<&str>> = cluster
        .services
        .as_ref()
        .map(|them| them.iter().map(|it| it.name.value.as_str()).collect());
    let items = reader.items("tasks", node);
    let mut tasks: Vec<Task> = items.iter().filter_map(|it| one(reader, it)).collect();
    for task in &mut tasks {
        task.node_index = nodes.get(task.node.value.as_str()).copied();
        if task.node_index.is_none() {
            let name = task.node.value.clone();
            reader.report(Kind::UnknownNode { name }, task.node.place.span);
        }
        let Some(services) = &services else { continue };
        if !services.contains(task.service.value.as_str()) {
            let name = task.service.value.clone();
            reader.report(Kind::UnknownService { name }, task.service.place.span);
        }
    }
    tasks
}

fn one(reader: &mut Reader, node: &Node) -> Option<Task> {
    let record = reader.record("tasks", node, &TASK);
    node.as_map()?;
    let most = i64::MAX as u64;
    let task = Task {
        service: required(reader, record, "service", node)?,
        node: required(reader, record, "node", node)?,
        node_index: None,
        slot: reader.number(record, "slot", 0..=most).map(|it| it.value),
        count: reader.number(record, "count", 0..=MOST).map_or(1, |it| it.value),
        state: state(reader, record, "state"),
        desired: state(reader, record, "desired_state"),
        span: node.span(),
    };
    Some(task)
}

fn required(
    reader: &mut Reader,
    record: Record,
    key: &'static str,
    node: &Node,
) -> Option<Spanned<String>> {
    if record.get(key).is_none() {
        reader.report(Kind::MissingKey { key }, node.span());
    }
    reader.text(record, key)
}

fn state(reader: &mut Reader, record: Record, key: &str) -> TaskState {
    let state = reader.word(record, key, &TaskState::WORDS, TaskState::read);
    state.map_or(TaskState::Running, |it| it.value)
}
