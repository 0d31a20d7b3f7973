//! Where a service's tasks are, and which of them new constraints leave out.

use crate::cluster::{Cluster, Node, TaskState};
use crate::swarm::spec::{Mode, ServiceSpec};
use crate::value::constraint;

/// How many tasks of a service run, or are to run; none where nobody knows.
pub(super) fn count(spec: &ServiceSpec, cluster: Option<&Cluster>) -> Option<u64> {
    if let Some(tasks) = own(spec, cluster) {
        return Some(tasks.map(|it| it.0).fold(0, u64::saturating_add));
    }
    match &spec.mode {
        Mode::Replicated(it) => Some(it.replicas.unwrap_or(1)),
        Mode::ReplicatedJob(it) => Some(it.total_completions.unwrap_or(1)),
        Mode::Global(_) | Mode::GlobalJob(_) => None,
    }
}

/// How many of the service's tasks are on nodes that constraints leave out; none where nobody knows
/// where they are.
pub(super) fn moved(
    spec: &ServiceSpec,
    constraints: &[String],
    cluster: Option<&Cluster>,
) -> Option<u64> {
    let parsed: Result<Vec<_>, _> = constraints.iter().map(|it| constraint::parse(it)).collect();
    // One that cannot be read switches them all off.
    let parsed = parsed.unwrap_or_default();
    let moved = own(spec, cluster)?.filter(|(_, node)| {
        let Some(node) = node else { return false };
        let facts = node.facts();
        !parsed.iter().all(|it| it.matches(&facts))
    });
    Some(moved.map(|it| it.0).fold(0, u64::saturating_add))
}

/// The tasks that are to stay, by how many they are and where.
fn own<'a>(
    spec: &'a ServiceSpec,
    cluster: Option<&'a Cluster>,
) -> Option<impl Iterator<Item = (u64, Option<&'a Node>)>> {
    let cluster = cluster?;
    let tasks = cluster.tasks.as_ref()?.iter();
    let live = tasks.filter(|it| {
        it.service.value == spec.name
            && it.state <= TaskState::Running
            && it.desired <= TaskState::Complete
    });
    Some(live.map(|it| {
        let node = it.node_index.and_then(|at| cluster.nodes.get(at));
        (it.count, node.map(|it| &it.value))
    }))
}
