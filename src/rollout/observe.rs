//! Who is told of what, and what the orchestrators make of it.

use crate::cluster::{Availability, NodeStatus, TaskState};
use crate::rollout::replicated::is_lost;
use crate::rollout::run::Run;
use crate::rollout::timeline::Place;
use crate::rollout::world::Change;
use crate::swarm::spec::Mode;

impl Run<'_> {
    /// Tells everyone who may want to know.
    pub(super) fn observe(&mut self, change: Change) {
        match change {
            Change::Created(task) => {
                self.reap_place(task);
                self.observe_task(task);
            }
            Change::Task(task) => {
                self.reap_task(task);
                self.observe_task(task);
            }
            Change::Deleted(task) => {
                self.queue(task);
                self.forget(task);
                let it = &self.world.tasks[task as usize];
                let place = it.place;
                if it.desired <= TaskState::Running && matches!(place, Place::Slot(_)) {
                    self.changed.insert(it.service);
                }
            }
            Change::Started(task) => self.notice(task),
            Change::Service(service) => _ = self.changed.insert(service),
            Change::Removed(service) => _ = self.changed.remove(&service),
            Change::Node(node) => self.observe_node(node),
            Change::NodeGone(node) => {
                self.lost_node(node);
                self.end_tasks(node);
                for task in 0..self.world.tasks.len() as u32 {
                    if self.world.tasks[task as usize].place == Place::Node(node) {
                        self.world.delete(task);
                    }
                }
            }
        }
    }

    fn observe_task(&mut self, task: u32) {
        self.queue(task);
        self.notice(task);
        let it = &self.world.tasks[task as usize];
        if it.is_over() {
            self.stopped(task);
        }
        let it = &self.world.tasks[task as usize];
        let is_slot = matches!(it.place, Place::Slot(_));
        let lost = |node: u32| is_lost(self.world.node(node));
        let is_job = self.world.services[it.service as usize].spec.mode.is_job();
        if it.desired <= TaskState::Running
            && !is_job
            && !it.is_deleted
            && (it.is_over() || is_slot && it.node.is_some_and(lost))
        {
            self.ended.insert(task);
        }
        if it.is_over() && is_job {
            self.changed.insert(it.service);
        }
        self.attend(task);
    }

    fn observe_node(&mut self, node: u32) {
        self.waiting.is_due = true;
        let Some(machine) = self.world.node(node) else { return };
        if machine.state.value == NodeStatus::Down {
            self.lost_node(node);
        } else {
            self.unblock(node);
        }
        if is_lost(Some(machine)) {
            self.end_tasks(node);
        }
        self.enforce(node);
        self.reconcile_node(node);
    }

    /// Tasks of a lost node are followed by others elsewhere.
    fn end_tasks(&mut self, node: u32) {
        for (task, it) in (0..).zip(&self.world.tasks) {
            // Nobody looks after the tasks of jobs there.
            let is_job = self.world.services[it.service as usize].spec.mode.is_job();
            let is_slot = matches!(it.place, Place::Slot(_)) && !is_job;
            if it.node == Some(node)
                && is_slot
                && !it.is_deleted
                && it.desired <= TaskState::Running
            {
                self.ended.insert(task);
            }
        }
    }

    /// The orchestrators do what they noted.
    pub(super) fn orchestrate(&mut self) -> bool {
        if self.ended.is_empty() && self.changed.is_empty() {
            return false;
        }
        for task in std::mem::take(&mut self.ended) {
            let it = &self.world.tasks[task as usize];
            if it.desired <= TaskState::Running && !it.is_deleted {
                self.follow(task);
            }
        }
        for service in std::mem::take(&mut self.changed) {
            let it = &self.world.services[service as usize];
            match (it.is_removed, &it.spec.mode) {
                (true, _) => {}
                (false, Mode::Global(_)) => self.reconcile_global(service),
                (false, Mode::Replicated(_)) => self.reconcile_replicated(service),
                (false, Mode::ReplicatedJob(_) | Mode::GlobalJob(_)) => self.reconcile_job(service),
            }
        }
        true
    }

    /// A task ended, or lost its node. That of a global service is not followed by another on a
    /// node that is not to have any.
    fn follow(&mut self, task: u32) {
        let it = &self.world.tasks[task as usize];
        let version = self.world.services[it.service as usize].version;
        if let Place::Node(node) = it.place {
            let Some(machine) = self.world.node(node).filter(|it| !is_lost(Some(it))) else {
                return;
            };
            let is_paused = machine.availability.value == Availability::Pause;
            if is_paused || !self.allows(Some(node), version) {
                self.world.want(task, TaskState::Shutdown);
                return;
            }
        }
        self.restart(task);
    }
}
