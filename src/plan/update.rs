//! How the replacement of all tasks of a service would go: order, duration, lowest availability,
//! dead ends; and what happens when the new version crashes.

use crate::cluster::{Cluster, TaskState};
use crate::plan::service::Service;
use crate::plan::{Progress, Stage};
use crate::rollout::{
    self, Behaviour, Containers, Course, DeadEnd, Fault, FaultKind, Place, Scenario, Timeline,
    UpdateState, What,
};
use crate::scheduler::{Options, Schedule};
use crate::swarm::spec::{HealthConfig, ServiceSpec};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What nobody knows before, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assumptions {
    /// To pull an image.
    pub pull: u64,
    /// From a container's start until it can do its work.
    pub start: u64,
    /// From the signal until a container is gone.
    pub stop: u64,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self { pull: 10_000, start: 5_000, stop: 1_000 }
    }
}

/// The update of one service, all others staying as they are.
#[derive(Clone, Debug)]
pub struct Update {
    /// The service's place in the plan's list.
    pub service: usize,
    pub start_first: bool,
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

/// The updates of all services of the stack that run for ever.
pub(super) fn updates(
    services: &[Service],
    settled: &Cluster,
    schedule: &Schedule,
    options: &Options,
    assumptions: Assumptions,
    watch: &dyn Fn(Progress),
) -> Vec<Update> {
    let mut found = Vec::new();
    for (index, service) in services.iter().enumerate() {
        watch(Progress { stage: Stage::Updates, done: index, of: services.len() });
        let running = service.running();
        let is_played = service.key.is_some() && !service.spec.mode.is_job();
        if !is_played || running == 0 || running > MOST_TASKS {
            continue;
        }
        let spec = next(service.spec);
        let mut containers =
            Containers { usual: usual(service.spec, assumptions), ..Default::default() };
        let play = |containers: Containers| {
            let networks = &options.networks;
            let name = service.name;
            rollout::play(&Scenario::of_update(
                settled, schedule, networks, containers, name, &spec,
            ))
        };
        let timeline = play(containers.clone());
        let fault = Fault { kind: FaultKind::Crash, after: 1_000, first: None };
        containers
            .images
            .insert(NEXT.to_owned(), Behaviour { fault: Some(fault), ..containers.usual });
        let crash = crash(service, &play(containers));
        found.extend(update(index, service, &spec, &timeline, crash));
    }
    found
}

/// The service with another image.
fn next(spec: &ServiceSpec) -> ServiceSpec {
    let mut spec = spec.clone();
    NEXT.clone_into(&mut spec.task_template.container_spec.image);
    spec
}

fn usual(spec: &ServiceSpec, it: Assumptions) -> Behaviour {
    let container = &spec.task_template.container_spec;
    let grace = container.stop_grace_period.map_or(10_000, |it| (it / 1_000_000).max(0) as u64);
    let start = container.healthcheck.as_ref().map_or(it.start, |check| healthy(check, it.start));
    Behaviour { prepare: it.pull, start, stop: it.stop.min(grace), fault: None }
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
    let all = service.running() as u64;
    let at_once = config.map_or(1, |it| it.parallelism);
    let steps = steps(timeline, at, course.initial_running);
    let tracks = tracks(timeline, at);
    Some(Update {
        service: index,
        start_first: config.is_some_and(|it| it.order == "start-first"),
        at_once: if at_once == 0 { all } else { at_once.min(all) },
        dead_ends: rollout::dead_ends(spec, &course),
        course,
        steps,
        tracks,
        crash,
    })
}

/// The events of one service that a reader cares for.
fn steps(timeline: &Timeline, service: u32, running: u64) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut running = running;
    for event in timeline.events.iter().filter(|it| it.service == Some(service)) {
        let Some(task) = event.task.and_then(|it| timeline.tasks.get(it as usize)) else {
            continue;
        };
        let what = match &event.what {
            What::Created(_) if event.at > 0 || task.number > 1 => Happens::Made,
            What::Wanted(_, TaskState::Shutdown | TaskState::Remove) => Happens::Stops,
            What::State(_, TaskState::Running, ..) => Happens::Runs,
            What::State(_, TaskState::Failed | TaskState::Rejected, ..) => Happens::Fails,
            What::State(TaskState::Running, ..) => Happens::Stopped,
            _ => continue,
        };
        if let What::State(before, after, ..) = event.what {
            running += u64::from(after == TaskState::Running);
            running = running.saturating_sub(u64::from(before == TaskState::Running));
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
    let own = (0_u32..).zip(&timeline.tasks).filter(|(_, it)| it.service == service);
    since.extend(own.filter(|(_, it)| it.number == 1).map(|(task, _)| (task, 0)));
    let mut ended = |task: u32, from: u64, until: u64| {
        let it = &timeline.tasks[task as usize];
        runs.entry(it.place).or_default().push((from, until, it.number > 1));
    };
    for event in timeline.events.iter().filter(|it| it.service == Some(service)) {
        let (Some(task), What::State(before, after, ..)) = (event.task, &event.what) else {
            continue;
        };
        if *after == TaskState::Running {
            since.insert(task, event.at);
        } else if *before == TaskState::Running
            && let Some(from) = since.remove(&task)
        {
            ended(task, from, event.at);
        }
    }
    for (task, from) in since {
        ended(task, from, end);
    }
    runs.into_iter().map(|(place, runs)| Track { place, runs }).collect()
}

fn crash(service: &Service, timeline: &Timeline) -> Crash {
    let Some(course) = timeline.course(service.name) else { return Crash::default() };
    let old = &service.spec.task_template.container_spec.image;
    let is_old =
        |(state, image): &&(TaskState, Rc<str>)| *state == TaskState::Running && **image == **old;
    Crash {
        state: course.update.as_ref().map(|it| it.state).unwrap_or_default(),
        message: course.update.as_ref().map(|it| timeline.message(it)).unwrap_or_default(),
        min_running: course.min_running,
        old_running: course.last.iter().filter(is_old).count() as u64,
    }
}
