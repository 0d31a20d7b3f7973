//! What is asked of the scheduler, and what comes back.

use crate::cluster::Cluster;
use crate::scheduler::demand::{Demand, NetworkDrivers};
use crate::scheduler::state::{Live, State};
use crate::swarm::spec::{ServiceSpec, Specs};
use std::collections::BTreeSet;

/// How services are deployed, and what happened before.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub deploy: Deploy,
    /// Drivers of the networks that services may join.
    pub networks: NetworkDrivers,
    /// Tasks that failed within the last five minutes.
    pub failures: Vec<Failure>,
    /// Names of services whose tasks come one after the other, as in a rolling update, not at once.
    pub one_by_one: BTreeSet<String>,
    /// Whether running tasks are first checked against constraints and resources that may have
    /// changed, as happens when a node is updated.
    pub enforce: bool,
}

/// When the services' tasks come to the scheduler.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Deploy {
    /// All at the same moment; Swarm takes the services in random order.
    #[default]
    Together,
    /// Each service when those before it in the list are settled.
    Sequential,
}

/// Recent failures of a service on a node. From five on the node is that service's last choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure {
    pub service: String,
    /// The node's place in the list of nodes.
    pub node: usize,
    pub count: u32,
}

/// Where everything goes.
#[derive(Clone, Debug)]
pub struct Schedule<'a> {
    /// The deployed services in the order given, then those that run already, by name.
    pub services: Vec<Scheduled<'a>>,
    /// What is left on the nodes when everything is settled.
    pub state: State<'a>,
}

/// One service and its tasks.
#[derive(Clone, Debug)]
pub struct Scheduled<'a> {
    pub name: &'a str,
    pub spec: &'a ServiceSpec,
    pub demand: Demand<'a>,
    /// Whether it is one of those deployed, and not only there already.
    pub is_deployed: bool,
    /// By slot, then by node.
    pub tasks: Vec<Task>,
    pub live: Live,
    /// Swarm's words for the tasks that have no node: the same for all of them.
    pub message: Option<String>,
    /// Replicas beyond the number that can be planned, which are left out.
    pub beyond: u64,
}

/// One task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Of replicated services; those of jobs count from 0.
    pub slot: Option<u64>,
    /// The node's place in the list of nodes. A pending task of a global service has one.
    pub node: Option<u32>,
    pub fate: Fate,
    /// For a placed task: how many other nodes were as good and got less.
    pub ties: u32,
    /// Kinds and names of the named resources that it was given.
    pub resources: Box<[(String, String)]>,
}

/// What becomes of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It runs already and stays.
    Kept,
    /// It is new.
    Placed,
    /// It finds no node; with Swarm's words where it waits for a certain node.
    Pending(Option<Box<str>>),
    /// It runs but is to end: its node is lost or meets the constraints no more.
    Leaving,
    /// It runs but is one too many.
    Removed,
    /// It runs but is followed by another, made from a newer spec.
    Replaced,
    /// It ended.
    Ended,
}

impl Scheduled<'_> {
    /// Swarm's words for a pending task.
    pub fn message_of<'s>(&'s self, task: &'s Task) -> Option<&'s str> {
        match &task.fate {
            Fate::Pending(Some(own)) => Some(own),
            Fate::Pending(None) => self.message.as_deref(),
            _ => None,
        }
    }

    /// How many tasks have to wait.
    pub fn pending(&self) -> usize {
        self.tasks.iter().filter(|it| matches!(it.fate, Fate::Pending(_))).count()
    }
}

impl Schedule<'_> {
    pub fn service(&self, name: &str) -> Option<&Scheduled<'_>> {
        self.services.iter().find(|it| it.name == name)
    }
}

/// The drivers of all networks that a deploy makes or finds.
pub fn network_drivers(specs: &Specs, cluster: &Cluster) -> NetworkDrivers {
    let found = cluster.networks.iter().flatten();
    let found = found.map(|it| (it.name.value.clone(), it.value.driver.value.clone()));
    let made = specs.networks.iter().map(|(name, it)| (name.clone(), it.driver.clone()));
    found.chain(made).collect()
}
