//! What is played through: a cluster, what runs there, and what is done to it when.

use crate::cluster::{Cluster, Node, TaskState};
use crate::rollout::clock::millis;
use crate::rollout::container::Containers;
use crate::rollout::dead_end::PATIENCE;
use crate::rollout::run::MOST_TASKS;
use crate::scheduler::{Fate, NetworkDrivers, Schedule};
use crate::source::Named;
use crate::swarm::spec::{Mode, ServiceSpec};
use std::collections::{BTreeMap, BTreeSet};

/// What the managers need for one slot, at most.
const SLACK: u64 = 2_000;
/// For how long to look on after an update, to see what its tasks do: ten minutes.
const WATCH: u64 = 600_000;

/// Everything that decides how a rollout goes. Times are milliseconds from the start.
#[derive(Clone, Debug)]
pub struct Scenario<'a> {
    pub cluster: &'a Cluster,
    /// The services that run.
    pub services: Vec<&'a ServiceSpec>,
    /// Their tasks.
    pub tasks: Vec<Start<'a>>,
    /// The nodes of tasks of services that nobody knows: they count at least.
    pub others: Vec<u32>,
    /// Which driver networks have.
    pub networks: &'a NetworkDrivers,
    /// How long containers take, and which fail.
    pub containers: Containers,
    pub steps: Vec<Step<'a>>,
    /// When to stop looking.
    pub until: u64,
}

impl<'a> Scenario<'a> {
    /// One update of one service; the others and all nodes stay as they are.
    ///
    /// `schedule` says what runs where before. The time to look at is long enough for an update
    /// that goes well.
    pub fn of_update(
        cluster: &'a Cluster,
        schedule: &'a Schedule<'a>,
        networks: &'a NetworkDrivers,
        containers: Containers,
        service: &'a str,
        spec: &'a ServiceSpec,
    ) -> Self {
        let tasks = running(schedule);
        let own = tasks.iter().filter(|it| it.service == service).count() as u64;
        let until = horizon(spec, own, &containers);
        Self {
            cluster,
            services: schedule.services.iter().map(|it| it.spec).collect(),
            tasks,
            others: Vec::new(),
            networks,
            containers,
            steps: vec![Step { at: 0, action: Action::Update(service, spec) }],
            until,
        }
    }

    /// Several services created or updated at once, on top of what an inventory says.
    ///
    /// `running` are the specs of the services that are there, whose tasks `cluster` lists.
    pub fn of_deploy(
        cluster: &'a Cluster,
        running: Vec<&'a ServiceSpec>,
        wanted: &[&'a ServiceSpec],
        networks: &'a NetworkDrivers,
        containers: Containers,
    ) -> Self {
        let known: BTreeMap<&str, bool> =
            running.iter().map(|it| (it.name.as_str(), it.mode.is_job())).collect();
        let (tasks, others): (Vec<_>, Vec<_>) =
            listed_as(cluster, |name| known.get(name).is_some_and(|is_job| *is_job))
                .into_iter()
                .partition(|it| known.contains_key(it.service));
        let is_live = |it: &&Start| {
            it.desired <= TaskState::Complete
                && (TaskState::Assigned..=TaskState::Running).contains(&it.state)
        };
        let others = others.iter().filter(is_live).map(|it| it.node).collect();
        let until = wanted.iter().map(|spec| {
            let own = tasks.iter().filter(|it| it.service == spec.name).count() as u64;
            horizon(spec, own, &containers)
        });
        let until = until.max().unwrap_or_default();
        let step = |it: &&'a ServiceSpec| {
            let is_there = known.contains_key(it.name.as_str());
            let action = if is_there { Action::Update(&it.name, it) } else { Action::Create(it) };
            Step { at: 0, action }
        };
        let steps = wanted.iter().map(step).collect();
        Self { cluster, services: running, tasks, others, networks, containers, steps, until }
    }
}

