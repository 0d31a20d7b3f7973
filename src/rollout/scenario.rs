//! What is played through: a cluster, what runs there, and what is done to it when.

use crate::cluster::{Cluster, Node, TaskState};
use crate::rollout::clock::millis;
use crate::rollout::container::Containers;
use crate::rollout::dead_end::PATIENCE;
use crate::rollout::run::MOST_TASKS;
use crate::scheduler::{Fate, NetworkDrivers, Schedule};
use crate::source::Named;
use crate::swarm::spec::ServiceSpec;
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
        let image = containers.of(&spec.task_template.container_spec.image);
        let config = spec.update_config.as_ref();
        let delay = config.map_or(0, |it| millis(it.delay));
        let monitor = config.map_or(0, |it| millis(it.monitor));
        let times = [image.prepare, image.start, image.stop.min(PATIENCE), delay, SLACK];
        let slot = times.into_iter().fold(0, u64::saturating_add);
        let until = slot.saturating_mul(own + 1).saturating_add(monitor);
        Self {
            cluster,
            services: schedule.services.iter().map(|it| it.spec).collect(),
            tasks,
            networks,
            containers,
            steps: vec![Step { at: 0, action: Action::Update(service, spec) }],
            until: until.saturating_add(WATCH),
        }
    }
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
                let next = next.entry(service).or_default();
                *next += 1;
                while taken.get(service).is_some_and(|it| it.contains(next)) {
                    *next += 1;
                }
                *next
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
