//! What is already there: nodes, networks, secrets, configs, services and tasks. Read from an
//! inventory or from Docker's own JSON; records facts, words nothing.

pub mod drift;
pub mod export;
pub mod firewall;
pub mod hide;
pub mod inspect;
pub mod inventory;
mod node;
mod object;
mod problem;
pub mod quorum;
pub mod running;
pub mod snapshot;
pub mod subnet;

pub use firewall::Firewall;
pub use node::{Amount, Availability, Csi, Generic, Node, NodeStatus, Platform, Plugin};
pub use object::{
    Defaults, Network, Service, Settings, Sharing, Task, TaskState, Volume, VolumeAvailability,
};
pub use problem::{Kind, Problem, Twice};

use crate::cluster::running::Running;
use crate::source::{Named, Spanned};
use crate::swarm::convert::Existing;

/// A swarm as it stands before a deploy.
///
/// A list that is none is not known; an empty one says that there is nothing.
#[derive(Clone, Debug, Default)]
pub struct Cluster {
    pub settings: Settings,
    pub defaults: Defaults,
    /// In the order of the text, by the name that the user gave; from Docker's JSON the host name.
    pub nodes: Vec<Named<Node>>,
    pub secrets: Option<Vec<Spanned<String>>>,
    pub configs: Option<Vec<Spanned<String>>>,
    /// Cluster volumes.
    pub volumes: Option<Vec<Named<Volume>>>,
    pub networks: Option<Vec<Named<Network>>>,
    pub services: Option<Vec<Named<Service>>>,
    pub tasks: Option<Vec<Task>>,
    /// All of what runs that a deploy is compared with, where it is known that well.
    pub running: Option<Box<Running>>,
}

impl Cluster {
    /// What a deploy looks up in the swarm.
    pub fn existing(&self) -> Existing {
        let names = |them: &Option<Vec<Spanned<String>>>| {
            them.as_ref().map(|them| them.iter().map(|it| it.value.clone()).collect())
        };
        let network = |it: &Named<Network>| (it.name.value.clone(), it.value.scope.value.clone());
        Existing {
            secrets: names(&self.secrets),
            configs: names(&self.configs),
            networks: self.networks.as_ref().map(|them| them.iter().map(network).collect()),
            volumes: self
                .volumes
                .as_ref()
                .map(|them| them.iter().map(|it| it.name.value.clone()).collect()),
            ..Existing::default()
        }
    }

    /// The place in `nodes` of the node with this name, id or host name, in this order.
    pub fn node(&self, name: &str) -> Option<usize> {
        let position = |is: &dyn Fn(&Named<Node>) -> bool| self.nodes.iter().position(is);
        position(&|it| it.name.value == name)
            .or_else(|| position(&|it| it.id.value == name))
            .or_else(|| position(&|it| it.hostname.value == name))
    }

    /// The running service of this name.
    pub fn service(&self, name: &str) -> Option<&Named<Service>> {
        self.services.iter().flatten().find(|it| it.name.value == name)
    }
}
