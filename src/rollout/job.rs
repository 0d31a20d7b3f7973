//! Jobs: tasks that are to end, so many at a time until so many have ended; or one on every node.

use crate::cluster::TaskState;
use crate::rollout::run::{MOST_TASKS, Run};
use crate::rollout::timeline::Place;
use crate::swarm::spec::{JobMode, Mode};
use std::collections::BTreeSet;

impl Run<'_> {
    /// Compares a job with what it is to be. Each update of the service is a run of its own.
    pub(super) fn reconcile_job(&mut self, service: u32) {
        match &self.world.services[service as usize].spec.mode {
            Mode::ReplicatedJob(mode) => self.reconcile_replicated_job(service, mode),
            Mode::GlobalJob(_) => self.reconcile_global_job(service),
            _ => {}
        }
    }

    fn reconcile_replicated_job(&mut self, service: u32, mode: &JobMode) {
        let at_once = mode.max_concurrent.unwrap_or(1);
        let total = mode.total_completions.unwrap_or(at_once);
        let tasks = self.tasks_of(service);
        let mut taken: BTreeSet<Place> = BTreeSet::new();
        let (mut complete, mut running) = (0, 0);
        let (mut failed, mut old) = (Vec::new(), Vec::new());
        let version = self.world.services[service as usize].version;
        for id in tasks {
            let it = &self.world.tasks[id as usize];
            if it.version != version {
                if it.state <= TaskState::Running && it.desired != TaskState::Remove {
                    old.push(id);
                }
            } else if it.state == TaskState::Complete {
                complete += 1;
                taken.insert(it.place);
            } else if it.is_wanted() {
                running += 1;
                taken.insert(it.place);
                if it.state > TaskState::Complete {
                    failed.push(id);
                }
            }
        }
        let room = (MOST_TASKS - self.world.tasks.len().min(MOST_TASKS)) as u64;
        let left = total.saturating_sub(complete).saturating_sub(running);
        let missing = at_once.saturating_sub(running).min(left);
        self.is_cut |= missing > room;
        let free = (0..total).map(Place::Slot).filter(|it| !taken.contains(it));
        for place in free.take(missing.min(room) as usize).collect::<Vec<_>>() {
            self.world.create(service, place, TaskState::Complete);
        }
        for task in failed {
            self.restart(task);
        }
        for task in old {
            self.world.want(task, TaskState::Remove);
        }
    }

    fn reconcile_global_job(&mut self, service: u32) {
        let version = self.world.services[service as usize].version;
        let mut taken = BTreeSet::new();
        let mut failed = Vec::new();
        for id in self.tasks_of(service) {
            let it = &self.world.tasks[id as usize];
            if it.version == version && it.is_wanted() {
                taken.insert(it.place);
                if it.state > TaskState::Complete {
                    failed.push(id);
                }
            }
        }
        for node in 0..self.world.nodes.len() as u32 {
            let place = Place::Node(node);
            let is_ready = self.world.node(node).is_some_and(crate::cluster::Node::is_ready);
            if is_ready && !taken.contains(&place) && self.allows(Some(node), version) {
                self.world.create(service, place, TaskState::Complete);
            }
        }
        for task in failed {
            self.restart(task);
        }
    }

    fn tasks_of(&self, service: u32) -> Vec<u32> {
        self.world.services[service as usize].places.values().flatten().copied().collect()
    }
}
