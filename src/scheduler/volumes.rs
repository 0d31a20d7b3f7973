//! Cluster volumes and who uses them.

use crate::cluster::{Cluster, Node, Sharing, Volume, VolumeAvailability};
use std::collections::BTreeMap;

/// A cluster volume that a task mounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VolumeUse<'a> {
    /// A volume's name, or `group:NAME` for any volume of a group.
    pub source: &'a str,
    pub read_only: bool,
}

/// All cluster volumes.
#[derive(Clone, Debug, Default)]
pub struct Volumes<'a> {
    /// Whether it is known which there are; else every wish is taken to come true.
    known: bool,
    all: Vec<State<'a>>,
    by_source: BTreeMap<String, Vec<usize>>,
}

/// A volume and the tasks that use it.
#[derive(Clone, Debug)]
struct State<'a> {
    volume: &'a Volume,
    users: Vec<User>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct User {
    node: u32,
    read_only: bool,
}

/// One volume that a task was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attached {
    volume: usize,
    user: User,
}

impl<'a> Volumes<'a> {
    pub(super) fn of(cluster: &'a Cluster) -> Self {
        let mut volumes = Self { known: cluster.volumes.is_some(), ..Self::default() };
        for (index, it) in cluster.volumes.iter().flatten().enumerate() {
            volumes.all.push(State { volume: &it.value, users: Vec::new() });
            volumes.by_source.entry(it.name.value.clone()).or_default().push(index);
            if !it.group.is_empty() {
                volumes.by_source.entry(format!("group:{}", it.group)).or_default().push(index);
            }
        }
        volumes
    }

    /// Whether a volume can be had on a node.
    pub(super) fn can_use(&self, wanted: &VolumeUse, index: u32, node: &Node) -> bool {
        !self.known || self.find(wanted, index, node).is_some()
    }

    fn find(&self, wanted: &VolumeUse, index: u32, node: &Node) -> Option<usize> {
        let candidates = self.by_source.get(wanted.source)?;
        candidates.iter().copied().find(|&it| self.all[it].admits(wanted, index, node))
    }

    /// Gives a task its volumes: all of them or none, as Swarm does.
    pub(super) fn attach(
        &mut self,
        wanted: &[VolumeUse],
        index: u32,
        node: &Node,
    ) -> Vec<Attached> {
        let attached = |it: &VolumeUse| {
            let user = User { node: index, read_only: it.read_only };
            Some(Attached { volume: self.find(it, index, node)?, user })
        };
        let found: Option<Vec<_>> = wanted.iter().map(attached).collect();
        let found = found.unwrap_or_default();
        for it in &found {
            self.all[it.volume].users.push(it.user);
        }
        found
    }

    pub(super) fn detach(&mut self, attached: &[Attached]) {
        for it in attached {
            let users = &mut self.all[it.volume].users;
            if let Some(at) = users.iter().position(|user| *user == it.user) {
                users.swap_remove(at);
            }
        }
    }
}

impl State<'_> {
    fn admits(&self, wanted: &VolumeUse, index: u32, node: &Node) -> bool {
        if self.volume.availability != VolumeAvailability::Active {
            return false;
        }
        if !self.volume.multi_node && self.users.iter().any(|it| it.node != index) {
            return false;
        }
        let shared = match self.volume.sharing {
            Sharing::None => self.users.is_empty(),
            Sharing::ReadOnly => wanted.read_only,
            Sharing::OneWriter => wanted.read_only || self.users.iter().all(|it| it.read_only),
            Sharing::All => true,
        };
        shared && self.is_reachable(node)
    }

    fn is_reachable(&self, node: &Node) -> bool {
        let driver = node.csi.iter().find(|it| it.plugin == self.volume.driver);
        let is_here = |place: &BTreeMap<String, String>| {
            let has = |(key, value)| driver.is_some_and(|it| it.topology.get(key) == Some(value));
            place.iter().all(has)
        };
        self.volume.topology.is_empty() || self.volume.topology.iter().any(is_here)
    }
}
