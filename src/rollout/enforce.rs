//! A node that changed loses the tasks that it may not have, or has no room for, any more.

use crate::cluster::{Amount, Availability, Node, TaskState};
use crate::rollout::run::Run;
use crate::scheduler::Demand;
use std::collections::BTreeMap;

impl Run<'_> {
    /// Looks at the tasks of a node that is in use. Ports, platforms and limits per node are not
    /// looked at again. Swarm takes the tasks in random order.
    pub(super) fn enforce(&mut self, node: u32) {
        let Some(machine) = self.world.node(node) else { return };
        if machine.availability.value != Availability::Active {
            return;
        }
        let mut room = Room::of(machine);
        let mut rejected = Vec::new();
        for (task, it) in (0..).zip(&self.world.tasks) {
            let desired = TaskState::Assigned..=TaskState::Complete;
            if it.node != Some(node) || it.is_deleted || !desired.contains(&it.desired) {
                continue;
            }
            let version = self.world.services[it.service as usize].version;
            let demand = &self.world.versions[it.version as usize].demand;
            if !self.allows(Some(node), version) || !room.take(demand) {
                rejected.push(task);
            }
        }
        for task in rejected {
            let error = "assigned node no longer meets constraints";
            self.world.set(task, TaskState::Rejected, error);
        }
    }
}

/// What a node has left. What is not known is enough.
struct Room<'a> {
    cpus: Option<i64>,
    memory: Option<i64>,
    generic: BTreeMap<&'a str, i64>,
}

impl<'a> Room<'a> {
    fn of(node: &'a Node) -> Self {
        let mut generic: BTreeMap<&str, i64> = BTreeMap::new();
        for it in &node.generic_resources {
            let amount = match &it.amount {
                Amount::Count(count) => *count,
                Amount::Named(names) => names.len() as i64,
            };
            let sum = generic.entry(&it.kind).or_default();
            *sum = sum.saturating_add(amount);
        }
        let cpus = node.nano_cpus.as_ref().map(|it| it.value);
        Self { cpus, memory: node.memory_bytes.as_ref().map(|it| it.value), generic }
    }

    /// Takes what a task reserves, if there is as much.
    fn take(&mut self, demand: &Demand) -> bool {
        let has = |left: Option<i64>, wanted: i64| left.is_none_or(|it| wanted <= it);
        let left = |kind: &str| self.generic.get(kind).copied().unwrap_or_default();
        if !has(self.cpus, demand.nano_cpus)
            || !has(self.memory, demand.memory_bytes)
            || demand.generic.iter().any(|it| it.count.unwrap_or_default() > left(it.kind))
        {
            return false;
        }
        self.cpus = self.cpus.map(|it| it.saturating_sub(demand.nano_cpus));
        self.memory = self.memory.map(|it| it.saturating_sub(demand.memory_bytes));
        for it in &demand.generic {
            if let Some(left) = self.generic.get_mut(it.kind) {
                *left = left.saturating_sub(it.count.unwrap_or_default());
            }
        }
        true
    }
}
