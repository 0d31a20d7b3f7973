//! What the managers know, and every way in which it changes.

use crate::cluster::{Cluster, Node, TaskState};
use crate::rollout::agent::Agent;
use crate::rollout::clock::Clock;
use crate::rollout::scenario::{Scenario, Start};
use crate::rollout::task::{Service, Task, Version};
use crate::rollout::timeline::{Course, Event, Place, Status, TaskName, What};
use crate::scheduler::{Demand, Live, NetworkDrivers, State};
use crate::swarm::spec::{Mode, ServiceSpec};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

/// What others are told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Created(u32),
    Task(u32),
    Deleted(u32),
    /// The wait before a task's start is over.
    Started(u32),
    Service(u32),
    Removed(u32),
    Node(u32),
    NodeGone(u32),
}

/// Services, tasks, nodes.
#[derive(Debug)]
pub(super) struct World<'a> {
    pub(super) clock: Clock,
    /// As it is now, and as it will be after each change of a node.
    clusters: &'a [Cluster],
    pub(super) nodes: Vec<Machine>,
    networks: &'a NetworkDrivers,
    pub(super) state: State<'a>,
    pub(super) services: Vec<Service<'a>>,
    pub(super) versions: Vec<Version<'a>>,
    pub(super) tasks: Vec<Task<'a>>,
    pub(super) changes: VecDeque<Change>,
    pub(super) events: Vec<Event>,
    pub(super) names: Vec<TaskName>,
    /// When tasks of a version failed, by node.
    pub(super) failures: BTreeMap<u32, BTreeMap<u32, VecDeque<u64>>>,
}

/// A node, there or not.
#[derive(Debug)]
pub(super) struct Machine {
    pub(super) name: String,
    /// Its place in the list of nodes as it is now.
    pub(super) at: Option<u32>,
}

impl<'a> World<'a> {
    pub(super) fn new(scenario: &'a Scenario, clusters: &'a [Cluster]) -> Self {
        let machine = |at, name: &str| Machine { name: name.to_owned(), at: Some(at) };
        let nodes = clusters[0].nodes.iter().zip(0..);
        let mut world = Self {
            clock: Clock::default(),
            clusters,
            nodes: nodes.map(|(it, at)| machine(at, &it.name.value)).collect(),
            networks: scenario.networks,
            state: State::new(&clusters[0]),
            services: Vec::new(),
            versions: Vec::new(),
            tasks: Vec::new(),
            changes: VecDeque::new(),
            events: Vec::new(),
            names: Vec::new(),
            failures: BTreeMap::new(),
        };
        for &spec in &scenario.services {
            world.add_service(spec);
        }
        for start in &scenario.tasks {
            world.take_in(start);
        }
        for service in &mut world.services {
            let course = &mut service.course;
            course.initial_running = service.running;
            course.min_running = service.running;
        }
        world
    }

    fn take_in(&mut self, start: &Start) {
        let service = self.services.iter().position(|it| it.spec.name == start.service);
        let Some(service) = service else { return };
        if start.node as usize >= self.nodes.len() {
            return;
        }
        let is_global = self.services[service].is_global();
        let place = if is_global { Place::Node(start.node) } else { Place::Slot(start.slot) };
        let task = self.add_task(service as u32, place, Some(start.node), start.desired);
        self.tasks[task as usize].state = start.state;
        if self.tasks[task as usize].occupies() {
            self.services[service].count_alive(true);
            self.occupy(task);
        }
        if start.state == TaskState::Running {
            self.services[service].count_running(0, true);
        }
    }

    /// A spec that nobody had before.
    pub(super) fn add_version(&mut self, spec: &'a ServiceSpec) -> u32 {
        let image = Rc::from(spec.task_template.container_spec.image.as_str());
        self.versions.push(Version { spec, demand: Demand::of(spec, self.networks), image });
        self.versions.len() as u32 - 1
    }

