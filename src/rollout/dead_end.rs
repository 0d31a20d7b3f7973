//! Updates that never end, or that do harm on their way.

use crate::cluster::TaskState;
use crate::rollout::clock::millis;
use crate::rollout::timeline::{Course, Stuck};
use crate::scheduler::FILTERS;
use crate::swarm::spec::{ServiceSpec, UpdateConfig};
use std::rc::Rc;

/// The manager lets a task stop for so long before it starts the next: a minute.
pub const PATIENCE: u64 = 60_000;

/// What an update runs into. Swarm neither fails nor goes back there: it waits without limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadEnd {
    pub kind: DeadEndKind,
    /// The task that the update waits for, in the timeline's list.
    pub task: Option<u32>,
    /// Swarm's words for why it waits; empty where it has none.
    pub message: Rc<str>,
}

/// Why an update does not end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadEndKind {
    /// `start-first`, and the old tasks hold the port of the node that the new ones need.
    StartFirstHostPort,
    /// `start-first`, and every node has as many tasks as it may have.
    StartFirstMaxReplicas,
    /// `start-first`, and no node has room for one more beside the old ones.
    StartFirstNoRoom,
    /// No node takes the new task, whatever becomes of the old one.
    Pending,
    /// The new task neither comes up nor fails.
    Silent,
    /// Not an end: a grace period over a minute, after which old and new run side by side.
    Overlap,
}

/// What an update of a service runs into, from how it was played through.
pub fn dead_ends(spec: &ServiceSpec, course: &Course) -> Vec<DeadEnd> {
    let start_first = is_start_first(spec.update_config.as_ref());
    let mut found: Vec<DeadEnd> = course.stuck.iter().map(|it| of(it, start_first)).collect();
    let grace = spec.task_template.container_spec.stop_grace_period.map_or(0, millis);
    if grace > PATIENCE && !start_first {
        found.push(DeadEnd { kind: DeadEndKind::Overlap, task: None, message: Rc::from("") });
    }
    found
}

/// Whether an update starts the new task before it stops the old one.
pub(super) fn is_start_first(config: Option<&UpdateConfig>) -> bool {
    config.is_some_and(|it| it.order == "start-first")
}

fn of(stuck: &Stuck, start_first: bool) -> DeadEnd {
    let refused = |name: &str| stuck.refused.iter().any(|&it| FILTERS[it].name == name);
    let kind = match stuck.state {
        TaskState::New | TaskState::Pending if !start_first => DeadEndKind::Pending,
        TaskState::New | TaskState::Pending if refused("host-ports") => {
            DeadEndKind::StartFirstHostPort
        }
        TaskState::New | TaskState::Pending if refused("max-replicas") => {
            DeadEndKind::StartFirstMaxReplicas
        }
        TaskState::New | TaskState::Pending if refused("resources") => {
            DeadEndKind::StartFirstNoRoom
        }
        TaskState::New | TaskState::Pending => DeadEndKind::Pending,
        _ => DeadEndKind::Silent,
    };
    DeadEnd { kind, task: Some(stuck.task), message: stuck.message.clone() }
}
