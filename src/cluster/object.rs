//! What a swarm holds besides its nodes.

use crate::source::{Span, Spanned};
use crate::swarm::spec::ServiceSpec;
use std::collections::BTreeMap;

/// What holds for the swarm as a whole; none is Docker's default.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The UDP port between the nodes: 4789.
    pub data_path_port: Option<Spanned<u16>>,
    /// Where the subnets of overlay networks come from: 10.0.0.0/8.
    pub default_addr_pool: Vec<Spanned<String>>,
    /// The length of their prefixes in bits: 24.
    pub subnet_size: Option<Spanned<u8>>,
}

/// What holds for every node that says nothing else.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    /// `linux` where not said.
    pub os: Option<Spanned<String>>,
    /// `x86_64` where not said.
    pub arch: Option<Spanned<String>>,
    pub mtu: Option<Spanned<u32>>,
}

/// A network that exists.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// `overlay` where not said.
    pub driver: Spanned<String>,
    /// `swarm` for overlay networks where not said, else `local`.
    pub scope: Spanned<String>,
    pub attachable: bool,
    /// Whether the traffic between nodes is encrypted.
    pub encrypted: bool,
    pub subnet: Option<Spanned<String>>,
}

/// A cluster volume that exists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Volume {
    pub driver: String,
    /// Empty for none.
    pub group: String,
    pub availability: VolumeAvailability,
    /// Whether it can be used on several nodes at once.
    pub multi_node: bool,
    pub sharing: Sharing,
    /// The places it can be reached from; everywhere where there are none.
    pub topology: Vec<BTreeMap<String, String>>,
}

/// Whether the operator wants a volume used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VolumeAvailability {
    #[default]
    Active,
    Pause,
    Drain,
}

/// Who may use a volume at the same time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sharing {
    /// One task.
    #[default]
    None,
    /// Every task, but only to read.
    ReadOnly,
    /// Every task, and one of them may write.
    OneWriter,
    All,
}

/// A service that runs already.
#[derive(Clone, Debug, Default)]
pub struct Service {
    pub spec: ServiceSpec,
    /// Its id where known, else empty.
    pub id: String,
    /// Whether the inventory only has the short form, so that most of the spec is not known.
    pub is_short: bool,
}

/// Tasks of one service on one node.
#[derive(Clone, Debug)]
pub struct Task {
    pub service: Spanned<String>,
    /// As written: a name, an id or a host name.
    pub node: Spanned<String>,
    /// The node's place in the list of nodes; none where there is no such node.
    pub node_index: Option<usize>,
    /// Of a replicated service; without it the tasks have consecutive slots.
    pub slot: Option<u64>,
    /// How many tasks the entry stands for.
    pub count: u64,
    pub state: TaskState,
    pub desired: TaskState,
    pub span: Span,
}

/// A moment of a task's life, in Swarm's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TaskState {
    New,
    Pending,
    Assigned,
    Accepted,
    Preparing,
    Ready,
    Starting,
    Running,
    Complete,
    Shutdown,
    Failed,
    Rejected,
    Remove,
    Orphaned,
}

impl TaskState {
    /// Swarm's words, in the order of the variants.
    pub const WORDS: [&str; 14] = [
        "new",
        "pending",
        "assigned",
        "accepted",
        "preparing",
        "ready",
        "starting",
        "running",
        "complete",
        "shutdown",
        "failed",
        "rejected",
        "remove",
        "orphaned",
    ];

    const ALL: [Self; 14] = [
        Self::New,
        Self::Pending,
        Self::Assigned,
        Self::Accepted,
        Self::Preparing,
        Self::Ready,
        Self::Starting,
        Self::Running,
        Self::Complete,
        Self::Shutdown,
        Self::Failed,
        Self::Rejected,
        Self::Remove,
        Self::Orphaned,
    ];

    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }

    pub fn as_str(self) -> &'static str {
        Self::WORDS[self as usize]
    }
}
