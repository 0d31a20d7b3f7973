//! Old tasks are forgotten: all but the last of each slot, and those to be removed.

use crate::cluster::TaskState;
use crate::rollout::clock::Timer;
use crate::rollout::run::Run;
use crate::rollout::timeline::Place;
use std::collections::BTreeSet;

/// How many tasks of a slot are kept.
const KEPT: usize = 5;
/// How long it waits for more to come.
const GAP: u64 = 250;

/// What may have to be forgotten.
#[derive(Debug, Default)]
pub(super) struct Reaper {
    places: BTreeSet<(u32, Place)>,
    tasks: BTreeSet<u32>,
    turn: u64,
}

impl Run<'_> {
    /// A place has one task more.
    pub(super) fn reap_place(&mut self, task: u32) {
        let it = &self.world.tasks[task as usize];
        self.reaper.places.insert((it.service, it.place));
        self.reap_later();
    }

    /// A task changed.
    pub(super) fn reap_task(&mut self, task: u32) {
        let it = &self.world.tasks[task as usize];
        if it.desired == TaskState::Remove && !it.is_deleted && !it.occupies() {
            self.reaper.tasks.insert(task);
            self.reap_later();
        }
    }

    fn reap_later(&mut self) {
        self.reaper.turn = self.world.clock.turn();
        self.world.clock.after(GAP, Timer::Reap { turn: self.reaper.turn });
    }

    pub(super) fn reap(&mut self, turn: u64) {
        if self.reaper.turn != turn {
            return;
        }
        for task in std::mem::take(&mut self.reaper.tasks) {
            self.world.delete(task);
        }
        for (service, place) in self.reaper.places.clone() {
            self.reap_history(service, place);
        }
    }

    fn reap_history(&mut self, service: u32, place: Place) {
        let it = &self.world.services[service as usize];
        let policy = it.spec.task_template.restart_policy.as_ref();
        let attempts = policy.and_then(|it| it.max_attempts).unwrap_or_default();
        let kept = if attempts > 0 { (attempts as usize).saturating_add(1) } else { KEPT };
        let tasks = it.places.get(&place).cloned().unwrap_or_default();
        if it.is_removed || tasks.len() <= kept {
            self.reaper.places.remove(&(service, place));
            return;
        }
        let mut running = 0;
        let mut surplus = tasks.len() - kept;
        for task in tasks {
            let it = &self.world.tasks[task as usize];
            if surplus == 0 {
                break;
            }
            if !it.is_over() && it.desired <= TaskState::Running {
                running += 1;
                continue;
            }
            // A task that still stops is not forgotten yet.
            if it.is_over() || !it.occupies() {
                self.world.delete(task);
                surplus -= 1;
            }
        }
        if running <= 1 {
            self.reaper.places.remove(&(service, place));
        }
    }
}
