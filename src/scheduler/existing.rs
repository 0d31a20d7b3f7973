//! The tasks that are there before anything is deployed.

use crate::cluster::{Availability, Cluster, TaskState};
use crate::scheduler::demand::Demand;
use crate::scheduler::generic;
use crate::scheduler::node_state::NodeState;
use crate::scheduler::state::Held;
use crate::swarm::spec::{Mode, ServiceSpec};
use std::collections::{BTreeMap, BTreeSet};

/// The most tasks that one schedule holds. More are not planned for.
pub(super) const MOST_TASKS: u64 = 4_000_000;

/// A task that is there.
#[derive(Clone, Debug)]
pub(super) struct Old<'a> {
    pub(super) node: u32,
    pub(super) slot: u64,
    pub(super) state: TaskState,
    pub(super) desired: TaskState,
    /// Whether it counts: neither told to go nor lost.
    pub(super) live: bool,
    /// What it has taken, if it has.
    pub(super) held: Option<Held<'a>>,
}

impl Old<'_> {
    /// Whether it holds what it reserves and its ports, told to go or not.
    pub(super) fn occupies(&self) -> bool {
        (TaskState::Assigned..=TaskState::Running).contains(&self.state)
    }

    /// Whether Swarm wants it to run, or a job's task to end by itself.
    pub(super) fn is_wanted(&self) -> bool {
        self.desired <= TaskState::Complete
    }
}

/// The tasks of every service by name; how many could not be taken in.
pub(super) fn tasks<'a>(
    cluster: &Cluster,
    is_job: impl Fn(&str) -> bool,
) -> BTreeMap<String, Vec<Old<'a>>> {
    let all = || cluster.tasks.iter().flatten();
    let mut taken: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for it in all() {
        let slots = taken.entry(&it.service.value).or_default();
        slots.extend(it.slot);
    }
    let mut tasks: BTreeMap<String, Vec<Old>> = BTreeMap::new();
    let mut next: BTreeMap<&str, u64> = BTreeMap::new();
    let mut room = MOST_TASKS;
    for it in all() {
        let Some(node) = it.node_index else { continue };
        let count = it.count.min(room);
        room -= count;
        let name = it.service.value.as_str();
        let first = u64::from(!is_job(name));
        let next = next.entry(name).or_insert(first);
        let taken = taken.get(name);
        let mut free_slot = || {
            while taken.is_some_and(|it| it.contains(next)) {
                *next += 1;
            }
            *next += 1;
            *next - 1
        };
        let old = tasks.entry(name.to_owned()).or_default();
        for _ in 0..count {
            old.push(Old {
                node: node as u32,
                slot: it.slot.unwrap_or_else(&mut free_slot),
                state: it.state,
                desired: it.desired,
                live: false,
                held: None,
            });
        }
    }
    tasks
}

/// Whether a task that ended, or lost its node, is followed by another.
pub(super) fn is_restarted(spec: &ServiceSpec, state: TaskState) -> bool {
    let policy = spec.task_template.restart_policy.as_ref();
    match policy.map_or("", |it| it.condition.as_str()) {
        "none" => false,
        "on-failure" => state != TaskState::Complete,
        // Jobs that ended well are done.
        _ => !spec.mode.is_job() || state != TaskState::Complete,
    }
}

/// Whether the node may keep a task of the service.
pub(super) fn may_stay(cluster: &Cluster, spec: &ServiceSpec, demand: &Demand, node: u32) -> bool {
    let node = &cluster.nodes[node as usize];
    // Who looks after jobs is not told of nodes.
    if matches!(spec.mode, Mode::ReplicatedJob(_)) {
        return true;
    }
    if node.is_lost() {
        return false;
    }
    // Only global services look at constraints again.
    let is_global = matches!(spec.mode, Mode::Global(_));
    let facts = node.facts();
    !is_global || demand.constraints.iter().all(|it| it.matches(&facts))
}

/// Rejects tasks on active nodes that meet their service's constraints no more, or have not enough
/// for what the tasks reserve. Swarm takes the tasks of a node in random order.
pub(super) fn enforce(cluster: &Cluster, services: &mut [(&Demand, &mut Vec<Old>)]) {
    let mut by_node: Vec<Vec<(usize, usize)>> = vec![Vec::new(); cluster.nodes.len()];
    for (service, (_, tasks)) in services.iter().enumerate() {
        for (task, it) in tasks.iter().enumerate().filter(|(_, it)| it.occupies()) {
            if it.is_wanted() {
                by_node[it.node as usize].push((service, task));
            }
        }
    }
    for (node, tasks) in cluster.nodes.iter().zip(by_node) {
        if node.availability.value != Availability::Active {
            continue;
        }
        let mut free = NodeState::new(node);
        for (service, task) in tasks {
            let (demand, all) = &mut services[service];
            if fits(demand, &free) {
                free.take(demand);
            } else {
                all[task].state = TaskState::Rejected;
            }
        }
    }
}

/// Whether a task may stay where it is. Ports, platforms and plugins are not looked at again.
fn fits(demand: &Demand, free: &NodeState) -> bool {
    let facts = free.node.facts();
    demand.constraints.iter().all(|it| it.matches(&facts))
        && free.nano_cpus.is_none_or(|it| demand.nano_cpus <= it)
        && free.memory_bytes.is_none_or(|it| demand.memory_bytes <= it)
        && demand.generic.iter().all(|it| generic::has(&free.generic, it))
}
