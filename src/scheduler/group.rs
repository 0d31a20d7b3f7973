//! One group: the tasks of one service that wait at the same time.

use crate::scheduler::choice::Choice;
use crate::scheduler::demand::Demand;
use crate::scheduler::filter::{Candidate, Filter};
use crate::scheduler::filters;
use crate::scheduler::leaf::Leaf;
use crate::scheduler::state::{Held, Live, State};
use crate::scheduler::tree::Tree;
use std::collections::BTreeMap;

/// From so many failures on a node is the last choice.
const MANY_FAILURES: u32 = 5;

/// How many nodes each filter turned away.
pub(super) type Refused = [usize; filters::ALL.len()];

/// How good a node is: less is better. Recent failures if there are many, tasks of the service,
/// tasks at all. Free resources, images and roles do not matter to Swarm.
pub(super) type Key = (u32, u32, u32);

/// What became of a group.
#[derive(Debug, Default)]
pub(super) struct Outcome<'a> {
    /// In the order in which they were placed.
    pub(super) placed: Vec<Held<'a>>,
    /// Nodes turned away since a node was last admitted, by filter: Swarm's count for its message.
    pub(super) refused: Refused,
    /// Nodes that got more than others that were as good, and how many those were.
    pub(super) ties: BTreeMap<u32, u32>,
}

/// A group being placed.
pub(super) struct Group<'g, 'a> {
    pub(super) state: &'g mut State<'a>,
    demand: &'g Demand<'a>,
    live: &'g mut Live,
    /// Live tasks of the service, for every node.
    pub(super) own: Vec<u32>,
    /// Empty, or counts for every node.
    failures: Vec<u32>,
    pub(super) choice: &'g mut Choice,
    /// How many tasks wait.
    pub(super) size: u64,
    pub(super) left: u64,
    /// The filters that apply, with their places in Swarm's order.
    filters: Vec<(usize, &'static Filter)>,
    pub(super) outcome: Outcome<'a>,
}

/// Places up to `count` tasks of one service, as one pass of Swarm's scheduler does.
///
/// `failures` counts the recent failures of the service on nodes.
pub(super) fn place<'a>(
    state: &mut State<'a>,
    demand: &Demand<'a>,
    live: &mut Live,
    failures: &BTreeMap<u32, u32>,
    count: u64,
    choice: &mut Choice,
) -> Outcome<'a> {
    let mut own = vec![0; state.nodes.len()];
    for (node, count) in live.all() {
        own[node as usize] = count;
    }
    let mut counts = Vec::new();
    if failures.values().any(|it| *it >= MANY_FAILURES) {
        counts = own.iter().map(|_| 0).collect();
        for (&node, &count) in failures.iter().filter(|it| *it.1 >= MANY_FAILURES) {
            if let Some(it) = counts.get_mut(node as usize) {
                *it = count;
            }
        }
    }
    let filters = filters::ALL.iter().enumerate().filter(|(_, it)| (it.applies)(demand)).collect();
    let mut group = Group {
        state,
        demand,
        live,
        own,
        failures: counts,
        choice,
        size: count,
        left: count,
        filters,
        outcome: Outcome::default(),
    };
    group.run();
    group.outcome
}

impl Group<'_, '_> {
    fn run(&mut self) {
        let mut nodes = self.state.by_name.clone();
        self.choice.arrange(&mut nodes);
        let size = self.size;
        if self.demand.preferences.is_empty() {
            let mut leaf = Leaf::default();
            for node in nodes {
                self.consider(node, &mut leaf);
            }
            leaf.place(size, self);
            leaf.tell_ties(0, self);
        } else {
            let mut tree = Tree::new(&self.demand.preferences, self.state);
            for node in nodes {
                let own = self.own[node as usize];
                let leaf = tree.leaf_of(self.state.nodes[node as usize].node, own);
                self.consider(node, leaf);
            }
            tree.place(size, self);
            tree.tell_ties(self);
        }
    }

    fn consider(&mut self, node: u32, leaf: &mut Leaf) {
        if self.admits(node, true) {
            leaf.nodes.push(node);
        }
    }

    /// Whether a node can take a task. `at_first` says that it was not asked before, so that the
    /// filters whose answer never changes are asked too.
    pub(super) fn admits(&mut self, node: u32, at_first: bool) -> bool {
        let candidate = Candidate {
            node: &self.state.nodes[node as usize],
            index: node,
            own_tasks: self.own[node as usize],
            volumes: &self.state.volumes,
        };
        let mut asked = self.filters.iter().filter(|(_, it)| at_first || it.changes);
        let refusing = asked.find(|(_, it)| !(it.admits)(self.demand, &candidate));
        if let Some(&(filter, _)) = refusing {
            self.outcome.refused[filter] += 1;
        } else {
            self.outcome.refused = Refused::default();
        }
        refusing.is_none()
    }

    /// Whether a node could take one more; nobody counts it.
    pub(super) fn has_room(&self, node: u32) -> bool {
        let candidate = Candidate {
            node: &self.state.nodes[node as usize],
            index: node,
            own_tasks: self.own[node as usize],
            volumes: &self.state.volumes,
        };
        let mut asked = self.filters.iter().filter(|(_, it)| it.changes);
        asked.all(|(_, it)| (it.admits)(self.demand, &candidate))
    }

    pub(super) fn key(&self, node: u32) -> Key {
        let at = node as usize;
        let failures = self.failures.get(at).copied().unwrap_or_default();
        (failures, self.own[at], self.state.nodes[at].tasks)
    }

    pub(super) fn put(&mut self, node: u32) {
        self.own[node as usize] += 1;
        self.left -= 1;
        let held = self.state.put(node, self.demand, Some(self.live));
        self.outcome.placed.push(held);
    }
}
