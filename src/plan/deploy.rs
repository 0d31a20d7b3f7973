//! A deploy over services that run: each is updated as its own settings say, all at the same time.
//! Where their tasks are in the end depends on the way there, so it is played through.

use crate::cluster::{Cluster, TaskState};
use crate::plan::before::Before;
use crate::plan::service::{Service, is_pending, is_running};
use crate::plan::update::{Assumptions, usual};
use crate::rollout::{self, Containers, Course, Effect, Place, Scenario, Timeline};
use crate::scheduler::{Choice, Fate, Options, Task};
use crate::swarm::spec::ServiceSpec;
use crate::value::constraint;
use std::collections::{BTreeMap, BTreeSet};

/// The services of a stack that run already, by name.
pub(super) type Befores = BTreeMap<String, Before>;

/// The most nodes and tasks for which a deploy is played through.
const MOST: usize = 20_000;

/// What runs of the services, where the inventory knows it.
pub(super) fn befores(wanted: &[&ServiceSpec], cluster: &Cluster) -> Befores {
    if cluster.tasks.is_none() {
        return Befores::new();
    }
    let wanted: BTreeMap<&str, &ServiceSpec> =
        wanted.iter().map(|it| (it.name.as_str(), *it)).collect();
    let running = cluster.services.iter().flatten();
    let pairs = running.filter_map(|it| Some((it, *wanted.get(it.name.value.as_str())?)));
    pairs.map(|(it, new)| (new.name.clone(), Before::of(&it.value, new))).collect()
}

/// Whether the deploy replaces any task, and is small enough to be played through.
pub(super) fn is_played(befores: &Befores, wanted: &[&ServiceSpec], cluster: &Cluster) -> bool {
    let count = |it: &crate::cluster::Task| usize::try_from(it.count).unwrap_or(usize::MAX);
    let tasks = cluster.tasks.iter().flatten().map(count).fold(0, usize::saturating_add);
    let size = tasks.saturating_add(cluster.nodes.len()).saturating_add(wanted_tasks(wanted));
    size <= MOST && wanted.iter().any(|it| replaces(befores, it, cluster))
}

fn wanted_tasks(wanted: &[&ServiceSpec]) -> usize {
    let replicas = |it: &&ServiceSpec| match &it.mode {
        crate::swarm::spec::Mode::Replicated(it) => it.replicas.unwrap_or(1) as usize,
        _ => 0,
    };
    wanted.iter().map(replicas).fold(0, usize::saturating_add)
}

/// Whether tasks that run do not stay.
fn replaces(befores: &Befores, spec: &ServiceSpec, cluster: &Cluster) -> bool {
    let Some(before) = befores.get(&spec.name).filter(|it| it.refused.is_none()) else {
        return false;
    };
    let own = cluster.tasks.iter().flatten().filter(|it| it.service.value == spec.name);
    let mut own = own.filter(|it| it.state <= TaskState::Running);
    match before.effect {
        // Every deploy runs a job again.
        _ if spec.mode.is_job() => own.next().is_some(),
        Effect::Keep => false,
        Effect::Replace => own.next().is_some(),
        Effect::KeepWhereAllowed => {
            let placement = spec.task_template.placement.as_ref();
            let texts = placement.map_or(&[][..], |it| &it.constraints);
            let parsed: Result<Vec<_>, _> = texts.iter().map(|it| constraint::parse(it)).collect();
            let parsed = parsed.unwrap_or_default();
            own.filter_map(|it| cluster.nodes.get(it.node_index?)).any(|node| {
                let facts = node.facts();
                !parsed.iter().all(|it| it.matches(&facts))
            })
        }
    }
}

/// Whether the service has to be updated for its tasks to be what they are to be.
fn is_updated(before: &Before, spec: &ServiceSpec) -> bool {
    let is_changed = before.effect != Effect::Keep || spec.mode.is_job();
    before.refused.is_none() && is_changed
}

/// Everything that a deploy is played with.
pub(super) struct Deploy<'d> {
    pub(super) wanted: &'d [&'d ServiceSpec],
    pub(super) befores: &'d Befores,
    pub(super) cluster: &'d Cluster,
    pub(super) options: &'d Options,
    pub(super) assumptions: Assumptions,
}

