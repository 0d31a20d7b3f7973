//! An update of one service: slot after slot, and what a failure does.

use crate::cluster::TaskState;
use crate::rollout::clock::{Timer, millis};
use crate::rollout::dead_end::is_start_first;
use crate::rollout::run::Run;
use crate::rollout::timeline::{Place, Status, UpdateState};
use crate::rollout::worker::Job;
use crate::swarm::spec::{ServiceSpec, UpdateConfig};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// For how long new tasks are watched where the spec does not say.
const MONITOR: u64 = 5_000;
/// How much longer than the delay they are watched at least.
const MARGIN: u64 = 1_000;

/// A place of a service, with its tasks as they were when the update began.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub(super) place: Place,
    pub(super) tasks: Vec<Seen>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) id: u32,
    pub(super) desired: TaskState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Slots are handed to workers.
    Handing,
    /// The workers finish; failures are looked at later.
    Finishing,
    Watching,
    Over,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Pause,
    Continue,
    Rollback,
}

#[derive(Debug)]
pub(super) struct Updater<'a> {
    pub(super) service: u32,
    pub(super) version: u32,
    spec: &'a ServiceSpec,
    pub(super) is_rollback: bool,
    pub(super) delay: u64,
    pub(super) is_start_first: bool,
    pub(super) action: Action,
    pub(super) monitor: u64,
    pub(super) ratio: f32,
    turn: u64,
    phase: Phase,
    pub(super) is_stopped: bool,
    pub(super) slots: Vec<Slot>,
    next: usize,
    pub(super) idle: BTreeSet<usize>,
    pub(super) jobs: Vec<Option<Job>>,
    /// Workers by the task that they wait for.
    pub(super) awaited: BTreeMap<u32, usize>,
    pub(super) ready: VecDeque<usize>,
    /// The tasks that it made, and when they ran.
    pub(super) made: BTreeMap<u32, Option<u64>>,
    failures: VecDeque<u32>,
    pub(super) failed: BTreeSet<u32>,
}

