//! What nodes do with their tasks.

use crate::cluster::{NodeStatus, TaskState};
use crate::rollout::clock::Timer;
use crate::rollout::container::{Behaviour, FaultKind};
use crate::rollout::run::Run;

/// How often a task is looked at that belongs to a node nobody hears from.
const POLL: u64 = 100;

/// What a node is doing with a task.
#[derive(Debug, Default)]
pub(super) struct Agent {
    /// Which timer matters.
    turn: u64,
    is_stopping: bool,
    fault: Option<(FaultKind, u64)>,
    /// Since when there is something to do that nobody does, and whether a timer had ended.
    blocked: Option<(u64, bool)>,
}

impl Run<'_> {
    /// A task or its node changed: whatever is to be done now is begun.
    pub(super) fn attend(&mut self, task: u32) {
        let it = &self.world.tasks[task as usize];
        if it.is_deleted || !it.occupies() || it.agent.is_stopping {
            return;
        }
        let is_to_stop = it.desired > TaskState::Complete;
        let is_to_start = it.state == TaskState::Ready && it.desired >= TaskState::Running;
        if !is_to_stop && !is_to_start && it.state != TaskState::Assigned {
            return;
        }
        if !self.hears(task) {
            self.block(task, false);
            return;
        }
        let behaviour = self.behaviour(task);
        if is_to_stop {
            self.world.tasks[task as usize].agent.is_stopping = true;
            self.wait(task, behaviour.stop);
        } else if is_to_start {
            self.world.set(task, TaskState::Starting, "");
            let fault = self.world.tasks[task as usize].agent.fault;
            if !matches!(fault, Some((FaultKind::Hang, _))) {
                self.wait(task, behaviour.start);
            }
        } else {
            self.draw(task);
            self.world.set(task, TaskState::Preparing, "");
            self.wait(task, behaviour.prepare);
        }
    }

    fn behaviour(&self, task: u32) -> Behaviour {
        let service = self.world.tasks[task as usize].service as usize;
        let image = &self.world.names[task as usize].image;
        self.scenario.containers.of(&self.world.services[service].spec.name, image)
    }

    /// Whether the task has its image's fault.
    fn draw(&mut self, task: u32) {
        let image = self.world.names[task as usize].image.clone();
        let Some(fault) = self.behaviour(task).fault else { return };
        let drawn = self.drawn.entry(image).or_default();
        *drawn += 1;
        if fault.first.is_none_or(|it| *drawn <= it) {
            self.world.tasks[task as usize].agent.fault = Some((fault.kind, fault.after));
        }
    }

    /// Something on the node took its time and is done.
    pub(super) fn act(&mut self, task: u32, turn: u64) {
        let it = &self.world.tasks[task as usize];
        if it.is_deleted || !it.occupies() || it.agent.turn != turn {
            return;
        }
        if !self.hears(task) {
            self.block(task, true);
            return;
        }
        let it = &self.world.tasks[task as usize];
        let failed = "task: non-zero exit (1)";
        let (state, error) = match (it.state, it.agent.fault) {
            _ if it.agent.is_stopping => (TaskState::Shutdown, ""),
            (TaskState::Preparing, Some((FaultKind::Reject, _))) => {
                (TaskState::Rejected, "No such image")
            }
            (TaskState::Preparing, _) => (TaskState::Ready, ""),
            (TaskState::Starting, Some((FaultKind::Start, _))) => (TaskState::Failed, failed),
            (TaskState::Starting, fault) => {
                if let Some((FaultKind::Crash | FaultKind::Complete, after)) = fault {
                    self.wait(task, after);
                }
                (TaskState::Running, "")
            }
            (TaskState::Running, Some((FaultKind::Complete, _))) => (TaskState::Complete, ""),
            (TaskState::Running, Some(_)) => (TaskState::Failed, failed),
            _ => return,
        };
        self.world.set(task, state, error);
    }

    fn wait(&mut self, task: u32, wait: u64) {
        let turn = self.world.clock.turn();
        self.world.tasks[task as usize].agent.turn = turn;
        self.world.clock.after(wait, Timer::Agent { task, turn });
    }

    /// Whether the managers hear from the task's node.
    fn hears(&self, task: u32) -> bool {
        let node = self.world.tasks[task as usize].node;
        let node = node.and_then(|it| self.world.node(it));
        node.is_some_and(|it| it.state.value != NodeStatus::Down)
    }

    fn block(&mut self, task: u32, is_due: bool) {
        let now = self.world.clock.now;
        let blocked = &mut self.world.tasks[task as usize].agent.blocked;
        let (since, was_due) = blocked.unwrap_or((now, false));
        *blocked = Some((since, was_due || is_due));
    }

    /// The managers hear from a node again.
    pub(super) fn unblock(&mut self, node: u32) {
        for task in 0..self.world.tasks.len() as u32 {
            let it = &mut self.world.tasks[task as usize];
            if it.node != Some(node) || it.is_deleted {
                continue;
            }
            if let Some((since, _)) = it.agent.blocked {
                let wait = POLL - (self.world.clock.now - since) % POLL;
                let turn = self.world.clock.turn();
                self.world.clock.after(wait, Timer::Wake { task, turn });
            }
        }
    }

    /// A task is looked at again for the first time.
    pub(super) fn wake(&mut self, task: u32) {
        let it = &mut self.world.tasks[task as usize];
        let Some((_, is_due)) = it.agent.blocked.take() else { return };
        let turn = it.agent.turn;
        if is_due {
            self.act(task, turn);
        }
        self.attend(task);
    }
}
