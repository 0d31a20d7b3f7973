//! A node as Swarm knows it, and what the user adds to that.

use crate::cluster::Firewall;
use crate::source::{Named, Spanned};
use crate::value::constraint::{NodeFacts, Role};
use std::collections::BTreeMap;

/// One machine of the swarm.
#[derive(Clone, Debug, Default)]
pub struct Node {
    pub id: Spanned<String>,
    /// Empty where the node has not described itself.
    pub hostname: Spanned<String>,
    pub role: Spanned<Role>,
    pub availability: Spanned<Availability>,
    pub state: Spanned<NodeStatus>,
    /// Its address as the managers see it; empty where not known.
    pub address: Spanned<String>,
    /// None where the node has not described itself.
    pub platform: Option<Platform>,
    /// Billionths of a processor. None where not known, which is taken for enough.
    pub nano_cpus: Option<Spanned<i64>>,
    /// None where not known, which is taken for enough.
    pub memory_bytes: Option<Spanned<i64>>,
    pub labels: BTreeMap<String, String>,
    pub engine_labels: BTreeMap<String, String>,
    /// The labels with their places, `labels` first.
    pub label_places: Vec<Named<Spanned<String>>>,
    /// In the node's own order: the first entry of a kind says whether it is counted or named.
    pub generic_resources: Vec<Generic>,
    /// None where not known, which is taken for all that may be asked for.
    pub plugins: Option<Vec<Plugin>>,
    /// Drivers of cluster volumes.
    pub csi: Vec<Csi>,
    /// What fails together with others: a rack, a room. Swarm does not know it.
    pub zone: Option<Spanned<String>>,
    /// The machine under it, where it is a virtual one. Swarm does not know it.
    pub host: Option<Spanned<String>>,
    /// What the system and what runs beside Swarm needs; Swarm does not know it.
    pub reserved_nano_cpus: Option<Spanned<i64>>,
    pub reserved_memory_bytes: Option<Spanned<i64>>,
    pub firewall: Option<Firewall>,
    /// Of the network between the nodes.
    pub mtu: Option<Spanned<u32>>,
}

impl Node {
    /// Whether Swarm gives it new tasks.
    pub fn is_ready(&self) -> bool {
        self.state.value == NodeStatus::Ready && self.availability.value == Availability::Active
    }

    /// Whether Swarm takes its tasks away.
    pub fn is_lost(&self) -> bool {
        self.state.value == NodeStatus::Down || self.availability.value == Availability::Drain
    }

    /// What constraints can ask of it.
    pub fn facts(&self) -> NodeFacts<'_> {
        NodeFacts {
            id: &self.id.value,
            hostname: &self.hostname.value,
            address: &self.address.value,
            role: self.role.value,
            os: self.platform.as_ref().map_or("", |it| it.os.as_str()),
            arch: self.platform.as_ref().map_or("", |it| it.arch.as_str()),
            labels: &self.labels,
            engine_labels: &self.engine_labels,
        }
    }
}

/// Whether the operator wants tasks on the node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Availability {
    #[default]
    Active,
    /// Nothing new.
    Pause,
    /// Nothing at all.
    Drain,
}

impl Availability {
    /// The words of the inventory, in the order of the variants.
    pub const WORDS: [&str; 3] = ["active", "pause", "drain"];

    pub fn read(word: &str) -> Option<Self> {
        let all = [Self::Active, Self::Pause, Self::Drain];
        all.into_iter().find(|it| it.as_str() == word)
    }

    pub fn as_str(self) -> &'static str {
        Self::WORDS[self as usize]
    }
}

/// Whether the managers hear from the node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NodeStatus {
    #[default]
    Ready,
    Down,
    Disconnected,
    Unknown,
}

impl NodeStatus {
    /// The words of the inventory, in the order of the variants.
    pub const WORDS: [&str; 4] = ["ready", "down", "disconnected", "unknown"];

    pub fn read(word: &str) -> Option<Self> {
        let all = [Self::Ready, Self::Down, Self::Disconnected, Self::Unknown];
        all.into_iter().find(|it| it.as_str() == word)
    }

    pub fn as_str(self) -> &'static str {
        Self::WORDS[self as usize]
    }
}

/// What the engine says of the machine, such as `linux` and `x86_64`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Platform {
    pub os: String,
    pub arch: String,
}

/// What the node has of one kind of resource, such as `GPU`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generic {
    pub kind: String,
    pub amount: Amount,
}

/// How much there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amount {
    Count(i64),
    Named(Vec<String>),
}

/// A plugin by Swarm's own word for its type: `Volume`, `Network`, `Log`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plugin {
    pub kind: String,
    pub name: String,
}

/// A driver of cluster volumes, and where on its map the node is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Csi {
    pub plugin: String,
    pub topology: BTreeMap<String, String>,
}
