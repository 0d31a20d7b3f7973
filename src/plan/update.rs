//! How the replacement of all tasks of a service would go: order, duration, lowest availability,
//! dead ends; and what happens when the new version crashes.

use crate::cluster::{Cluster, TaskState};
use crate::plan::deploy::Deploy;
use crate::plan::fix::Remedy;
use crate::plan::headroom::{self, Help};
use crate::plan::place::Placed;
use crate::plan::service::Service;
use crate::plan::{Progress, Stage};
use crate::rollout::{
    self, Behaviour, Containers, Course, DeadEnd, DeadEndKind, Effect, Fault, FaultKind, Place,
    Scenario, Timeline, UpdateState, What,
};
use crate::scheduler::Schedule;
use crate::swarm::spec::{HealthConfig, PortConfig, ServiceSpec};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// What nobody knows before, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assumptions {
    /// To pull an image.
    pub pull: u64,
    /// From a container's start until it can do its work.
    pub start: u64,
    /// From the signal until a container is gone. Docker sends it [`WITHDRAWAL`] after it was told
    /// to, where the task is in a network.
    pub stop: u64,
    /// From the time a job's container can do its work until it has ended.
    pub work: u64,
}

/// How long a node lets others hear that a task goes before it signals its container, in
/// milliseconds: fixed in Docker.
pub const WITHDRAWAL: u64 = 2_000;

impl Default for Assumptions {
    fn default() -> Self {
        Self { pull: 10_000, start: 5_000, stop: 1_000, work: 10_000 }
    }
}

/// The update of one service, all others staying as they are.
#[derive(Clone, Debug)]
pub struct Update {
    /// The service's place in the plan's list.
    pub service: usize,
    pub start_first: bool,
    /// Whether the deploy makes it; else it is the next one, whatever it will change.
    pub is_deploy: bool,
    /// How many tasks are replaced at a time.
    pub at_once: u64,
    pub course: Course,
    pub dead_ends: Vec<DeadEnd>,
    /// What happens to which task, in order.
    pub steps: Vec<Step>,
    /// When each task ran, by place.
    pub tracks: Vec<Track>,
    /// What happens when the new version ends with an error after a second.
    pub crash: Crash,
    /// What would let it end, where it waits without limit.
    pub remedies: Vec<Remedy>,
    /// Whether it waits for room, and a smaller reservation in the new version would be no help.
    pub less_is_no_help: bool,
}

impl Update {
    /// Whether it waits without limit.
    pub fn never_ends(&self) -> bool {
        self.dead_ends.iter().any(|it| it.kind != DeadEndKind::Overlap)
    }
}

/// One thing that happens in an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Milliseconds from the start.
    pub at: u64,
    pub place: Place,
    pub what: Happens,
    /// How many tasks of the service run from then on.
    pub running: u64,
}

/// What happens to a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happens {
    /// The old one is told to stop.
    Stops,
    /// The old one is gone.
    Stopped,
    /// The new one is made, and its image is pulled.
    Made,
    /// The new one does its work.
    Runs,
    Fails,
}

/// The times at which tasks of one place ran.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    pub place: Place,
    /// From when until when, and whether it was the new version.
    pub runs: Vec<(u64, u64, bool)>,
}

/// How an update ends whose tasks crash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crash {
    pub state: UpdateState,
    /// Swarm's words.
    pub message: String,
    pub min_running: u64,
    /// Tasks of the version before that run in the end.
    pub old_running: u64,
}

/// The most tasks of a service whose update is played through.
const MOST_TASKS: usize = 2_000;

/// Stands for the image of the next version.
const NEXT: &str = "next-version";

/// The updates of all services of the stack that run for ever: those that the deploy makes, and of
/// the others the next one.
pub(super) fn updates(
    placed: &Placed,
    deploy: &Deploy,
    schedule: &Schedule,
    watch: &dyn Fn(Progress),
) -> Vec<Update> {
    let mut found = Vec::new();
    for (index, service) in placed.services.iter().enumerate() {
        watch(Progress { stage: Stage::Updates, done: index, of: placed.services.len() });
        if service.key.is_none() || service.spec.mode.is_job() || service.is_refused() {
            continue;
        }
        let made = placed.timeline.as_ref().and_then(|it| made(index, service, it, placed, deploy));
        let is_small = (1..=MOST_TASKS).contains(&service.running());
        let next = || next_one(index, service, &placed.settled, schedule, deploy);
        let Some(mut update) = made.or_else(|| is_small.then(next).flatten()) else { continue };
        if update.never_ends() && placed.size() <= MOST_TASKS {
            let Help { remedies, less_is_no_help } = headroom::help(service, &update, deploy);
            (update.remedies, update.less_is_no_help) = (remedies, less_is_no_help);
        }
        found.push(update);
    }
    found
}