    pub(super) fn add_service(&mut self, spec: &'a ServiceSpec) -> u32 {
        let version = self.add_version(spec);
        self.services.push(Service {
            spec,
            version,
            previous: None,
            status: None,
            is_removed: false,
            live: Live::default(),
            places: BTreeMap::new(),
            numbers: BTreeMap::new(),
            course: Course { service: spec.name.clone(), ..Course::default() },
            running: 0,
            alive: 0,
            changed_at: self.clock.now,
        });
        let service = self.services.len() as u32 - 1;
        self.changes.push_back(Change::Service(service));
        service
    }

    /// The place in the list of a service that is there.
    pub(super) fn service(&self, name: &str) -> Option<u32> {
        let all = self.services.iter();
        let is = |it: &Service| !it.is_removed && it.spec.name == name;
        all.zip(0..).find(|(it, _)| is(it)).map(|it| it.1)
    }

    /// The spec that a task was made from.
    pub(super) fn spec_of(&self, task: u32) -> &'a ServiceSpec {
        self.versions[self.tasks[task as usize].version as usize].spec
    }

    fn cluster(&self) -> &'a Cluster {
        &self.clusters[0]
    }

    /// A node that is there.
    pub(super) fn node(&self, node: u32) -> Option<&'a Node> {
        let at = self.nodes[node as usize].at?;
        Some(&self.cluster().nodes.get(at as usize)?.value)
    }

    /// Goes on to the cluster with the next change of a node, and finds every node in it.
    pub(super) fn next_cluster(&mut self) {
        self.clusters = self.clusters.get(1..).filter(|it| !it.is_empty()).unwrap_or(self.clusters);
        let cluster = self.cluster();
        let found: BTreeMap<&str, u32> =
            cluster.nodes.iter().zip(0..).map(|(it, at)| (it.name.value.as_str(), at)).collect();
        for node in &mut self.nodes {
            node.at = found.get(node.name.as_str()).copied();
        }
        self.recount();
    }

    /// Finds out anew what tasks have taken of their nodes.
    pub(super) fn recount(&mut self) {
        self.state = State::new(self.cluster());
        for service in &mut self.services {
            service.live = Live::default();
        }
        for task in 0..self.tasks.len() as u32 {
            if self.tasks[task as usize].held.take().is_some() {
                self.occupy(task);
            }
        }
    }

    /// The number of a node by its name; a new one where there is none.
    pub(super) fn machine(&mut self, name: &str) -> u32 {
        let found = self.nodes.iter().position(|it| it.name == name);
        found.unwrap_or_else(|| {
            self.nodes.push(Machine { name: name.to_owned(), at: None });
            self.nodes.len() - 1
        }) as u32
    }

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

    fn add_task(
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
        let occupied = it.occupies();
        it.state = state;
        let occupies = it.occupies();
        if (before == TaskState::Running) != (state == TaskState::Running) {
            self.services[service].count_running(self.clock.now, state == TaskState::Running);
        }
        if occupied != occupies {
            self.services[service].count_alive(occupies);
        }
        if occupied && !occupies {
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
        let (runs, occupied) = (it.state == TaskState::Running, it.occupies());
        if runs {
            self.services[service as usize].count_running(self.clock.now, false);
        }
        if occupied {
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

    /// The filters that turn nodes away from a task that waits for one.
    pub(super) fn refusals(&self, task: u32) -> Vec<usize> {
        let it = &self.tasks[task as usize];
        if it.state != TaskState::Pending {
            return Vec::new();
        }
        let own = it.node.and_then(|node| self.nodes[node as usize].at);
        let nodes = own.map_or(0..self.state.nodes.len() as u32, |at| at..at + 1);
        let demand = &self.versions[it.version as usize].demand;
        let live = &self.services[it.service as usize].live;
        let refused = nodes.filter_map(|at| self.state.first_refusal(demand, live, at));
        refused.collect::<BTreeSet<_>>().into_iter().collect()
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

    /// How many tasks a replicated service is to have.
    pub(super) fn replicas(&self, service: u32) -> u64 {
        match &self.services[service as usize].spec.mode {
            Mode::Replicated(it) => it.replicas.unwrap_or(1),
            _ => 0,
        }
    }
}
