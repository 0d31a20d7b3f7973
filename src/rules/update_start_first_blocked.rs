//! An update that starts new tasks first can never start one.
//!
//! ## Why
//!
//! With `order: start-first` the old task stops once the new one runs. Where the old tasks hold
//! what the new one needs (a port of the node, the reserved memory, the replicas that a node may
//! run), the new one stays pending. Swarm waits for it without limit: the update neither fails nor
//! rolls back.
//!
//! ## Example
//!
//! ```yaml nodes.yml
//! nodes:
//!   m1: {role: manager}
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports:
//!       - {target: 80, published: 80, mode: host}
//!     deploy:
//!       update_config: {order: start-first}
//! ```
//!
//! ## Fix
//!
//! Use `order: stop-first`, or leave room for one more task:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports:
//!       - {target: 80, published: 80, mode: host}
//!     deploy:
//!       update_config: {order: stop-first}
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/orchestrator/update/updater.go`.

use crate::cluster::Cluster;
use crate::diagnostic::Severity;
use crate::rollout::{Containers, DeadEnd, DeadEndKind, Scenario, dead_ends, play};
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::host_port_start_first;
use crate::rules::placing::cause;
use crate::scheduler::{Fate, NetworkDrivers, Schedule, Scheduled};
use crate::source::Named;
use crate::stack::Service;
use crate::swarm::spec::Mode;

pub(super) const RULE: Rule = Rule {
    id: "update-start-first-blocked",
    summary: "update that starts first and finds no room",
    group: Group::Placement,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Placement(check),
};

/// The most tasks of all services for which updates are played through: each takes its time.
const MOST_TASKS: usize = 20_000;

fn check(service: &Named<Service>, deployment: &Deployment, found: &mut Findings) {
    let update = service.deploy.as_ref().and_then(|it| it.update_config.as_ref());
    let Some(order) = update.and_then(|it| it.order.as_ref()) else { return };
    if host_port_start_first::blocked(service).is_some() {
        return;
    }
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
    let Some(end) = dead_end(deployment.cluster, schedule, deployment.networks, scheduled) else {
        return;
    };
    let why = match end.kind {
        DeadEndKind::StartFirstHostPort => "the old tasks hold the port on every node for it",
        DeadEndKind::StartFirstMaxReplicas => "every node for it runs as many replicas as it may",
        DeadEndKind::StartFirstNoRoom => "no node has room for one more task beside the old ones",
        _ => return,
    };
    let finding = found.report(order, format!("the next update never ends: {why}"));
    finding.help("use `stop-first`, or leave room for one task more");
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