/// The update that the deploy makes; none where it replaces nothing.
fn made(
    index: usize,
    service: &Service,
    timeline: &Timeline,
    placed: &Placed,
    deploy: &Deploy,
) -> Option<Update> {
    let before = placed.befores.get(service.name)?;
    let crash = if before.effect == Effect::Replace && timeline.tasks.len() <= MOST_TASKS {
        let spec = next(service.spec);
        let crashing = deploy.play(Some(&spec), &crashing(deploy.containers(), service.name));
        crash(&before.spec, service, &crashing)
    } else {
        Crash::default()
    };
    update(index, service, service.spec, timeline, crash).map(|it| Update { is_deploy: true, ..it })
}

/// The next update, whatever it changes, once the deploy is settled.
fn next_one(
    index: usize,
    service: &Service,
    settled: &Cluster,
    schedule: &Schedule,
    deploy: &Deploy,
) -> Option<Update> {
    let spec = next(service.spec);
    let containers =
        Containers { usual: usual(service.spec, deploy.assumptions), ..Default::default() };
    let play = |containers: Containers| play(settled, schedule, deploy, &spec, containers);
    let timeline = play(containers.clone());
    let crash = crash(service.spec, service, &play(crashing(containers, service.name)));
    update(index, service, &spec, &timeline, crash)
}

/// The next update of a service, once everything is settled.
pub(super) fn play_next(
    settled: &Cluster,
    schedule: &Schedule,
    deploy: &Deploy,
    spec: &ServiceSpec,
) -> Timeline {
    let usual = usual(spec, deploy.assumptions);
    play(settled, schedule, deploy, spec, Containers { usual, ..Default::default() })
}

fn play(
    settled: &Cluster,
    schedule: &Schedule,
    deploy: &Deploy,
    spec: &ServiceSpec,
    containers: Containers,
) -> Timeline {
    let networks = &deploy.options.networks;
    rollout::play(&Scenario::of_update(settled, schedule, networks, containers, &spec.name, spec))
}

/// The same where the next version of a service ends with an error after a second.
fn crashing(mut containers: Containers, service: &str) -> Containers {
    let fault = Fault { kind: FaultKind::Crash, after: 1_000, first: None };
    let usual = containers.of(service, "");
    containers.images.insert(NEXT.to_owned(), Behaviour { fault: Some(fault), ..usual });
    containers
}

/// The service with another image.
pub(super) fn next(spec: &ServiceSpec) -> ServiceSpec {
    let mut spec = spec.clone();
    NEXT.clone_into(&mut spec.task_template.container_spec.image);
    spec
}

pub(super) fn usual(spec: &ServiceSpec, it: Assumptions) -> Behaviour {
    let container = &spec.task_template.container_spec;
    let grace = container.stop_grace_period.map_or(10_000, |it| (it / 1_000_000).max(0) as u64);
    let start = container.healthcheck.as_ref().map_or(it.start, |check| healthy(check, it.start));
    let wait = if is_in_network(spec) { WITHDRAWAL } else { 0 };
    Behaviour { prepare: it.pull, start, stop: wait + it.stop.min(grace), fault: None }
}

/// Whether its tasks answer in a network that Docker looks after.
fn is_in_network(spec: &ServiceSpec) -> bool {
    let ports = spec.endpoint_spec.iter().flat_map(|it| &it.ports);
    spec.task_template.networks.iter().any(|it| it.target != "bridge")
        || ports.into_iter().any(PortConfig::is_ingress)
}

/// A container with a health check runs once a check went well; the first comes after an interval.
fn healthy(check: &HealthConfig, start: u64) -> u64 {
    if check.test.first().is_some_and(|it| it == "NONE") {
        return start;
    }
    let millis = |nanos: i64, default: u64| {
        if nanos > 0 { (nanos / 1_000_000).max(1) as u64 } else { default }
    };
    let period = millis(check.start_period, 0);
    let interval = millis(check.interval, 30_000);
    let early = millis(check.start_interval, 5_000).min(interval.max(1));
    let step = if period > 0 && start <= period { early } else { interval };
    start.div_ceil(step).max(1).saturating_mul(step)
}