impl Deploy<'_> {
    /// Plays the deploy through. One service may have another spec than it is to have.
    pub(super) fn play(&self, other: Option<&ServiceSpec>, containers: &Containers) -> Timeline {
        self.play_by(other, containers, Choice::ByName)
    }

    /// Notes which services may as well end up otherwise: slots, services and equal nodes come in
    /// random order.
    pub(super) fn vary(&self, services: &mut [Service], size: usize) {
        let lots = (WORK / size.max(1)).clamp(2, MOST_LOTS);
        let containers = self.containers();
        let places: Vec<_> = services.iter().map(places).collect();
        let mut other = services.to_vec();
        for lot in 0..lots {
            let timeline = self.play_by(None, &containers, Choice::random(lot as u64));
            take_over(&mut other, &timeline, self.cluster);
            for ((service, other), before) in services.iter_mut().zip(&other).zip(&places) {
                service.varies |= self::places(other) != *before;
            }
        }
    }

    fn play_by(
        &self,
        other: Option<&ServiceSpec>,
        containers: &Containers,
        choice: Choice,
    ) -> Timeline {
        let all = self.wanted.iter().copied();
        let all: BTreeMap<&str, &ServiceSpec> = all
            .map(|it| other.filter(|other| other.name == it.name).unwrap_or(it))
            .map(|it| (it.name.as_str(), it))
            .collect();
        let wanted: Vec<&ServiceSpec> = (all.values().copied())
            .filter(|it| self.befores.get(&it.name).is_none_or(|before| is_updated(before, it)))
            .collect();
        let running = self.cluster.services.iter().flatten();
        let running = running.map(|it| match self.befores.get(&it.name.value) {
            Some(before) if before.refused.is_some() => &it.value.spec,
            Some(before) if is_updated(before, all[it.name.value.as_str()]) => &before.spec,
            // What changes no task is as it is to be from the start.
            Some(_) => all[it.name.value.as_str()],
            None => &it.value.spec,
        });
        // Tasks of a service that nobody described are as they are to be.
        let described: BTreeSet<&str> =
            self.cluster.services.iter().flatten().map(|it| it.name.value.as_str()).collect();
        let listed: BTreeSet<&str> =
            self.cluster.tasks.iter().flatten().map(|it| it.service.value.as_str()).collect();
        let assumed = wanted.iter().copied().filter(|it| {
            !described.contains(it.name.as_str()) && listed.contains(it.name.as_str())
        });
        let running = running.chain(assumed).collect();
        let networks = &self.options.networks;
        let scenario =
            Scenario::of_deploy(self.cluster, running, &wanted, networks, containers.clone());
        rollout::play_by(&scenario, choice)
    }

    /// How long the containers of every service take.
    pub(super) fn containers(&self) -> Containers {
        let times = |it: &&ServiceSpec| (it.name.clone(), usual(it, self.assumptions));
        let services = self.wanted.iter().map(times).collect();
        Containers { services, ..Containers::default() }
    }
}

/// How many nodes and tasks are looked at in all to find other courses.
const WORK: usize = 20_000;
/// The most other courses.
const MOST_LOTS: usize = 12;

/// How many tasks of a service each node has in the end; those that wait have none.
fn places(service: &Service) -> BTreeMap<Option<u32>, usize> {
    let mut counts: BTreeMap<Option<u32>, usize> = BTreeMap::new();
    for it in service.tasks.iter().filter(|it| is_running(it) || is_pending(it)) {
        *counts.entry(it.node.filter(|_| is_running(it))).or_default() += 1;
    }
    counts
}

/// Gives the services the tasks that they have when the deploy has been played through.
pub(super) fn take_over(services: &mut [Service], timeline: &Timeline, cluster: &Cluster) {
    let starts = starts(timeline);
    for service in services {
        let Some(at) = timeline.services.iter().position(|it| it.service == service.name) else {
            continue;
        };
        let course = &timeline.services[at];
        let before = starts.get(&(at as u32)).map_or(&[][..], Vec::as_slice);
        service.tasks = tasks(course, timeline, before, cluster);
        let message = course.left.iter().find(|it| is_waiting(it) && it.node.is_none());
        service.message = message.map(|it| it.message.to_string());
        if let Some(change) = &mut service.change {
            change.replaced = service.tasks.iter().filter(|it| it.fate == Fate::Replaced).count();
        }
    }
}

/// A task at the start.
struct Old {
    task: u32,
    node: u32,
    state: TaskState,
}

/// The tasks at the start, by service.
fn starts(timeline: &Timeline) -> BTreeMap<u32, Vec<Old>> {
    let mut starts: BTreeMap<u32, Vec<Old>> = BTreeMap::new();
    for (task, (name, &(node, state))) in (0..).zip(timeline.tasks.iter().zip(&timeline.starts)) {
        starts.entry(name.service).or_default().push(Old { task, node, state });
    }
    starts
}

fn is_waiting(it: &rollout::Left) -> bool {
    it.state < TaskState::Assigned
}

fn tasks(course: &Course, timeline: &Timeline, before: &[Old], cluster: &Cluster) -> Vec<Task> {
    let slot = |place: Place| match place {
        Place::Slot(slot) => Some(slot),
        Place::Node(_) => None,
    };
    let of = |place, node, fate| Task {
        slot: slot(place),
        node,
        fate,
        ties: 0,
        resources: Box::default(),
    };
    let mut tasks = Vec::new();
    let mut taken = BTreeSet::new();
    let mut stays = BTreeSet::new();
    for it in course.left.iter().filter(|it| it.state <= TaskState::Running) {
        taken.insert(it.place);
        let fate = if is_waiting(it) {
            // The words of those that may go anywhere are the same for all of them.
            let own = it.node.map(|_| Box::from(&*it.message));
            Fate::Pending(own)
        } else if (it.task as usize) < timeline.starts.len() {
            stays.insert(it.task);
            Fate::Kept
        } else {
            Fate::Placed
        };
        tasks.push(of(it.place, it.node, fate));
    }
    for it in before.iter().filter(|it| !stays.contains(&it.task)) {
        let place = timeline.tasks[it.task as usize].place;
        let fate = match () {
            () if it.state > TaskState::Running => Fate::Ended,
            () if cluster.nodes[it.node as usize].is_lost() => Fate::Leaving,
            () if taken.contains(&place) => Fate::Replaced,
            () => Fate::Removed,
        };
        tasks.push(of(place, Some(it.node), fate));
    }
    tasks.sort_by_key(|it| (it.slot, it.node));
    tasks
}
