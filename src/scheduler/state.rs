//! All nodes, and what the tasks on them have taken.

use crate::cluster::Cluster;
use crate::scheduler::demand::Demand;
use crate::scheduler::generic::Named;
use crate::scheduler::node_state::NodeState;
use crate::scheduler::volumes::{Attached, Volumes};
use std::collections::BTreeMap;

/// The cluster as the scheduler sees it at one moment.
#[derive(Clone, Debug)]
pub struct State<'a> {
    /// In the order of the cluster's nodes.
    pub nodes: Vec<NodeState<'a>>,
    pub(super) volumes: Volumes<'a>,
    /// The nodes by name.
    pub(super) by_name: Vec<u32>,
}

/// The live tasks of one service on each node that has any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Live(BTreeMap<u32, u32>);

/// A task on a node.
#[derive(Clone, Debug)]
pub struct Held<'a> {
    pub node: u32,
    /// What it was given by name; most tasks are not.
    pub own: Option<Box<Own<'a>>>,
}

/// Named resources and cluster volumes of one task.
#[derive(Clone, Debug, Default)]
pub struct Own<'a> {
    pub names: Vec<Named<'a>>,
    pub(super) volumes: Vec<Attached>,
}

impl Live {
    pub fn on(&self, node: u32) -> u32 {
        self.0.get(&node).copied().unwrap_or_default()
    }

    pub fn add(&mut self, node: u32) {
        *self.0.entry(node).or_default() += 1;
    }

    pub fn remove(&mut self, node: u32) {
        if let Some(count) = self.0.get_mut(&node) {
            *count = count.saturating_sub(1);
        }
        self.0.retain(|it, count| *it != node || *count > 0);
    }

    /// Nodes with their tasks, by the nodes' place in the list.
    pub fn all(&self) -> impl Iterator<Item = (u32, u32)> {
        self.0.iter().map(|(&node, &count)| (node, count))
    }
}

impl<'a> State<'a> {
    /// An empty cluster.
    pub fn new(cluster: &'a Cluster) -> Self {
        let mut by_name: Vec<u32> = (0..cluster.nodes.len() as u32).collect();
        by_name.sort_by_key(|&it| cluster.nodes[it as usize].name.value.as_str());
        Self {
            nodes: cluster.nodes.iter().map(|it| NodeState::new(&it.value)).collect(),
            volumes: Volumes::of(cluster),
            by_name,
        }
    }

    /// A task takes its place on a node; `live` is told unless the task is about to go.
    pub fn put(&mut self, node: u32, demand: &Demand, live: Option<&mut Live>) -> Held<'a> {
        if let Some(live) = live {
            live.add(node);
            self.nodes[node as usize].tasks += 1;
        }
        self.take(node, demand)
    }

    pub(super) fn take(&mut self, node: u32, demand: &Demand) -> Held<'a> {
        let state = &mut self.nodes[node as usize];
        let names = state.take(demand);
        let volumes = if demand.volumes.is_empty() {
            Vec::new()
        } else {
            self.volumes.attach(&demand.volumes, node, state.node)
        };
        let has_own = !names.is_empty() || !volumes.is_empty();
        Held { node, own: has_own.then(|| Box::new(Own { names, volumes })) }
    }

    /// A live task is told to go: it counts no more, but keeps what it has taken.
    pub fn retire(&mut self, node: u32, live: &mut Live) {
        live.remove(node);
        let state = &mut self.nodes[node as usize];
        state.tasks = state.tasks.saturating_sub(1);
    }

    /// A task that was told to go is gone.
    pub fn release(&mut self, held: &Held<'a>, demand: &Demand<'a>) {
        let own = held.own.as_deref();
        self.nodes[held.node as usize].give(demand, own.map_or(&[], |it| &it.names));
        self.volumes.detach(own.map_or(&[], |it| &it.volumes));
    }
}
