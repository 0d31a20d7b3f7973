//! What a filter is: a reason for which a node does not get a task.

use crate::scheduler::demand::{Demand, HostPort};
use crate::scheduler::node_state::NodeState;
use crate::scheduler::volumes::Volumes;

/// One of Swarm's filters.
pub struct Filter {
    pub name: &'static str,
    /// Whether the task asks for anything that the filter looks at.
    pub applies: fn(&Demand) -> bool,
    pub admits: fn(&Demand, &Candidate) -> bool,
    /// What the node lacks: empty exactly where it is admitted.
    pub lacks: fn(&Demand, &Candidate) -> Vec<Lack>,
    /// Swarm's words for so many nodes.
    pub explain: fn(usize) -> String,
    /// Whether the answer changes when tasks are placed.
    pub changes: bool,
}

/// A node that may get the task.
#[derive(Clone, Copy)]
pub struct Candidate<'s, 'a> {
    pub node: &'s NodeState<'a>,
    /// Its place in the list of nodes.
    pub index: u32,
    /// Live tasks of the same service there.
    pub own_tasks: u32,
    pub volumes: &'s Volumes<'a>,
}

/// One thing that a node lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// The managers do not hear from it.
    Ready {
        state: &'static str,
    },
    /// Its operator wants no tasks there.
    Active {
        availability: &'static str,
    },
    /// Billionths of a processor.
    Cpus {
        wanted: i64,
        free: i64,
    },
    /// Bytes.
    Memory {
        wanted: i64,
        free: i64,
    },
    /// Counted or named resources; none wanted stands for a resource asked for by its name.
    Generic {
        kind: String,
        wanted: Option<i64>,
        free: i64,
    },
    /// A plugin by its type, such as `Volume`, and its name.
    Plugin {
        kind: &'static str,
        name: String,
    },
    /// A condition that it does not meet.
    Constraint {
        text: String,
    },
    /// It is this, and the image was built for others.
    Platform {
        os: String,
        arch: String,
    },
    HostPort(HostPort),
    /// It runs as many tasks of the service as it may.
    MaxReplicas {
        limit: u64,
    },
    /// None of these volumes can be used there.
    Volumes {
        sources: Vec<String>,
    },
}

/// Words for one node or several.
pub(super) fn count(nodes: usize, one: &str, before: &str, after: &str) -> String {
    if nodes == 1 { one.to_owned() } else { format!("{before}{nodes}{after}") }
}