impl Run<'_> {
    pub(super) fn seen(&self, tasks: &[u32]) -> Vec<Seen> {
        let desired = |id: u32| self.world.tasks[id as usize].desired;
        tasks.iter().map(|&id| Seen { id, desired: desired(id) }).collect()
    }

    /// Begins an update unless one is on its way to the same spec.
    pub(super) fn update(&mut self, service: u32, slots: Vec<Slot>) {
        let it = &self.world.services[service as usize];
        let (spec, version) = (it.spec, it.version);
        let state = it.status.as_ref().map_or(UpdateState::None, |it| it.state);
        if self.updaters.get(&service).is_some_and(|it| it.spec == spec) {
            return;
        }
        self.updaters.remove(&service);
        if matches!(state, UpdateState::Paused | UpdateState::RollbackPaused) {
            return;
        }
        let is_dirty = |slot: &Slot| match slot.tasks.as_slice() {
            [one] => self.is_dirty(one.id, version),
            _ => true,
        };
        let dirty: Vec<Slot> = slots.into_iter().filter(is_dirty).collect();
        if dirty.is_empty() {
            if matches!(state, UpdateState::Updating | UpdateState::RollbackStarted) {
                self.complete(service);
            }
            return;
        }
        if state == UpdateState::None {
            let message = "update in progress".to_owned();
            let status = Status { state: UpdateState::Updating, message, task: None };
            self.world.report(service, Some(status));
        }
        let is_rollback = state == UpdateState::RollbackStarted;
        let turn = self.world.clock.turn();
        self.updaters
            .insert(service, Updater::new(service, version, spec, is_rollback, dirty, turn));
    }

    /// Something changed that an updater may look at.
    pub(super) fn notice(&mut self, task: u32) {
        let it = &self.world.tasks[task as usize];
        let Some(updater) = self.updaters.get_mut(&it.service) else { return };
        if let Some(&worker) = updater.awaited.get(&task) {
            updater.ready.push_back(worker);
        }
        if it.is_over() && updater.action != Action::Continue && updater.made.contains_key(&task) {
            updater.failures.push_back(task);
        }
    }

    /// Does the next piece of work of an updater; whether there was any.
    pub(super) fn proceed(&mut self, service: u32) -> bool {
        let Some(mut updater) = self.updaters.remove(&service) else { return false };
        let went_on = self.step(&mut updater);
        if updater.phase != Phase::Over {
            self.updaters.insert(service, updater);
        }
        went_on
    }

    fn step(&mut self, updater: &mut Updater) -> bool {
        if updater.phase != Phase::Finishing
            && let Some(task) = updater.failures.pop_front()
        {
            if self.is_too_much(updater, task) {
                if updater.phase == Phase::Watching {
                    self.end(updater);
                } else {
                    updater.phase = Phase::Finishing;
                }
            }
            return true;
        }
        if let Some(worker) = updater.ready.pop_front() {
            self.work(updater, worker);
            return true;
        }
        if updater.phase == Phase::Handing {
            if updater.next == updater.slots.len() {
                updater.phase = Phase::Finishing;
                return true;
            }
            if let Some(worker) = updater.idle.pop_first() {
                let slot = updater.slots[updater.next].clone();
                updater.next += 1;
                self.take_on(updater, worker, slot);
                return true;
            }
        }
        if updater.phase == Phase::Finishing && updater.idle.len() == updater.jobs.len() {
            if updater.is_stopped {
                updater.phase = Phase::Over;
            } else {
                updater.phase = Phase::Watching;
                let (service, turn) = (updater.service, updater.turn);
                self.world.clock.after(updater.monitor, Timer::Watched { service, turn });
            }
            return true;
        }
        false
    }

    pub(super) fn watched(&mut self, service: u32, turn: u64) {
        let is_it = |it: &Updater| it.turn == turn && it.phase == Phase::Watching;
        if self.updaters.get(&service).is_some_and(is_it)
            && let Some(mut updater) = self.updaters.remove(&service)
        {
            self.end(&mut updater);
        }
    }

    pub(super) fn paused(&mut self, service: u32, turn: u64, worker: usize) {
        let updater = self.updaters.get_mut(&service);
        if let Some(updater) = updater.filter(|it| it.turn == turn) {
            updater.jobs[worker] = None;
            updater.idle.insert(worker);
        }
    }

    fn end(&mut self, updater: &mut Updater) {
        updater.phase = Phase::Over;
        if !updater.is_stopped {
            self.complete(updater.service);
        }
    }
}

impl<'a> Updater<'a> {
    fn new(
        service: u32,
        version: u32,
        spec: &'a ServiceSpec,
        is_rollback: bool,
        slots: Vec<Slot>,
        turn: u64,
    ) -> Self {
        let config = if is_rollback { &spec.rollback_config } else { &spec.update_config };
        let usual = UpdateConfig { parallelism: 1, ..UpdateConfig::default() };
        let config = config.as_ref().unwrap_or(&usual);
        let delay = millis(config.delay);
        let monitor = if config.monitor == 0 { MONITOR } else { millis(config.monitor) };
        let workers = match usize::try_from(config.parallelism) {
            Ok(0) | Err(_) => slots.len(),
            Ok(it) => it.min(slots.len()),
        };
        Self {
            service,
            version,
            spec,
            is_rollback,
            delay,
            is_start_first: is_start_first(Some(config)),
            action: match config.failure_action.as_str() {
                "continue" => Action::Continue,
                "rollback" => Action::Rollback,
                _ => Action::Pause,
            },
            monitor: if delay >= monitor { delay.saturating_add(MARGIN) } else { monitor },
            ratio: config.max_failure_ratio,
            turn,
            phase: Phase::Handing,
            is_stopped: false,
            slots,
            next: 0,
            idle: (0..workers).collect(),
            jobs: (0..workers).map(|_| None).collect(),
            awaited: BTreeMap::new(),
            ready: VecDeque::new(),
            made: BTreeMap::new(),
            failures: VecDeque::new(),
            failed: BTreeSet::new(),
        }
    }

    pub(super) fn turn(&self) -> u64 {
        self.turn
    }
}
