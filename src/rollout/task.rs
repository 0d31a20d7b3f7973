//! A task and a service as the managers keep them.

use crate::cluster::TaskState;
use crate::rollout::agent::Agent;
use crate::rollout::timeline::{Course, Place, Status};
use crate::scheduler::{Demand, Held, Live};
use crate::swarm::spec::{Mode, ServiceSpec};
use std::collections::BTreeMap;
use std::rc::Rc;

#[derive(Debug)]
pub(super) struct Task<'a> {
    pub(super) service: u32,
    pub(super) place: Place,
    /// The spec it was made from.
    pub(super) version: u32,
    /// Its node, from the start for a global service.
    pub(super) node: Option<u32>,
    pub(super) state: TaskState,
    pub(super) desired: TaskState,
    /// Why it waits.
    pub(super) message: Rc<str>,
    pub(super) created: u64,
    /// What it has taken of its node.
    pub(super) held: Option<Held<'a>>,
    pub(super) agent: Agent,
    pub(super) is_deleted: bool,
}

impl Task<'_> {
    /// Whether Swarm wants it to run.
    pub(super) fn is_wanted(&self) -> bool {
        self.desired <= TaskState::Complete
    }

    pub(super) fn occupies(&self) -> bool {
        (TaskState::Assigned..=TaskState::Running).contains(&self.state)
    }

    pub(super) fn is_over(&self) -> bool {
        self.state > TaskState::Running
    }
}

/// One spec of a service, and what follows from it.
#[derive(Debug)]
pub(super) struct Version<'a> {
    pub(super) spec: &'a ServiceSpec,
    pub(super) demand: Demand<'a>,
    pub(super) image: Rc<str>,
}

#[derive(Debug)]
pub(super) struct Service<'a> {
    pub(super) spec: &'a ServiceSpec,
    /// Its place in the list of versions: later ones are newer.
    pub(super) version: u32,
    pub(super) previous: Option<u32>,
    pub(super) status: Option<Status>,
    pub(super) is_removed: bool,
    pub(super) live: Live,
    /// Its tasks by what they are for, the oldest first.
    pub(super) places: BTreeMap<Place, Vec<u32>>,
    /// How many tasks each place has had.
    pub(super) numbers: BTreeMap<Place, u32>,
    pub(super) course: Course,
    pub(super) running: u64,
    pub(super) alive: u64,
    /// When the number of running tasks last changed.
    pub(super) changed_at: u64,
}

impl Service<'_> {
    pub(super) fn is_global(&self) -> bool {
        matches!(self.spec.mode, Mode::Global(_))
    }

    /// Whether its tasks have a node each, and no slot.
    pub(super) fn is_on_nodes(&self) -> bool {
        matches!(self.spec.mode, Mode::Global(_) | Mode::GlobalJob(_))
    }

    /// Takes the time since the last change into account.
    pub(super) fn count_time(&mut self, now: u64) {
        if self.running < self.course.initial_running {
            self.course.below_initial += now - self.changed_at;
        }
        self.changed_at = now;
    }

    pub(super) fn count_running(&mut self, now: u64, more: bool) {
        self.count_time(now);
        self.running = if more { self.running + 1 } else { self.running.saturating_sub(1) };
        self.course.min_running = self.course.min_running.min(self.running);
        self.course.max_running = self.course.max_running.max(self.running);
    }

    pub(super) fn count_alive(&mut self, more: bool) {
        self.alive = if more { self.alive + 1 } else { self.alive.saturating_sub(1) };
        self.course.max_alive = self.course.max_alive.max(self.alive);
    }
}
