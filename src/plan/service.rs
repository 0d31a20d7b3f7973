//! One service of a plan and its tasks.

use crate::plan::Why;
use crate::scheduler::{Fate, Scheduled, Task};
use crate::swarm::spec::{Mode, ServiceSpec};

/// A service and where its tasks are once the deploy is settled.
#[derive(Clone, Debug)]
pub struct Service<'a> {
    /// Its real name.
    pub name: &'a str,
    /// Its name in the stack file; none for services that are not of the stack.
    pub key: Option<&'a str>,
    pub spec: &'a ServiceSpec,
    /// By slot, then by node.
    pub tasks: Vec<Task>,
    /// Swarm's words for those of its tasks that may go to any node and find none.
    pub message: Option<String>,
    /// Whether Swarm may as well spread the tasks otherwise; it draws lots among equals.
    pub varies: bool,
    /// Replicas beyond the number that can be planned, which are left out.
    pub beyond: u64,
    /// What the deploy changes of it; none where it is new, or not of the stack.
    pub change: Option<Change>,
    /// Why its tasks are where they are; none where it is not of the stack, and in large clusters.
    pub why: Option<Why>,
}

/// What a deploy changes of a service that runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// What is different, by the keys of a stack file. Nothing of the service's own labels, and of
    /// how it is updated, matters to its tasks.
    pub fields: Vec<&'static str>,
    /// How many tasks are replaced by others.
    pub replaced: usize,
    /// Swarm's words where it refuses the change. The service stays as it is, and the deploy ends.
    pub refused: Option<&'static str>,
}

impl<'a> Service<'a> {
    pub(super) fn of(it: &Scheduled, spec: &'a ServiceSpec) -> Self {
        Self {
            name: &spec.name,
            key: None,
            spec,
            tasks: it.tasks.clone(),
            message: it.message.clone(),
            varies: false,
            beyond: it.beyond,
            change: None,
            why: None,
        }
    }

    /// How many tasks there are to be at a time.
    pub fn wanted(&self) -> u64 {
        match &self.spec.mode {
            Mode::Replicated(it) => it.replicas.unwrap_or(1),
            _ => (self.running() + self.waiting()) as u64 + self.beyond,
        }
    }

    /// How many tasks have a node.
    pub fn running(&self) -> usize {
        self.tasks.iter().filter(|it| is_running(it)).count()
    }

    /// How many tasks stay pending.
    pub fn waiting(&self) -> usize {
        self.tasks.iter().filter(|it| is_pending(it)).count()
    }

    /// Swarm's words for a task that stays pending.
    pub fn message_of<'s>(&'s self, task: &'s Task) -> Option<&'s str> {
        match &task.fate {
            Fate::Pending(Some(own)) => Some(own),
            Fate::Pending(None) => self.message.as_deref(),
            _ => None,
        }
    }

    /// Whether Swarm refuses what the deploy changes.
    pub fn is_refused(&self) -> bool {
        self.change.as_ref().is_some_and(|it| it.refused.is_some())
    }

    /// Its name where space is short: the one of the stack file.
    pub fn short_name(&self) -> &'a str {
        self.key.unwrap_or(self.name)
    }

    /// `replicated`, `global`, `replicated-job`, `global-job`.
    pub fn mode(&self) -> &'static str {
        match &self.spec.mode {
            Mode::Replicated(_) => "replicated",
            Mode::Global(_) => "global",
            Mode::ReplicatedJob(_) => "replicated-job",
            Mode::GlobalJob(_) => "global-job",
        }
    }
}

/// Whether a task runs once everything is settled.
pub fn is_running(task: &Task) -> bool {
    matches!(task.fate, Fate::Kept | Fate::Placed)
}

/// Whether a task finds no node.
pub fn is_pending(task: &Task) -> bool {
    matches!(task.fate, Fate::Pending(_))
}
