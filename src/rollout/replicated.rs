//! As many tasks as a service has replicas: which slots there are, which are missing or too many.

use crate::cluster::{Availability, Node, NodeStatus, TaskState};
use crate::rollout::run::{MOST_TASKS, Run};
use crate::rollout::timeline::{Place, UpdateState};
use crate::rollout::updater::Slot;
use crate::swarm::gosort;
use std::collections::BTreeMap;

/// Whether a node keeps no tasks.
pub(super) fn is_lost(node: Option<&Node>) -> bool {
    node.is_none_or(|it| {
        it.availability.value == Availability::Drain || it.state.value == NodeStatus::Down
    })
}

impl Run<'_> {
    /// Compares a replicated service with what it is to be.
    pub(super) fn reconcile_replicated(&mut self, service: u32) {
        let mut slots: Vec<Slot> = Vec::new();
        let mut dead: BTreeMap<Place, Vec<u32>> = BTreeMap::new();
        let places = self.world.services[service as usize].places.clone();
        for (place, tasks) in places {
            match self.updatable(service, &tasks) {
                Some(tasks) => slots.push(Slot { place, tasks: self.seen(&tasks) }),
                None => _ = dead.insert(place, tasks),
            }
        }
        let wanted = self.world.replicas(service);
        let have = slots.len() as u64;
        if wanted < have {
            let surplus = self.surplus(&mut slots, wanted as usize);
            self.update(service, slots);
            self.bury(dead);
            for task in surplus.iter().flat_map(|it| &it.tasks) {
                self.world.want(task.id, TaskState::Remove);
            }
            return;
        }
        let taken: Vec<Place> = slots.iter().map(|it| it.place).collect();
        self.choice.arrange(&mut slots);
        self.update(service, slots);
        let mut missing = wanted - have;
        let mut number = 0;
        while missing > 0 && self.world.tasks.len() < MOST_TASKS {
            number += 1;
            let place = Place::Slot(number);
            if taken.binary_search(&place).is_err() {
                dead.remove(&place);
                self.world.create(service, place, TaskState::Running);
                missing -= 1;
            }
        }
        self.is_cut |= missing > 0;
        self.bury(dead);
    }

    /// The tasks that a place of a service has, or none where it is free.
    pub(super) fn updatable(&self, service: u32, tasks: &[u32]) -> Option<Vec<u32>> {
        let state = |it: &u32| &self.world.tasks[*it as usize];
        let wanted = |it: &&u32| state(it).desired <= TaskState::Running;
        let live: Vec<u32> = tasks.iter().filter(wanted).copied().collect();
        if !live.is_empty() {
            return Some(live);
        }
        let status = self.world.services[service as usize].status.as_ref();
        if status.is_some_and(|it| it.state == UpdateState::RollbackStarted) {
            return None;
        }
        // A task that is not followed by another keeps its place.
        let newest = tasks.last()?;
        (!self.may_restart(*newest)).then(|| vec![*newest])
    }

    fn bury(&mut self, places: BTreeMap<Place, Vec<u32>>) {
        for task in places.into_values().flatten() {
            self.world.delete(task);
        }
    }

    /// Takes out the slots to give up: second copies on a node first, then those that do not run,
    /// then those with high numbers.
    fn surplus(&self, slots: &mut Vec<Slot>, wanted: usize) -> Vec<Slot> {
        let task = |id: u32| &self.world.tasks[id as usize];
        let runs = |it: &Slot| it.tasks.iter().any(|it| task(it.id).state == TaskState::Running);
        slots.sort_by_key(|it| (!runs(it), it.place));
        let mut copies: BTreeMap<u32, u32> = BTreeMap::new();
        let mut count = |it: &Slot| {
            let [one] = it.tasks.as_slice() else { return None };
            let copy = copies.entry(task(one.id).node?).or_default();
            *copy += 1;
            Some(*copy)
        };
        let mut counted: Vec<(Option<u32>, Slot)> =
            std::mem::take(slots).into_iter().map(|it| (count(&it), it)).collect();
        gosort::sort_by(&mut counted, |a, b| match (a.0, b.0) {
            (Some(a), Some(b)) => a < b,
            (a, b) => a.is_some() && b.is_none(),
        });
        let mut counted: Vec<Slot> = counted.into_iter().map(|it| it.1).collect();
        let surplus = counted.split_off(wanted.min(counted.len()));
        *slots = counted;
        surplus
    }
}
