//! How an update ends: completed, paused or rolled back.

use crate::rollout::run::Run;
use crate::rollout::timeline::{Status, UpdateState};
use crate::rollout::updater::{Action, Updater};

impl Run<'_> {
    /// Whether a failed task makes the updater act, which it then does.
    pub(super) fn is_too_much(&mut self, updater: &mut Updater, task: u32) -> bool {
        let now = self.world.clock.now;
        let Some(ran) = updater.made.get(&task) else { return false };
        let is_late = ran.is_some_and(|it| now - it > updater.monitor);
        if is_late || !updater.failed.insert(task) {
            return false;
        }
        let share = updater.failed.len() as f32 / updater.slots.len() as f32;
        if share <= updater.ratio || updater.action == Action::Continue {
            return false;
        }
        let of = "due to failure or early termination of task ";
        match updater.action {
            // Only the word in the message shows that it goes on to say that it is completed.
            Action::Rollback if updater.is_rollback => {
                self.pause(updater.service, format!("rollback paused {of}"), task);
            }
            Action::Rollback => {
                updater.is_stopped = true;
                self.roll_back(updater.service, format!("update rolled back {of}"), task);
            }
            _ => {
                updater.is_stopped = true;
                self.pause(updater.service, format!("update paused {of}"), task);
            }
        }
        true
    }

    fn pause(&mut self, service: u32, message: String, task: u32) {
        let Some(status) = &self.world.services[service as usize].status else { return };
        let state = match status.state {
            UpdateState::RollbackStarted => UpdateState::RollbackPaused,
            _ => UpdateState::Paused,
        };
        self.world.report(service, Some(Status { state, message, task: Some(task) }));
    }

    fn roll_back(&mut self, service: u32, message: String, task: u32) {
        let it = &mut self.world.services[service as usize];
        let (Some(previous), true) = (it.previous.take(), it.status.is_some()) else { return };
        it.version = previous;
        it.spec = self.world.versions[previous as usize].spec;
        let state = UpdateState::RollbackStarted;
        self.world.report(service, Some(Status { state, message, task: Some(task) }));
    }

    pub(super) fn complete(&mut self, service: u32) {
        let Some(status) = &self.world.services[service as usize].status else { return };
        let (state, message) = match status.state {
            UpdateState::RollbackStarted => (UpdateState::RollbackCompleted, "rollback completed"),
            _ => (UpdateState::Completed, "update completed"),
        };
        self.world.report(service, Some(Status { state, message: message.to_owned(), task: None }));
    }
}
