//! Updates that never end, for the rules that each name one cause.

use crate::cluster::Cluster;
use crate::edit::Patch;
use crate::rollout::{Containers, DeadEnd, DeadEndKind, Scenario, dead_ends, play};
use crate::rule::{Deployment, Findings};
use crate::rules::placing::cause;
use crate::scheduler::{Fate, NetworkDrivers, Schedule, Scheduled};
use crate::source::Named;
use crate::stack::Service;
use crate::swarm::spec::Mode;

/// The most tasks of all services for which updates are played through: each takes its time.
const MOST_TASKS: usize = 20_000;

/// Reports an update with `start-first` that waits without limit for one of these causes.
pub(super) fn report_blocked(
    service: &Named<Service>,
    deployment: &Deployment,
    causes: &[(DeadEndKind, &str)],
    help: &str,
    found: &mut Findings,
) {
    let update = service.deploy.as_ref().and_then(|it| it.update_config.as_ref());
    let Some(order) = update.and_then(|it| it.order.as_ref()) else { return };
    let (Some(schedule), Some(scheduled)) = (deployment.schedule, deployment.scheduled(service))
    else {
        return;
    };
    if order.value != "start-first" || scheduled.pending() > 0 || scheduled.spec.mode.is_job() {
        return;
    }
    if cause(service, deployment).is_some() || !is_blocked(schedule, scheduled) {
        return;
    }
    let end = dead_end(deployment.cluster, schedule, deployment.networks, scheduled);
    let why = |it: DeadEndKind| causes.iter().find(|cause| cause.0 == it).map(|it| it.1);
    let Some(end) = end else { return };
    let Some(why) = why(end.kind) else { return };
    let patch = found.site(order.span()).and_then(|it| it.replace("stop-first"));
    let fix = match end.kind {
        DeadEndKind::StartFirstHostPort => Patch::safe(patch, "use `stop-first`"),
        _ => Patch::risky(patch, "use `stop-first`"),
    };
    let finding = found.report(order, format!("the next update never ends: {why}"));
    finding.help(help).fix(fix);
    if !end.message.is_empty() {
        finding.note(format!("Swarm says: {}", end.message));
    }
}

/// Whether no node takes one task more: the first new one, and each that follows where one can go.
fn is_blocked(schedule: &Schedule, scheduled: &Scheduled) -> bool {
    let own = || scheduled.tasks.iter().filter(|it| matches!(it.fate, Fate::Kept | Fate::Placed));
    let refuses = |node: u32| !schedule.verdict(scheduled, node).refusals.is_empty();
    match scheduled.spec.mode {
        Mode::Global(_) => own().filter_map(|it| it.node).any(refuses),
        _ => own().next().is_some() && (0..schedule.state.nodes.len() as u32).all(refuses),
    }
}

/// What another update of the service runs into.
fn dead_end(
    cluster: &Cluster,
    schedule: &Schedule,
    networks: &NetworkDrivers,
    scheduled: &Scheduled,
) -> Option<DeadEnd> {
    let tasks: usize = schedule.services.iter().map(|it| it.tasks.len()).sum();
    if tasks > MOST_TASKS {
        return None;
    }
    let mut after = scheduled.spec.clone();
    after.task_template.force_update = after.task_template.force_update.wrapping_add(1);
    let containers = Containers::default();
    let scenario =
        Scenario::of_update(cluster, schedule, networks, containers, scheduled.name, &after);
    let timeline = play(&scenario);
    let ends = dead_ends(&after, timeline.course(scheduled.name)?);
    ends.into_iter().next()
}
