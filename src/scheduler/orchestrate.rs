//! Which tasks a service is to have: those to make, and those too many.

use crate::cluster::{Availability, Cluster, NodeStatus, TaskState};
use crate::scheduler::demand::Demand;
use crate::scheduler::existing::{Old, is_restarted};
use crate::swarm::gosort;
use crate::swarm::spec::{Mode, ServiceSpec};
use std::collections::{BTreeMap, BTreeSet};

/// What is to be done for one service.
#[derive(Debug, Default)]
pub(super) struct Work {
    /// Slots that want a task, in order.
    pub(super) slots: Vec<u64>,
    /// Nodes that want a task each.
    pub(super) nodes: Vec<u32>,
    /// Places of old tasks that are too many.
    pub(super) surplus: Vec<usize>,
    /// Tasks beyond what can be planned.
    pub(super) beyond: u64,
}

/// Compares what is there with what is wanted; at most `room` tasks are made.
pub(super) fn work(
    spec: &ServiceSpec,
    demand: &Demand,
    old: &[Old],
    cluster: &Cluster,
    room: u64,
) -> Work {
    match &spec.mode {
        Mode::Replicated(mode) => replicated(spec, old, mode.replicas.unwrap_or(1), room),
        Mode::ReplicatedJob(mode) => {
            let at_once = mode.max_concurrent.unwrap_or(1);
            job(old, at_once, mode.total_completions.unwrap_or(at_once), room)
        }
        Mode::Global(_) => Work {
            nodes: nodes(spec, demand, old, cluster, |node| {
                node.availability.value == Availability::Active
                    && node.state.value != NodeStatus::Down
            }),
            ..Work::default()
        },
        Mode::GlobalJob(_) => Work {
            nodes: nodes(spec, demand, old, cluster, crate::cluster::Node::is_ready),
            ..Work::default()
        },
    }
}

/// A slot that counts as one of the replicas.
#[derive(Debug, Default)]
struct Slot {
    /// Its live tasks.
    live: Vec<usize>,
    is_running: bool,
    /// Its task ended or lost its node, and another follows.
    waits: bool,
}

fn replicated(spec: &ServiceSpec, old: &[Old], replicas: u64, room: u64) -> Work {
    let mut slots: BTreeMap<u64, Slot> = BTreeMap::new();
    for (index, task) in old.iter().enumerate() {
        let restarts = is_restarted(spec, task.state);
        // A task that is told to go leaves its slot free, unless it is never followed by another.
        if task.desired == TaskState::Remove || (!task.is_wanted() && restarts) {
            continue;
        }
        let slot = slots.entry(task.slot).or_default();
        if task.live {
            slot.live.push(index);
            slot.is_running |= task.state == TaskState::Running;
        } else {
            slot.waits |= restarts;
        }
    }
    let mut work = Work::default();
    let wanted = usize::try_from(replicas).unwrap_or(usize::MAX);
    if slots.len() > wanted {
        for number in surplus(&slots, old, wanted) {
            work.surplus.extend(slots.remove(&number).map(|it| it.live).unwrap_or_default());
        }
    }
    let waiting = slots.iter().filter(|(_, it)| it.waits && it.live.is_empty());
    let mut made: Vec<u64> = waiting.map(|(&number, _)| number).collect();
    let missing = replicas.saturating_sub(slots.len() as u64);
    let planned = missing.min(room.saturating_sub(made.len() as u64));
    work.beyond = missing - planned;
    let free = (1..).filter(|number| !slots.contains_key(number));
    made.extend(free.take(planned as usize));
    made.sort_unstable();
    work.slots = made;
    work
}

/// A slot as the one who scales down sees it.
struct Counted {
    number: u64,
    /// Whether it is the first, second, third copy on its node. None: it has no node or several.
    copy: Option<u32>,
}

/// The slots to give up: second copies on a node first, then those that do not run, then those with
/// high numbers.
fn surplus(slots: &BTreeMap<u64, Slot>, old: &[Old], wanted: usize) -> Vec<u64> {
    let mut order: Vec<(&u64, &Slot)> = slots.iter().collect();
    order.sort_by_key(|(number, slot)| (!slot.is_running, **number));
    let mut copies: BTreeMap<u32, u32> = BTreeMap::new();
    let count = |(number, slot): (&u64, &Slot)| {
        let copy = match *slot.live.as_slice() {
            [one] => {
                let copy = copies.entry(old[one].node).or_default();
                *copy += 1;
                Some(*copy)
            }
            _ => None,
        };
        Counted { number: *number, copy }
    };
    let mut order: Vec<Counted> = order.into_iter().map(count).collect();
    // Above twelve slots Go's sort does not keep the order of equals.
    gosort::sort_by(&mut order, |a, b| match (a.copy, b.copy) {
        (Some(a), Some(b)) => a < b,
        (a, b) => a.is_some() && b.is_none(),
    });
    order.split_off(wanted.min(order.len())).into_iter().map(|it| it.number).collect()
}

fn job(old: &[Old], at_once: u64, total: u64, room: u64) -> Work {
    let done = old.iter().filter(|it| it.state == TaskState::Complete && it.is_wanted());
    let running = old.iter().filter(|it| it.live).count() as u64;
    let todo = total.saturating_sub(done.count() as u64).saturating_sub(running);
    let wanted = at_once.saturating_sub(running).min(todo);
    let is_taken = |it: &&Old| it.live || it.state == TaskState::Complete;
    let taken: BTreeSet<u64> = old.iter().filter(is_taken).map(|it| it.slot).collect();
    let free = (0..).filter(|it| !taken.contains(it));
    let planned = wanted.min(room);
    Work {
        slots: free.take(planned as usize).collect(),
        beyond: wanted - planned,
        ..Work::default()
    }
}

/// The nodes that are to have a task and have none.
fn nodes(
    spec: &ServiceSpec,
    demand: &Demand,
    old: &[Old],
    cluster: &Cluster,
    is_candidate: impl Fn(&crate::cluster::Node) -> bool,
) -> Vec<u32> {
    let is_done = |it: &Old| !it.occupies() && !is_restarted(spec, it.state);
    let has = |it: &&Old| it.live || (is_done(it) && it.desired != TaskState::Remove);
    let has: BTreeSet<u32> = old.iter().filter(has).map(|it| it.node).collect();
    let wants = |index: &u32| {
        let node = &cluster.nodes[*index as usize];
        let facts = node.facts();
        !has.contains(index)
            && is_candidate(node)
            && demand.constraints.iter().all(|it| it.matches(&facts))
    };
    (0..cluster.nodes.len() as u32).filter(wants).collect()
}