/// Until when to look at an update of a service that has so many tasks: long enough for one that
/// goes well.
fn horizon(spec: &ServiceSpec, own: u64, containers: &Containers) -> u64 {
    let image = containers.of(&spec.name, &spec.task_template.container_spec.image);
    let config = spec.update_config.as_ref();
    let delay = config.map_or(0, |it| millis(it.delay));
    let monitor = config.map_or(0, |it| millis(it.monitor));
    let work = image.fault.map_or(0, |it| it.after);
    let times = [image.prepare, image.start, image.stop.min(PATIENCE), delay, work, SLACK];
    let slot = times.into_iter().fold(0, u64::saturating_add);
    let own = match &spec.mode {
        Mode::ReplicatedJob(it) => it.total_completions.or(it.max_concurrent).unwrap_or(1),
        _ => own,
    };
    slot.saturating_mul(own.saturating_add(1)).saturating_add(monitor).saturating_add(WATCH)
}

/// A task that is there at the start.
#[derive(Clone, Debug)]
pub struct Start<'a> {
    pub service: &'a str,
    /// Of a replicated service.
    pub slot: u64,
    /// The node's place in the list of nodes.
    pub node: u32,
    pub state: TaskState,
    pub desired: TaskState,
}

/// Something that is done at a certain time.
#[derive(Clone, Debug)]
pub struct Step<'a> {
    pub at: u64,
    pub action: Action<'a>,
}

/// What an operator does, or what happens to a node.
#[derive(Clone, Debug)]
pub enum Action<'a> {
    Create(&'a ServiceSpec),
    /// The service's name and what it is to be.
    Update(&'a str, &'a ServiceSpec),
    /// Back to the spec before.
    Rollback(&'a str),
    Remove(&'a str),
    /// A node that is new, or changed: drained, down, with other labels.
    Node(Box<Named<Node>>),
    RemoveNode(&'a str),
}

impl Action<'_> {
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Create(_) => "create",
            Self::Update(..) => "update",
            Self::Rollback(_) => "rollback",
            Self::Remove(_) => "remove",
            Self::Node(_) => "node",
            Self::RemoveNode(_) => "remove-node",
        }
    }
}

/// The tasks that an inventory lists. Those without a slot get the free ones, in order.
pub fn listed(cluster: &Cluster) -> Vec<Start<'_>> {
    listed_as(cluster, |_| false)
}

/// The same where some services are jobs, whose slots count from 0.
fn listed_as(cluster: &Cluster, is_job: impl Fn(&str) -> bool) -> Vec<Start<'_>> {
    let all = || cluster.tasks.iter().flatten();
    let mut taken: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for it in all() {
        taken.entry(&it.service.value).or_default().extend(it.slot);
    }
    let mut next: BTreeMap<&str, u64> = BTreeMap::new();
    let mut tasks = Vec::new();
    for it in all() {
        let Some(node) = it.node_index else { continue };
        let service = it.service.value.as_str();
        for _ in 0..it.count.min((MOST_TASKS - tasks.len()) as u64) {
            let slot = it.slot.unwrap_or_else(|| {
                let next = next.entry(service).or_insert(u64::from(!is_job(service)));
                while taken.get(service).is_some_and(|it| it.contains(next)) {
                    *next += 1;
                }
                *next += 1;
                *next - 1
            });
            let (node, state, desired) = (node as u32, it.state, it.desired);
            tasks.push(Start { service, slot, node, state, desired });
        }
    }
    tasks
}

/// The tasks of a schedule once they all run.
pub fn running<'s>(schedule: &'s Schedule) -> Vec<Start<'s>> {
    let mut tasks = Vec::new();
    for service in &schedule.services {
        for it in &service.tasks {
            let (Some(node), Fate::Kept | Fate::Placed) = (it.node, &it.fate) else { continue };
            if tasks.len() == MOST_TASKS {
                return tasks;
            }
            let slot = it.slot.unwrap_or_default();
            let (state, desired) = (TaskState::Running, TaskState::Running);
            tasks.push(Start { service: service.name, slot, node, state, desired });
        }
    }
    tasks
}
