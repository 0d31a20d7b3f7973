//! The managers' arithmetic: more than half of all of them must hear each other.

use crate::cluster::{Cluster, NodeStatus};
use crate::value::constraint::Role;
use std::collections::BTreeMap;

/// How the managers stand. Without any in the inventory nothing is known of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quorum {
    /// The managers' places in the list of nodes.
    pub managers: Vec<u32>,
    /// Those that the others hear.
    pub reachable: Vec<u32>,
    /// Zones with their reachable managers.
    pub zones: BTreeMap<String, Vec<u32>>,
    /// Machines under the nodes with their reachable managers.
    pub hosts: BTreeMap<String, Vec<u32>>,
}

impl Quorum {
    pub(super) fn of(cluster: &Cluster) -> Self {
        let mut quorum = Self::default();
        for (index, node) in (0_u32..).zip(&cluster.nodes) {
            if node.role.value != Role::Manager {
                continue;
            }
            quorum.managers.push(index);
            if node.state.value == NodeStatus::Ready {
                quorum.reachable.push(index);
                for (name, all) in
                    [(&node.zone, &mut quorum.zones), (&node.host, &mut quorum.hosts)]
                {
                    if let Some(name) = name {
                        all.entry(name.value.clone()).or_default().push(index);
                    }
                }
            }
        }
        quorum
    }

    /// How many managers are needed.
    pub fn needed(&self) -> usize {
        self.managers.len() / 2 + 1
    }

    /// Whether the swarm can decide anything.
    pub fn is_kept(&self) -> bool {
        self.is_kept_with(self.reachable.len())
    }

    fn is_kept_with(&self, reachable: usize) -> bool {
        self.managers.is_empty() || reachable >= self.needed()
    }

    /// How many more managers may be lost.
    pub fn spare(&self) -> usize {
        self.reachable.len().saturating_sub(self.needed())
    }

    /// The managers that are left without these nodes.
    pub fn without(&self, lost: &[u32]) -> usize {
        self.reachable.iter().filter(|it| !lost.contains(it)).count()
    }

    /// Whether the swarm can decide anything without these nodes.
    pub fn survives(&self, lost: &[u32]) -> bool {
        self.is_kept_with(self.without(lost))
    }

    /// Zones that take the quorum with them.
    pub fn deciding_zones(&self) -> impl Iterator<Item = &str> {
        self.zones.iter().filter(|it| self.decide(it.1)).map(|it| it.0.as_str())
    }

    /// Whether the quorum is lost with these managers.
    pub fn decide(&self, managers: &[u32]) -> bool {
        self.is_kept() && !self.survives(managers)
    }

    /// Machines that bear several managers.
    pub fn shared_hosts(&self) -> impl Iterator<Item = (&str, &[u32])> {
        let shared = self.hosts.iter().filter(|it| it.1.len() > 1);
        shared.map(|(name, managers)| (name.as_str(), managers.as_slice()))
    }
}

#[cfg(test)]
mod tests {
    use super::Quorum;

    #[test]
    fn more_than_half_of_the_managers_decide() {
        for (managers, needed, spare) in
            [(1, 1, 0), (2, 2, 0), (3, 2, 1), (4, 3, 1), (5, 3, 2), (6, 4, 2), (7, 4, 3)]
        {
            let all: Vec<u32> = (0..managers).collect();
            let quorum = Quorum { managers: all.clone(), reachable: all, ..Quorum::default() };
            assert_eq!((quorum.needed(), quorum.spare()), (needed, spare), "{managers}");
            assert!(quorum.survives(&(0..spare as u32).collect::<Vec<_>>()));
            assert!(!quorum.survives(&(0..=spare as u32).collect::<Vec<_>>()));
        }
    }
}