fn update(
    index: usize,
    service: &Service,
    spec: &ServiceSpec,
    timeline: &Timeline,
    crash: Crash,
) -> Option<Update> {
    let at = timeline.services.iter().position(|it| it.service == service.name)? as u32;
    let course = timeline.services[at as usize].clone();
    // What the manager refuses is not an update.
    course.update.as_ref()?;
    let config = spec.update_config.as_ref();
    let all = course.initial_running;
    let at_once = config.map_or(1, |it| it.parallelism);
    let steps = steps(timeline, at, course.initial_running);
    let tracks = tracks(timeline, at);
    Some(Update {
        service: index,
        is_deploy: false,
        start_first: config.is_some_and(|it| it.order == "start-first"),
        at_once: if at_once == 0 { all } else { at_once.min(all) },
        dead_ends: rollout::dead_ends(spec, &course),
        course,
        steps,
        tracks,
        crash,
        remedies: Vec::new(),
        less_is_no_help: false,
    })
}

/// The events of one service that a reader cares for.
fn steps(timeline: &Timeline, service: u32, running: u64) -> Vec<Step> {
    let mut steps = Vec::new();
    let starts = (0_u32..).zip(&timeline.starts);
    let mut up: BTreeSet<u32> =
        starts.filter(|(_, it)| it.1 == TaskState::Running).map(|it| it.0).collect();
    let mut running = running;
    for event in timeline.events.iter().filter(|it| it.service == Some(service)) {
        let Some(id) = event.task else { continue };
        let Some(task) = timeline.tasks.get(id as usize) else { continue };
        let what = match &event.what {
            What::Created(_) => Happens::Made,
            What::Wanted(_, TaskState::Shutdown | TaskState::Remove) => Happens::Stops,
            What::State(_, TaskState::Running, ..) => Happens::Runs,
            What::State(_, TaskState::Failed | TaskState::Rejected, ..) => Happens::Fails,
            What::State(TaskState::Running, ..) => Happens::Stopped,
            // A task that is to be forgotten counts no more, though it may still stop.
            What::Deleted if up.contains(&id) => Happens::Stopped,
            _ => continue,
        };
        match what {
            Happens::Runs => running += u64::from(up.insert(id)),
            Happens::Stopped | Happens::Fails => {
                running = running.saturating_sub(u64::from(up.remove(&id)));
            }
            Happens::Stops | Happens::Made => {}
        }
        steps.push(Step { at: event.at, place: task.place, what, running });
    }
    steps
}

/// The times at which each place had a running task.
fn tracks(timeline: &Timeline, service: u32) -> Vec<Track> {
    let end = timeline.events.last().map_or(0, |it| it.at);
    let mut since: BTreeMap<u32, u64> = BTreeMap::new();
    let mut runs: BTreeMap<Place, Vec<(u64, u64, bool)>> = BTreeMap::new();
    let starts = timeline.tasks.iter().zip(&timeline.starts);
    let own = (0_u32..).zip(starts).filter(|(_, it)| it.0.service == service);
    let ran = own.filter(|(_, it)| it.1.1 == TaskState::Running);
    since.extend(ran.map(|(task, _)| (task, 0)));
    let mut ended = |task: u32, from: u64, until: u64| {
        let it = &timeline.tasks[task as usize];
        let is_new = task as usize >= timeline.starts.len();
        runs.entry(it.place).or_default().push((from, until, is_new));
    };
    for event in timeline.events.iter().filter(|it| it.service == Some(service)) {
        let Some(task) = event.task else { continue };
        let is_over = match event.what {
            What::State(_, TaskState::Running, ..) => {
                since.insert(task, event.at);
                false
            }
            What::State(TaskState::Running, ..) | What::Deleted => true,
            _ => false,
        };
        if is_over && let Some(from) = since.remove(&task) {
            ended(task, from, event.at);
        }
    }
    for (task, from) in since {
        ended(task, from, end);
    }
    runs.into_iter().map(|(place, runs)| Track { place, runs }).collect()
}

fn crash(old: &ServiceSpec, service: &Service, timeline: &Timeline) -> Crash {
    let Some(course) = timeline.course(service.name) else { return Crash::default() };
    let old = &old.task_template.container_spec.image;
    let is_old =
        |(state, image): &&(TaskState, Rc<str>)| *state == TaskState::Running && **image == **old;
    Crash {
        state: course.update.as_ref().map(|it| it.state).unwrap_or_default(),
        message: course.update.as_ref().map(|it| timeline.message(it)).unwrap_or_default(),
        min_running: course.min_running,
        old_running: course.last.iter().filter(is_old).count() as u64,
    }
}
