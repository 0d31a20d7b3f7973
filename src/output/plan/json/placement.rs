//! Services and their tasks.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::output::plan::words;
use crate::plan::{self, Plan, is_pending, is_running};
use crate::scheduler::Fate;
use crate::swarm::spec::ServiceSpec;

/// A task that runs, or is to run. A pending task of a global service has its node already.
#[derive(Serialize)]
pub(super) struct Task<'a> {
    service: &'a str,
    slot: Option<u64>,
    node: Option<&'a str>,
    /// Swarm's sentence, for a task that stays pending.
    message: Option<&'a str>,
    /// Whether it runs already.
    existing: bool,
    /// How many other nodes were as good.
    ties: u32,
    /// Named resources that it is given: kinds and names.
    resources: &'a [(String, String)],
}

/// A task that ends.
#[derive(Serialize)]
pub(super) struct Leaving<'a> {
    service: &'a str,
    slot: Option<u64>,
    node: Option<&'a str>,
    /// `removed`: one too many; `replaced`: by one made from the new spec; `displaced`: its node is
    /// lost or no longer meets the constraints.
    reason: &'static str,
}

#[derive(Serialize)]
pub(super) struct Service<'a> {
    name: &'a str,
    /// Its name in the stack file; null where it is not of the stack.
    key: Option<&'a str>,
    mode: &'static str,
    wanted: u64,
    placed: usize,
    pending: usize,
    /// Whether Swarm may as well spread the tasks otherwise.
    varies: bool,
    /// What each task reserves.
    reservations: Reservations,
    /// What the deploy changes of it; null where it is new, or not of the stack.
    change: Option<Change<'a>>,
    /// Why its tasks are where they are; null where it is not of the stack, and in large clusters.
    why: Option<Why<'a>>,
}

#[derive(Serialize)]
struct Why<'a> {
    /// The same in words; null where none of its tasks has a node.
    text: Option<String>,
    /// How many nodes may run it, whether they have room or not.
    candidates: usize,
    /// How many others lack nothing but that they take no tasks.
    closed: usize,
    /// Constraints that turn nodes away, and how many.
    constraints: Vec<Turned<'a>>,
    /// What else nodes lack for good, and how many do.
    lacks: Vec<Lacking>,
    spread: Vec<Spread<'a>>,
    /// Nodes that may run it, have fewer of its tasks than others, and have no room.
    full: Vec<Full<'a>>,
    /// Whether all of its tasks stay where they run.
    stays: bool,
}

#[derive(Serialize)]
struct Turned<'a> {
    constraint: &'a str,
    nodes: usize,
}

#[derive(Serialize)]
struct Lacking {
    text: String,
    nodes: usize,
}

/// A label, and the tasks by its values.
#[derive(Serialize)]
struct Spread<'a> {
    label: &'a str,
    tasks: &'a BTreeMap<String, usize>,
    /// Values of nodes none of which may run it, among which Swarm divides all the same.
    idle: &'a [String],
}

#[derive(Serialize)]
struct Full<'a> {
    nodes: Vec<&'a str>,
    lacks: String,
}

#[derive(Serialize)]
struct Change<'a> {
    fields: &'a [&'static str],
    replaced: usize,
    /// Swarm's words where it refuses the change.
    refused: Option<&'static str>,
}

#[derive(Serialize)]
struct Reservations {
    nano_cpus: i64,
    memory_bytes: i64,
}

pub(super) fn tasks<'p>(plan: &'p Plan) -> Vec<Task<'p>> {
    let mut tasks = Vec::new();
    for service in &plan.services {
        for it in service.tasks.iter().filter(|it| is_running(it) || is_pending(it)) {
            tasks.push(Task {
                service: service.name,
                slot: it.slot,
                node: it.node.map(|it| plan.node(it)),
                message: service.message_of(it),
                existing: it.fate == Fate::Kept,
                ties: it.ties,
                resources: &it.resources,
            });
        }
    }
    tasks
}

pub(super) fn leaving<'p>(plan: &'p Plan) -> Vec<Leaving<'p>> {
    let mut leaving = Vec::new();
    for service in &plan.services {
        for it in &service.tasks {
            let reason = match it.fate {
                Fate::Removed => "removed",
                Fate::Replaced => "replaced",
                Fate::Leaving => "displaced",
                _ => continue,
            };
            let node = it.node.map(|it| plan.node(it));
            leaving.push(Leaving { service: service.name, slot: it.slot, node, reason });
        }
    }
    leaving
}

pub(super) fn services<'p>(plan: &'p Plan) -> Vec<Service<'p>> {
    let service = |it: &'p crate::plan::Service| Service {
        name: it.name,
        key: it.key,
        mode: it.mode(),
        wanted: it.wanted(),
        placed: it.running(),
        pending: it.waiting(),
        varies: it.varies,
        reservations: reservations(it.spec),
        change: it.change.as_ref().map(|it| Change {
            fields: &it.fields,
            replaced: it.replaced,
            refused: it.refused,
        }),
        why: it.why.as_ref().map(|why| self::why(plan, it, why)),
    };
    plan.services.iter().map(service).collect()
}

fn why<'p>(plan: &'p Plan, service: &plan::Service, it: &'p plan::Why) -> Why<'p> {
    let names = |them: &[u32]| them.iter().map(|it| plan.node(*it)).collect();
    Why {
        text: words::why(plan, service),
        candidates: it.candidates.len(),
        closed: it.closed,
        constraints: (it.constraints.iter())
            .map(|(constraint, nodes)| Turned { constraint, nodes: *nodes })
            .collect(),
        lacks: (it.lacks.iter())
            .map(|(lack, nodes)| Lacking { text: words::lack(lack), nodes: *nodes })
            .collect(),
        spread: (it.spread.iter())
            .map(|it| Spread { label: &it.label, tasks: &it.values, idle: &it.idle })
            .collect(),
        full: (it.full.iter())
            .map(|it| Full { nodes: names(&it.nodes), lacks: words::lacks(it) })
            .collect(),
        stays: it.stays,
    }
}

fn reservations(spec: &ServiceSpec) -> Reservations {
    let resources = spec.task_template.resources.as_ref();
    let reserved = resources.and_then(|it| it.reservations.as_ref());
    Reservations {
        nano_cpus: reserved.map_or(0, |it| it.nano_cpus),
        memory_bytes: reserved.map_or(0, |it| it.memory_bytes),
    }
}
