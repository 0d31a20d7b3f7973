//! One task of a global service on every node that is allowed.

use crate::cluster::{Availability, TaskState};
use crate::rollout::replicated::is_lost;
use crate::rollout::run::Run;
use crate::rollout::timeline::Place;
use crate::rollout::updater::Slot;
use std::collections::BTreeMap;

impl Run<'_> {
    /// Compares a global service with what it is to be.
    pub(super) fn reconcile_global(&mut self, service: u32) {
        let version = self.world.services[service as usize].version;
        let mut present: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (place, tasks) in self.world.services[service as usize].places.clone() {
            let Place::Node(node) = place else { continue };
            if let Some(tasks) = self.updatable(service, &tasks) {
                present.insert(node, tasks);
            }
        }
        let mut slots = Vec::new();
        for node in 0..self.world.nodes.len() as u32 {
            let Some(it) = self.world.node(node).filter(|it| !is_lost(Some(it))) else { continue };
            let tasks = present.remove(&node);
            if !self.allows(Some(node), version) {
                self.shut_down(&tasks.unwrap_or_default());
            } else if it.availability.value == Availability::Pause {
                // Nothing new, and no update either.
            } else if let Some(tasks) = tasks {
                slots.push(Slot { place: Place::Node(node), tasks: self.seen(&tasks) });
            } else {
                self.world.create(service, Place::Node(node), TaskState::Running);
            }
        }
        // On nodes that are lost.
        for tasks in present.into_values() {
            self.shut_down(&tasks);
        }
        if !slots.is_empty() {
            self.choice.arrange(&mut slots);
            self.update(service, slots);
        }
    }

    /// A node changed: every global service looks at it alone, without its updater.
    pub(super) fn reconcile_node(&mut self, node: u32) {
        let services = 0..self.world.services.len() as u32;
        let globals: Vec<u32> = services
            .filter(|&it| {
                let it = &self.world.services[it as usize];
                it.is_global() && !it.is_removed
            })
            .collect();
        for service in globals {
            self.reconcile_on(service, node);
        }
    }

    fn reconcile_on(&mut self, service: u32, node: u32) {
        let place = Place::Node(node);
        let it = &self.world.services[service as usize];
        let version = it.version;
        let tasks = it.places.get(&place).cloned().unwrap_or_default();
        let Some(machine) = self.world.node(node) else { return };
        if is_lost(Some(machine)) {
            self.shut_down(&tasks);
            return;
        }
        if machine.availability.value == Availability::Pause || !self.allows(Some(node), version) {
            return;
        }
        let Some(tasks) = self.updatable(service, &tasks) else {
            self.world.create(service, place, TaskState::Running);
            return;
        };
        let (mut dirty, clean): (Vec<u32>, Vec<u32>) =
            tasks.into_iter().partition(|it| self.is_dirty(*it, version));
        dirty.extend(clean.iter().skip(1));
        if clean.is_empty() {
            self.world.create(service, place, TaskState::Running);
        }
        self.shut_down(&dirty);
    }

    fn shut_down(&mut self, tasks: &[u32]) {
        for &task in tasks {
            if self.world.tasks[task as usize].desired <= TaskState::Running {
                self.world.want(task, TaskState::Shutdown);
            }
        }
    }
}
