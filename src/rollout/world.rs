//! What the managers know: services, their specs, tasks, nodes.

use crate::cluster::{Cluster, Node, TaskState};
use crate::rollout::clock::Clock;
use crate::rollout::scenario::{Scenario, Start};
use crate::rollout::task::{Service, Task, Version};
use crate::rollout::timeline::{Course, Event, Place, TaskName};
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
    others: &'a [u32],
    pub(super) state: State<'a>,
    pub(super) services: Vec<Service<'a>>,
    pub(super) versions: Vec<Version<'a>>,
    pub(super) tasks: Vec<Task<'a>>,
    pub(super) changes: VecDeque<Change>,
    pub(super) events: Vec<Event>,
    pub(super) names: Vec<TaskName>,
    /// The tasks at the start: their nodes and what they did.
    pub(super) starts: Vec<(u32, TaskState)>,
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
            others: &scenario.others,
            state: State::new(&clusters[0]),
            services: Vec::new(),
            versions: Vec::new(),
            tasks: Vec::new(),
            changes: VecDeque::new(),
            events: Vec::new(),
            names: Vec::new(),
            starts: Vec::new(),
            failures: BTreeMap::new(),
        };
        world.count_others();
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
        let is_on_nodes = self.services[service].is_on_nodes();
        let place = if is_on_nodes { Place::Node(start.node) } else { Place::Slot(start.slot) };
        let task = self.add_task(service as u32, place, Some(start.node), start.desired);
        self.tasks[task as usize].state = start.state;
        self.starts.push((start.node, start.state));
        if self.tasks[task as usize].occupies() {
            self.services[service].count_alive(true);
            self.occupy(task);
        }
        if start.state == TaskState::Running {
            self.services[service].count_running(0, true);
        }
    }

    fn count_others(&mut self) {
        for &node in self.others {
            let at = self.nodes.get(node as usize).and_then(|it| it.at);
            if let Some(state) = at.and_then(|at| self.state.nodes.get_mut(at as usize)) {
                state.tasks += 1;
            }
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
        self.count_others();
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

    /// How many tasks a replicated service is to have.
    pub(super) fn replicas(&self, service: u32) -> u64 {
        match &self.services[service as usize].spec.mode {
            Mode::Replicated(it) => it.replicas.unwrap_or(1),
            _ => 0,
        }
    }
}
