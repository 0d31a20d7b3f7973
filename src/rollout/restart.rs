//! Tasks that ended, or lost their node, are followed by others: when, and how often.

use crate::cluster::{Availability, NodeStatus, TaskState};
use crate::rollout::clock::{Timer, millis};
use crate::rollout::dead_end::PATIENCE;
use crate::rollout::run::Run;
use crate::rollout::timeline::Place;
use crate::rollout::world::Change;
use crate::swarm::spec::RestartPolicy;
use std::collections::{BTreeMap, VecDeque};

/// Between a task's end and the start of the next where the policy does not say.
const DELAY: u64 = 5_000;

/// What is remembered of restarts.
#[derive(Debug, Default)]
pub(super) struct Restarts {
    /// By the task that is to be started.
    pub(super) delays: BTreeMap<u32, Delay>,
    /// Who waits for a task to stop.
    waiters: BTreeMap<u32, Vec<u32>>,
    history: BTreeMap<(u32, Place), History>,
}

/// What a task's start waits for.
#[derive(Debug)]
pub(super) struct Delay {
    turn: u64,
    old: Option<u32>,
    is_rested: bool,
    is_free: bool,
    /// Whether the task ended before it was started, and is to be followed by another.
    is_over: bool,
}

#[derive(Debug)]
struct History {
    version: u32,
    total: u64,
    /// When, where the policy has a window.
    at: VecDeque<u64>,
}

impl Run<'_> {
    /// Ends a task for the managers, and makes the next one where the policy has one.
    pub(super) fn restart(&mut self, task: u32) {
        if let Some(delay) = self.restarts.delays.get_mut(&task) {
            delay.is_over = true;
            return;
        }
        let it = &self.world.tasks[task as usize];
        let service = &self.world.services[it.service as usize];
        if it.is_deleted || !it.is_wanted() || service.is_removed {
            return;
        }
        let (place, owner, was_over) = (it.place, it.service, it.is_over());
        let node = it.node.and_then(|node| self.world.node(node));
        let is_drained = node.is_some_and(|it| it.availability.value == Availability::Drain);
        let is_down = node.is_some_and(|it| it.state.value == NodeStatus::Down);
        self.world.want(task, TaskState::Shutdown);
        if !self.may_restart(task) {
            return;
        }
        let next = self.world.create(owner, place, TaskState::Ready);
        self.remember(next);
        let policy = self.world.spec_of(task).task_template.restart_policy.as_ref();
        let delay = policy.and_then(|it| it.delay).map_or(DELAY, millis);
        let delay = if is_drained { 0 } else { delay };
        self.delay(Some(task), next, delay, !is_down && !was_over);
    }

    /// Whether a task that ends is followed by another.
    pub(super) fn may_restart(&self, task: u32) -> bool {
        let Some(policy) = &self.world.spec_of(task).task_template.restart_policy else {
            return true;
        };
        let it = &self.world.tasks[task as usize];
        match policy.condition.as_str() {
            "none" => return false,
            "on-failure" if it.state == TaskState::Complete => return false,
            _ => {}
        }
        let most = policy.max_attempts.unwrap_or_default();
        let history = self.restarts.history.get(&(it.service, it.place));
        let Some(history) = history.filter(|past| most > 0 && past.version == it.version) else {
            return true;
        };
        let Some(window) = window(policy) else { return history.total < most };
        let from = self.world.clock.now.checked_sub(window);
        let recent = history.at.iter().filter(|&&at| from.is_none_or(|from| at > from));
        (recent.count() as u64) < most
    }

    fn remember(&mut self, task: u32) {
        let Some(policy) = &self.world.spec_of(task).task_template.restart_policy else { return };
        if policy.max_attempts.unwrap_or_default() == 0 {
            return;
        }
        let it = &self.world.tasks[task as usize];
        let new = || History { version: it.version, total: 0, at: VecDeque::new() };
        let history = self.restarts.history.entry((it.service, it.place)).or_insert_with(new);
        // Another spec has its own attempts.
        if history.version != it.version {
            *history = new();
        }
        history.total += 1;
        if window(policy).is_some() {
            history.at.push_back(it.created);
        }
    }

    /// Starts a task after a delay, and after the one before has stopped.
    pub(super) fn delay(&mut self, old: Option<u32>, task: u32, delay: u64, waits: bool) {
        let before = self.restarts.delays.remove(&task);
        let runs = |old: &u32| !self.world.tasks[*old as usize].is_over();
        let old = old.filter(|it| waits && runs(it));
        let turn = self.world.clock.turn();
        if let Some(old) = old {
            self.restarts.waiters.entry(old).or_default().push(task);
            self.world.clock.after(PATIENCE, Timer::Impatient { task, turn });
        }
        if delay > 0 {
            self.world.clock.after(delay, Timer::Rested { task, turn });
        }
        let (is_rested, is_free) = (delay == 0, old.is_none());
        let is_over = before.is_some_and(|it| it.is_over);
        self.restarts.delays.insert(task, Delay { turn, old, is_rested, is_free, is_over });
        self.start_if_due(task);
    }

    pub(super) fn rested(&mut self, task: u32, turn: u64) {
        if let Some(it) = self.restarts.delays.get_mut(&task).filter(|it| it.turn == turn) {
            it.is_rested = true;
            self.start_if_due(task);
        }
    }

    /// The task before had its minute.
    pub(super) fn impatient(&mut self, task: u32, turn: u64) {
        if let Some(it) = self.restarts.delays.get_mut(&task).filter(|it| it.turn == turn) {
            it.is_free = true;
            self.start_if_due(task);
        }
    }

    /// A task stopped, or its node is lost.
    pub(super) fn stopped(&mut self, old: u32) {
        for task in self.restarts.waiters.remove(&old).unwrap_or_default() {
            if let Some(it) = self.restarts.delays.get_mut(&task).filter(|it| it.old == Some(old)) {
                it.is_free = true;
                self.start_if_due(task);
            }
        }
    }

    pub(super) fn lost_node(&mut self, node: u32) {
        let tasks = &self.world.tasks;
        let waiters = self.restarts.waiters.keys();
        let on_it = waiters.filter(|&&it| tasks[it as usize].node == Some(node));
        for old in on_it.copied().collect::<Vec<_>>() {
            self.stopped(old);
        }
    }

    pub(super) fn forget(&mut self, task: u32) {
        if self.restarts.delays.remove(&task).is_some() {
            self.world.changes.push_back(Change::Started(task));
        }
    }

    pub(super) fn forget_service(&mut self, service: u32) {
        self.restarts.history.retain(|it, _| it.0 != service);
    }

    fn start_if_due(&mut self, task: u32) {
        let delay = self.restarts.delays.get(&task);
        let Some(delay) = delay.filter(|it| it.is_rested && it.is_free) else { return };
        let is_over = delay.is_over;
        self.restarts.delays.remove(&task);
        self.world.changes.push_back(Change::Started(task));
        let it = &self.world.tasks[task as usize];
        let is_job = self.world.services[it.service as usize].spec.mode.is_job();
        let wanted = if is_job { TaskState::Complete } else { TaskState::Running };
        if it.desired < TaskState::Running {
            self.world.want(task, wanted);
        }
        if is_over && self.world.tasks[task as usize].desired <= wanted {
            self.restart(task);
        }
    }
}

fn window(policy: &RestartPolicy) -> Option<u64> {
    policy.window.map(millis).filter(|it| *it > 0)
}
