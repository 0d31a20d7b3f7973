//! What happened when, and what it meant for each service.

use crate::cluster::TaskState;
use std::fmt;
use std::rc::Rc;

/// The course of a rollout. The same scenario has the same timeline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// In the order in which they happened.
    pub events: Vec<Event>,
    /// The services that there were at the start, then the created ones.
    pub services: Vec<Course>,
    /// All tasks that there ever were.
    pub tasks: Vec<TaskName>,
    /// The first ones, which were there at the start: their nodes and what they did.
    pub starts: Vec<(u32, TaskState)>,
    /// Names of all nodes that there ever were.
    pub nodes: Vec<String>,
    /// Whether so much happened that the rest is left out.
    pub is_cut: bool,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Milliseconds from the start.
    pub at: u64,
    /// Its place in the list of services.
    pub service: Option<u32>,
    /// Its place in the list of tasks.
    pub task: Option<u32>,
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Something was done: `update`, `node`.
    Step(&'static str),
    /// The manager refused to do it.
    Refused(String),
    Update(Status),
    Created(TaskState),
    /// The manager wants another state.
    Wanted(TaskState, TaskState),
    /// The task has another state, on this node, with this error.
    State(TaskState, TaskState, Option<u32>, &'static str),
    /// Why the task waits.
    Waits(Rc<str>),
    /// The task is forgotten.
    Deleted,
}

/// A task by its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskName {
    pub service: u32,
    pub place: Place,
    /// The how manieth task of this place.
    pub number: u32,
    pub image: Rc<str>,
}

/// What one task at a time is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Of a replicated service.
    Slot(u64),
    /// Of a global service: the node's place in the list of nodes.
    Node(u32),
}

/// How far an update is, in Swarm's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    pub state: UpdateState,
    pub message: String,
    /// The task that was the reason; its name belongs at the end of the message.
    pub task: Option<u32>,
}

/// Swarm's states of an update.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UpdateState {
    /// There was none since the service was last changed.
    #[default]
    None,
    Updating,
    Paused,
    Completed,
    RollbackStarted,
    RollbackPaused,
    RollbackCompleted,
}

impl UpdateState {
    /// Whether nothing more will be done by itself.
    pub fn is_over(self) -> bool {
        !matches!(self, Self::None | Self::Updating | Self::RollbackStarted)
    }
}

impl fmt::Display for UpdateState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "",
            Self::Updating => "UPDATING",
            Self::Paused => "PAUSED",
            Self::Completed => "COMPLETED",
            Self::RollbackStarted => "ROLLBACK_STARTED",
            Self::RollbackPaused => "ROLLBACK_PAUSED",
            Self::RollbackCompleted => "ROLLBACK_COMPLETED",
        })
    }
}

/// How one service fared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    pub service: String,
    /// How its last update stands.
    pub update: Option<Status>,
    /// When that update was over; none where it never is.
    pub done_at: Option<u64>,
    /// Running tasks at the start. Those on a lost node count, as Swarm counts them.
    pub initial_running: u64,
    /// The lowest availability.
    pub min_running: u64,
    pub max_running: u64,
    pub end_running: u64,
    /// The most tasks that held resources at once, old and new.
    pub max_alive: u64,
    pub tasks_created: u64,
    /// For how long fewer tasks ran than at the start.
    pub below_initial: u64,
    /// States and images of the tasks that are wanted in the end, by slot.
    pub last: Vec<(TaskState, Rc<str>)>,
    /// The tasks that hold a place in the end, and those that wait for one, by slot.
    pub left: Vec<Left>,
    /// What the update waits for in the end.
    pub stuck: Vec<Stuck>,
}

/// A task at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Its place in the list of tasks.
    pub task: u32,
    pub place: Place,
    pub node: Option<u32>,
    pub state: TaskState,
    pub desired: TaskState,
    /// Why it waits, in Swarm's words; empty where it does not wait for a node.
    pub message: Rc<str>,
    /// Whether it is made from the spec that the service has in the end.
    pub is_current: bool,
}

/// A task that an update waits for. Swarm waits without limit, and calls no failure action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stuck {
    /// Its place in the list of tasks.
    pub task: u32,
    pub state: TaskState,
    /// Why it waits, in Swarm's words; empty where it does not wait for a node.
    pub message: Rc<str>,
    /// The filters that turn nodes away, by their places in Swarm's order.
    pub refused: Vec<usize>,
}

impl Timeline {
    pub fn course(&self, service: &str) -> Option<&Course> {
        self.services.iter().find(|it| it.service == service)
    }

    /// Such as `web.2#1`: the first task of the second slot.
    pub fn name(&self, task: u32) -> String {
        let Some(it) = self.tasks.get(task as usize) else { return String::new() };
        let service = self.services.get(it.service as usize).map_or("", |it| &it.service);
        match it.place {
            Place::Slot(slot) => format!("{service}.{slot}#{}", it.number),
            Place::Node(node) => {
                let node = self.nodes.get(node as usize).map_or("", String::as_str);
                format!("{service}.{node}#{}", it.number)
            }
        }
    }

    /// An update's message with the name of the task that it is about.
    pub fn message(&self, status: &Status) -> String {
        let task = status.task.map(|it| self.name(it)).unwrap_or_default();
        format!("{}{task}", status.message)
    }
}
