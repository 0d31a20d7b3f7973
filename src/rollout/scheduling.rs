//! When the scheduler looks, and at what.

use crate::cluster::TaskState;
use crate::rollout::clock::Timer;
use crate::rollout::run::Run;
use crate::scheduler::FILTERS;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// How long it waits for more to come.
const GAP: u64 = 50;
/// How long it waits at most.
const LATENCY: u64 = 1_000;
/// For how long failures of a node count.
const MEMORY: u64 = 300_000;

/// What waits for a place.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    pub(super) tasks: BTreeSet<u32>,
    /// Those that have their node already.
    pub(super) on_nodes: BTreeSet<u32>,
    /// Whether a change makes it worth while to look.
    pub(super) is_due: bool,
    /// Since when it waits for more, and which timer matters.
    debounce: Option<(u64, u64)>,
}

impl Run<'_> {
    /// A task that may wait for a place has changed.
    pub(super) fn queue(&mut self, task: u32) {
        let it = &self.world.tasks[task as usize];
        if it.is_deleted || it.is_over() {
            self.waiting.tasks.remove(&task);
            self.waiting.on_nodes.remove(&task);
            self.waiting.is_due = true;
        } else if it.state == TaskState::Pending {
            if it.node.is_some() {
                self.waiting.on_nodes.insert(task);
            } else {
                self.waiting.tasks.insert(task);
                self.waiting.is_due = true;
            }
        }
    }

    /// Something was stored: the scheduler waits for more to come.
    pub(super) fn debounce(&mut self) {
        let now = self.world.clock.now;
        let since = self.waiting.debounce.map_or(now, |it| it.0);
        if now - since > LATENCY {
            self.waiting.debounce = None;
            self.schedule();
            return;
        }
        let turn = self.world.clock.turn();
        self.waiting.debounce = Some((since, turn));
        self.world.clock.after(GAP, Timer::Schedule { turn });
    }

    pub(super) fn debounced(&mut self, turn: u64) {
        if self.waiting.debounce.is_some_and(|it| it.1 == turn) {
            self.waiting.debounce = None;
            self.schedule();
        }
    }

    fn schedule(&mut self) {
        let mut on_nodes: Vec<u32> = self.waiting.on_nodes.iter().copied().collect();
        self.choice.arrange(&mut on_nodes);
        for task in on_nodes {
            self.place_on_node(task);
        }
        if std::mem::take(&mut self.waiting.is_due) {
            let mut groups: BTreeMap<(u32, u32), Vec<u32>> = BTreeMap::new();
            for &task in &self.waiting.tasks {
                let it = &self.world.tasks[task as usize];
                groups.entry((it.service, it.version)).or_default().push(task);
            }
            let mut groups: Vec<_> = groups.into_iter().collect();
            self.choice.arrange(&mut groups);
            for ((service, version), tasks) in groups {
                self.place_group(service, version, &tasks);
            }
        }
    }

    fn place_on_node(&mut self, task: u32) {
        let world = &mut self.world;
        let it = &world.tasks[task as usize];
        let Some(at) = it.node.and_then(|node| world.nodes[node as usize].at) else { return };
        let demand = &world.versions[it.version as usize].demand;
        let live = &world.services[it.service as usize].live;
        if let Some(filter) = world.state.first_refusal(demand, live, at) {
            world.explain(task, &Rc::from((FILTERS[filter].explain)(1)));
            return;
        }
        self.waiting.on_nodes.remove(&task);
        world.occupy(task);
        world.set(task, TaskState::Assigned, "");
    }

    fn place_group(&mut self, service: u32, version: u32, tasks: &[u32]) {
        let world = &mut self.world;
        let owner = &mut world.services[service as usize];
        if owner.is_removed {
            self.waiting.tasks.retain(|it| !tasks.contains(it));
            return;
        }
        let failures = failures(&world.failures, version, &world.nodes, world.clock.now);
        let demand = &world.versions[version as usize].demand;
        let count = tasks.len() as u64;
        let pass = world.state.pass(demand, &mut owner.live, &failures, count, &mut self.choice);
        let is_old = owner.version > version;
        let mut rest = tasks.iter().copied();
        for (held, task) in pass.placed.into_iter().zip(rest.by_ref()) {
            let node = world.nodes.iter().position(|it| it.at == Some(held.node));
            let it = &mut world.tasks[task as usize];
            if !it.is_wanted() {
                world.state.retire(held.node, &mut world.services[service as usize].live);
            }
            it.node = node.map(|it| it as u32);
            it.held = Some(held);
            self.waiting.tasks.remove(&task);
            world.set(task, TaskState::Assigned, "");
        }
        let message: Rc<str> = Rc::from(pass.message);
        for task in rest {
            if !is_old {
                world.explain(task, &message);
                continue;
            }
            // Of a service that was updated: nobody looks again.
            self.waiting.tasks.remove(&task);
            if !world.tasks[task as usize].is_wanted() {
                world.set(task, TaskState::Shutdown, "");
            }
        }
    }
}

/// The recent failures of a version by the nodes' places.
fn failures(
    all: &BTreeMap<u32, BTreeMap<u32, std::collections::VecDeque<u64>>>,
    version: u32,
    nodes: &[crate::rollout::world::Machine],
    now: u64,
) -> BTreeMap<u32, u32> {
    let nodes = all.get(&version).into_iter().flatten().filter_map(|(&node, times)| {
        let recent = times.iter().rev().take_while(|&&it| now - it <= MEMORY);
        Some((nodes[node as usize].at?, recent.count() as u32))
    });
    nodes.collect()
}
