//! Every way in which what the managers know of tasks and updates changes.

use crate::cluster::TaskState;
use crate::rollout::agent::Agent;
use crate::rollout::task::Task;
use crate::rollout::timeline::{Event, Place, Status, TaskName, What};
use crate::rollout::world::{Change, World};
use std::rc::Rc;

impl World<'_> {
    /// Makes a task of the service's spec; those of global services have their node.
    pub(super) fn create(&mut self, service: u32, place: Place, desired: TaskState) -> u32 {
        let node = match place {
            Place::Node(node) => Some(node),
            Place::Slot(_) => None,
        };
        let task = self.add_task(service, place, node, desired);
        self.services[service as usize].course.tasks_created += 1;
        self.tell(Some(service), Some(task), What::Created(desired));
        self.changes.push_back(Change::Created(task));
        task
    }

    pub(super) fn add_task(
        &mut self,
        service: u32,
        place: Place,
        node: Option<u32>,
        desired: TaskState,
    ) -> u32 {
        let task = self.tasks.len() as u32;
        let it = &mut self.services[service as usize];
        it.places.entry(place).or_default().push(task);
        let number = it.numbers.entry(place).or_default();
        *number += 1;
        let image = self.versions[it.version as usize].image.clone();
        self.names.push(TaskName { service, place, number: *number, image });
        self.tasks.push(Task {
            service,
            place,
            version: it.version,
            node,
            state: TaskState::Pending,
            desired,
            message: Rc::from(""),
            created: self.clock.now,
            held: None,
            agent: Agent::default(),
            is_deleted: false,
        });
        task
    }

    pub(super) fn want(&mut self, task: u32, desired: TaskState) {
        let it = &mut self.tasks[task as usize];
        if it.desired == desired || it.is_deleted {
            return;
        }
        let (before, service) = (it.desired, it.service);
        it.desired = desired;
        if before <= TaskState::Complete
            && desired > TaskState::Complete
            && let Some(held) = &it.held
        {
            self.state.retire(held.node, &mut self.services[service as usize].live);
        }
        self.tell(Some(service), Some(task), What::Wanted(before, desired));
        self.changes.push_back(Change::Task(task));
    }

    pub(super) fn set(&mut self, task: u32, state: TaskState, error: &'static str) {
        let it = &mut self.tasks[task as usize];
        let (before, service, node) = (it.state, it.service as usize, it.node);
        let held_place = it.occupies();
        it.state = state;
        let holds_place = it.occupies();
        if (before == TaskState::Running) != (state == TaskState::Running) {
            self.services[service].count_running(self.clock.now, state == TaskState::Running);
        }
        if held_place != holds_place {
            self.services[service].count_alive(holds_place);
        }
        if held_place && !holds_place {
            self.vacate(task);
        }
        let is_placed_by_scheduler = matches!(self.tasks[task as usize].place, Place::Slot(_));
        if matches!(state, TaskState::Failed | TaskState::Rejected)
            && is_placed_by_scheduler
            && let Some(node) = node
        {
            let version = self.tasks[task as usize].version;
            let failures = self.failures.entry(version).or_default();
            failures.entry(node).or_default().push_back(self.clock.now);
        }
        let what = What::State(before, state, node, error);
        self.tell(Some(service as u32), Some(task), what);
        self.changes.push_back(Change::Task(task));
    }

    /// Says why a task waits.
    pub(super) fn explain(&mut self, task: u32, message: &Rc<str>) {
        let it = &mut self.tasks[task as usize];
        if it.message == *message {
            return;
        }
        it.message = message.clone();
        let service = it.service;
        self.tell(Some(service), Some(task), What::Waits(message.clone()));
        self.changes.push_back(Change::Task(task));
    }

    pub(super) fn delete(&mut self, task: u32) {
        let it = &self.tasks[task as usize];
        if it.is_deleted {
            return;
        }
        let (service, place) = (it.service, it.place);
        let (runs, occupies) = (it.state == TaskState::Running, it.occupies());
        if runs {
            self.services[service as usize].count_running(self.clock.now, false);
        }
        if occupies {
            self.services[service as usize].count_alive(false);
            self.vacate(task);
        }
        self.tasks[task as usize].is_deleted = true;
        let places = &mut self.services[service as usize].places;
        if let Some(tasks) = places.get_mut(&place) {
            tasks.retain(|it| *it != task);
            if tasks.is_empty() {
                places.remove(&place);
            }
        }
        self.tell(Some(service), Some(task), What::Deleted);
        self.changes.push_back(Change::Deleted(task));
    }

    /// A task takes its place on its node.
    pub(super) fn occupy(&mut self, task: u32) {
        let it = &mut self.tasks[task as usize];
        let Some(at) = it.node.and_then(|node| self.nodes[node as usize].at) else { return };
        let live = &mut self.services[it.service as usize].live;
        let live = it.is_wanted().then_some(live);
        it.held = Some(self.state.put(at, &self.versions[it.version as usize].demand, live));
    }

    fn vacate(&mut self, task: u32) {
        let it = &mut self.tasks[task as usize];
        let Some(held) = it.held.take() else { return };
        if it.is_wanted() {
            self.state.retire(held.node, &mut self.services[it.service as usize].live);
        }
        self.state.release(&held, &self.versions[it.version as usize].demand);
    }

    /// An update goes on, or there is none any more.
    pub(super) fn report(&mut self, service: u32, status: Option<Status>) {
        let it = &mut self.services[service as usize];
        let is_over = status.as_ref().is_some_and(|it| it.state.is_over());
        it.course.done_at = is_over.then_some(self.clock.now);
        let before = std::mem::replace(&mut it.status, status.clone());
        if before.is_some() || status.is_some() {
            self.tell(Some(service), None, What::Update(status.unwrap_or_default()));
        }
        self.changes.push_back(Change::Service(service));
    }

    pub(super) fn tell(&mut self, service: Option<u32>, task: Option<u32>, what: What) {
        self.events.push(Event { at: self.clock.now, service, task, what });
    }
}
