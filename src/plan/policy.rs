//! What the settings want a plan to hold: failures to survive, tasks that always run.

use crate::cluster::Cluster;
use crate::plan::service::Service;
use crate::plan::{Failure, Lost, Update};
use std::collections::BTreeMap;

/// What a plan has to hold.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    pub survive: Vec<Survive>,
    /// The fewest tasks that may run at any time, by the service's name or its name in the file.
    pub min_available: BTreeMap<String, u64>,
}

/// A loss after which everything has to run again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Survive {
    AnyNode,
    AnyManager,
    AnyTwoManagers,
    AnyZone,
    AnyHost,
    Node(String),
    Zone(String),
}

/// What a plan does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Breach {
    /// A failure, by its place in the plan's list, is not survived.
    Failure { policy: String, failure: usize },
    /// Fewer tasks run than wanted: once deployed, or in a failure.
    Available { service: usize, wanted: u64, least: u64, failure: Option<usize> },
    /// Fewer tasks run than wanted while the service is updated.
    Update { service: usize, wanted: u64, least: u64 },
}

impl Survive {
    /// The words of the settings that name no node.
    pub const WORDS: [&str; 5] =
        ["any-node", "any-manager", "any-two-managers", "any-zone", "any-host"];

    /// Reads a word, or the name of a node or zone of the cluster.
    pub fn read(text: &str, cluster: &Cluster) -> Option<Self> {
        let is_zone = |text: &str| {
            cluster.nodes.iter().any(|it| it.zone.as_ref().is_some_and(|it| it.value == text))
        };
        match text {
            "any-node" => Some(Self::AnyNode),
            "any-manager" => Some(Self::AnyManager),
            "any-two-managers" => Some(Self::AnyTwoManagers),
            "any-zone" => Some(Self::AnyZone),
            "any-host" => Some(Self::AnyHost),
            _ if cluster.node(text).is_some() => Some(Self::Node(text.to_owned())),
            _ if is_zone(text) => Some(Self::Zone(text.to_owned())),
            _ => None,
        }
    }

    /// As in the settings.
    pub fn word(&self) -> &str {
        match self {
            Self::AnyNode => "any-node",
            Self::AnyManager => "any-manager",
            Self::AnyTwoManagers => "any-two-managers",
            Self::AnyZone => "any-zone",
            Self::AnyHost => "any-host",
            Self::Node(name) | Self::Zone(name) => name,
        }
    }

    fn covers(&self, lost: &Lost, cluster: &Cluster) -> bool {
        let is_manager = |it: u32| {
            let node = cluster.nodes.get(it as usize);
            node.is_some_and(|it| it.role.value == crate::value::constraint::Role::Manager)
        };
        match (self, lost) {
            (Self::AnyNode, Lost::Node(_))
            | (Self::AnyTwoManagers, Lost::Managers(..))
            | (Self::AnyZone, Lost::Zone(_))
            | (Self::AnyHost, Lost::Host(_)) => true,
            (Self::AnyManager, Lost::Node(it)) => is_manager(*it),
            (Self::Node(name), Lost::Node(it)) => cluster.node(name) == Some(*it as usize),
            (Self::Zone(name), Lost::Zone(it)) => name == it,
            _ => false,
        }
    }
}

/// Everything that the plan does not hold.
pub(super) fn breaches(
    policy: &Policy,
    cluster: &Cluster,
    services: &[Service],
    failures: &[Failure],
    updates: &[Update],
) -> Vec<Breach> {
    let mut found = Vec::new();
    let least = |service: &Service| {
        let wanted = policy.min_available.get(service.name);
        wanted.or_else(|| policy.min_available.get(service.key?)).copied()
    };
    for (index, service) in services.iter().enumerate() {
        let runs = service.running() as u64;
        if let Some(wanted) = least(service).filter(|it| runs < *it) {
            found.push(Breach::Available { service: index, wanted, least: runs, failure: None });
        }
    }
    for it in updates {
        let runs = it.course.min_running;
        if let Some(wanted) = services.get(it.service).and_then(least).filter(|it| runs < *it) {
            found.push(Breach::Update { service: it.service, wanted, least: runs });
        }
    }
    for (number, failure) in failures.iter().enumerate() {
        let covering = policy.survive.iter().find(|it| it.covers(&failure.lost, cluster));
        let Some(covering) = covering else { continue };
        if !failure.is_survived() {
            let policy = covering.word().to_owned();
            found.push(Breach::Failure { policy, failure: number });
        }
        for hit in &failure.hits {
            let runs = hit.at_once as u64;
            let wanted = services.get(hit.service).and_then(least);
            if let Some(wanted) = wanted.filter(|it| runs < *it) {
                let (service, failure) = (hit.service, Some(number));
                found.push(Breach::Available { service, wanted, least: runs, failure });
            }
        }
    }
    found
}
