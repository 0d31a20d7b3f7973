//! A worker of an updater: it replaces the tasks of one slot at a time.

use crate::cluster::TaskState;
use crate::rollout::clock::Timer;
use crate::rollout::run::Run;
use crate::rollout::updater::{Seen, Slot, Updater};

/// What a worker does.
#[derive(Debug)]
pub(super) enum Job {
    /// It waits until the new task may start.
    Start { task: u32, slot: Slot },
    /// It waits until the new task runs, or has failed.
    Come { task: u32, slot: Slot },
    /// It waits until a task may start that was there already.
    Adopt { task: u32 },
    /// It waits for the delay.
    Pause,
}

impl Run<'_> {
    /// A worker gets a slot.
    pub(super) fn take_on(&mut self, updater: &mut Updater, worker: usize, slot: Slot) {
        match self.fit(updater, &slot) {
            Some(task) => self.adopt(updater, worker, &slot, task),
            None => self.replace(updater, worker, slot),
        }
    }

    /// A task of the slot that is as it is to be: best one that is wanted to run.
    fn fit(&mut self, updater: &Updater, slot: &Slot) -> Option<Seen> {
        let mut fit = None;
        for &it in &slot.tasks {
            if !self.is_dirty(it.id, updater.version) {
                if it.desired == TaskState::Running {
                    return Some(it);
                }
                if it.desired < TaskState::Running {
                    fit = Some(it);
                }
            }
        }
        fit
    }

    fn adopt(&mut self, updater: &mut Updater, worker: usize, slot: &Slot, task: Seen) {
        let others: Vec<Seen> = slot.tasks.iter().filter(|it| it.id != task.id).copied().collect();
        let mut old = None;
        if !others.is_empty() {
            match self.remove_old(&others) {
                Ok(removed) => old = removed,
                Err(()) => return self.pause_worker(updater, worker),
            }
        }
        if task.desired == TaskState::Running {
            return self.pause_worker(updater, worker);
        }
        self.delay(old, task.id, 0, true);
        updater.expect(worker, task.id, Job::Adopt { task: task.id });
    }

    fn replace(&mut self, updater: &mut Updater, worker: usize, slot: Slot) {
        if self.world.services[updater.service as usize].is_removed {
            return self.pause_worker(updater, worker);
        }
        // Nothing is made where all that was to be removed is gone already.
        if !updater.is_start_first && !self.can_remove(&slot.tasks) {
            return self.pause_worker(updater, worker);
        }
        let task = self.world.create(updater.service, slot.place, TaskState::Ready);
        updater.made.insert(task, None);
        if updater.is_start_first {
            self.delay(None, task, 0, false);
        } else {
            let old = self.remove_old(&slot.tasks).unwrap_or_default();
            self.delay(old, task, 0, true);
        }
        updater.expect(worker, task, Job::Start { task, slot });
    }

    /// Something happened that a worker may wait for.
    pub(super) fn work(&mut self, updater: &mut Updater, worker: usize) {
        let is_delayed = |task: &u32| self.restarts.delays.contains_key(task);
        match updater.jobs[worker].take() {
            Some(Job::Start { task, slot }) if !is_delayed(&task) => {
                updater.jobs[worker] = Some(Job::Come { task, slot });
                self.work(updater, worker);
            }
            Some(Job::Adopt { task }) if !is_delayed(&task) => {
                updater.awaited.remove(&task);
                self.pause_worker(updater, worker);
            }
            Some(Job::Come { task, slot }) => {
                let state = self.world.tasks[task as usize].state;
                if state < TaskState::Running {
                    updater.jobs[worker] = Some(Job::Come { task, slot });
                    return;
                }
                updater.made.insert(task, Some(self.world.clock.now));
                updater.awaited.remove(&task);
                if updater.is_start_first && state == TaskState::Running {
                    // The slot is left to what else removed its tasks.
                    _ = self.remove_old(&slot.tasks);
                }
                self.pause_worker(updater, worker);
            }
            other => updater.jobs[worker] = other,
        }
    }

    fn pause_worker(&mut self, updater: &mut Updater, worker: usize) {
        if updater.delay == 0 {
            updater.jobs[worker] = None;
            updater.idle.insert(worker);
            return;
        }
        updater.jobs[worker] = Some(Job::Pause);
        let (service, turn) = (updater.service, updater.turn());
        self.world.clock.after(updater.delay, Timer::Worker { service, turn, worker });
    }

    fn can_remove(&self, tasks: &[Seen]) -> bool {
        let mut wanted = tasks.iter().filter(|it| it.desired <= TaskState::Running).peekable();
        wanted.peek().is_none() || wanted.any(|it| self.is_removable(it.id))
    }

    fn is_removable(&self, task: u32) -> bool {
        let it = &self.world.tasks[task as usize];
        !it.is_deleted && it.desired <= TaskState::Running
    }

    /// Shuts tasks down, and says which was the last; fails where others did it before.
    fn remove_old(&mut self, tasks: &[Seen]) -> Result<Option<u32>, ()> {
        if !self.can_remove(tasks) {
            return Err(());
        }
        let mut removed = None;
        for it in tasks.iter().filter(|it| it.desired <= TaskState::Running) {
            if self.is_removable(it.id) {
                self.world.want(it.id, TaskState::Shutdown);
                removed = Some(it.id);
            }
        }
        Ok(removed)
    }
}

impl Updater<'_> {
    /// A worker waits for a task.
    fn expect(&mut self, worker: usize, task: u32, job: Job) {
        self.jobs[worker] = Some(job);
        self.awaited.insert(task, worker);
        self.ready.push_back(worker);
    }
}
