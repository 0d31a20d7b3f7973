//! How a job of the stack would go: its tasks end, and others take their turn.

use crate::cluster::{Cluster, TaskState};
use crate::plan::service::Service;
use crate::plan::update::{Assumptions, usual};
use crate::rollout::{self, Behaviour, Containers, Fault, FaultKind, Scenario, What};
use crate::scheduler::Options;
use crate::swarm::spec::{Mode, ServiceSpec};

/// One run of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The service's place in the plan's list.
    pub service: usize,
    /// How many tasks may run at a time.
    pub at_once: u64,
    /// How many tasks have to end well.
    pub total: u64,
    /// How many end well, if each does its work.
    pub completed: u64,
    /// Milliseconds until the last one has ended; none where some never find a node.
    pub done_at: Option<u64>,
}

/// The most tasks of a job that is played through.
const MOST_TASKS: u64 = 2_000;

/// The runs of all jobs of the stack, beside everything else that runs.
pub(super) fn jobs(
    services: &[Service],
    settled: &Cluster,
    options: &Options,
    assumptions: Assumptions,
) -> Vec<Job> {
    let own = services.iter().enumerate();
    let own = own.filter(|(_, it)| it.key.is_some() && it.spec.mode.is_job());
    own.filter_map(|(index, it)| job(index, it, settled, options, assumptions)).collect()
}

fn job(
    index: usize,
    service: &Service,
    settled: &Cluster,
    options: &Options,
    assumptions: Assumptions,
) -> Option<Job> {
    let (at_once, total) = if let Mode::ReplicatedJob(it) = &service.spec.mode {
        let at_once = it.max_concurrent.unwrap_or(1);
        (at_once, it.total_completions.unwrap_or(at_once))
    } else {
        let all = (service.running() + service.waiting()) as u64;
        (all, all)
    };
    if total > MOST_TASKS {
        return None;
    }
    // It runs from its start, so its own tasks are not there yet.
    let mut cluster = settled.clone();
    let is_own = |it: &str| it == service.name;
    cluster.tasks.iter_mut().for_each(|them| them.retain(|it| !is_own(&it.service.value)));
    let running = settled.services.iter().flatten().map(|it| &it.value.spec);
    let running: Vec<&ServiceSpec> = running.filter(|it| !is_own(&it.name)).collect();
    let work = Fault { kind: FaultKind::Complete, after: assumptions.work, first: None };
    let times = Behaviour { fault: Some(work), ..usual(service.spec, assumptions) };
    let containers =
        Containers { services: [(service.name.to_owned(), times)].into(), ..Containers::default() };
    let wanted = [service.spec];
    let scenario = Scenario::of_deploy(&cluster, running, &wanted, &options.networks, containers);
    let timeline = rollout::play(&scenario);
    let at = timeline.services.iter().position(|it| it.service == service.name)? as u32;
    let ends = timeline.events.iter().filter(|it| {
        it.service == Some(at) && matches!(it.what, What::State(_, TaskState::Complete, ..))
    });
    let ends: Vec<u64> = ends.map(|it| it.at).collect();
    let completed = ends.len() as u64;
    let done_at = (completed >= total).then(|| ends.last().copied().unwrap_or_default());
    Some(Job { service: index, at_once, total, completed, done_at })
}
