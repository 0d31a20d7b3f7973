//! Which nodes a service may use, and which rule says what keeps its tasks from them, so that each
//! cause is told once.

use crate::cluster::{Amount, Cluster, Node};
use crate::rule::Deployment;
use crate::rules::amounts::{bytes, cpus};
use crate::rules::constraints::{Written, each};
use crate::rules::words::code;
use crate::rules::{constraint_arch_alias, constraint_contradiction};
use crate::scheduler::Preference;
use crate::source::{Named, Place};
use crate::stack::Service;
use crate::stack::model::GenericResource;
use crate::swarm::spec::{Mode, Reservations};
use crate::value::constraint::{Key, Operator};

/// What keeps tasks of a service from every node, or from too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// No node takes any task.
    NoNode,
    /// Something of the service is not known, or is wrong by itself: other rules say so.
    Told,
    LabelCase,
    Constraints,
    /// A resource that no node has.
    Generic,
    Reservation,
    MaxReplicas,
}

/// The first cause that can be told without placing anything.
pub(super) fn cause(service: &Named<Service>, deployment: &Deployment) -> Option<Cause> {
    let cluster = deployment.cluster;
    if ready(cluster).next().is_none() {
        return Some(Cause::NoNode);
    }
    let written = each(service);
    let declared = service.deploy.iter().flat_map(|it| &it.placement.constraints).count();
    if written.len() < declared {
        return Some(Cause::Told);
    }
    // An inventory need not say which ids and addresses the nodes have.
    let is_unknown = |it: &Written, node: &Named<Node>| match it.constraint.key {
        Key::Ip => node.address.value.is_empty(),
        Key::Id => node.id.place.span == node.name.place.span,
        _ => false,
    };
    if ready(cluster).any(|node| written.iter().any(|it| is_unknown(it, node))) {
        return Some(Cause::Told);
    }
    let eligible = eligible(service, cluster);
    if eligible.is_empty() {
        return Some(if is_told(&written) {
            Cause::Told
        } else if written.iter().any(|it| other_case(it, cluster).is_some() && is_equal(it)) {
            Cause::LabelCase
        } else {
            Cause::Constraints
        });
    }
    if !missing_kinds(service, &eligible).is_empty() {
        return Some(Cause::Generic);
    }
    if exceeded(service, deployment, &eligible).is_some() {
        return Some(Cause::Reservation);
    }
    let most = most_replicas(service, deployment, &eligible);
    most.is_some_and(|(most, replicas)| replicas > most).then_some(Cause::MaxReplicas)
}

/// The nodes that take new tasks.
pub(super) fn ready(cluster: &Cluster) -> impl Iterator<Item = &Named<Node>> {
    cluster.nodes.iter().filter(|it| it.is_ready())
}

/// Those of them that meet every constraint of the service.
pub(super) fn eligible<'a>(service: &Named<Service>, cluster: &'a Cluster) -> Vec<&'a Named<Node>> {
    let written = each(service);
    let meets = |node: &&Named<Node>| {
        let facts = node.facts();
        written.iter().all(|it| it.constraint.matches(&facts))
    };
    ready(cluster).filter(meets).collect()
}

/// Whether a rule about the text alone says that the constraints cannot be met.
fn is_told(written: &[Written]) -> bool {
    let is_wrong = |it: &Written| {
        let (key, value) = (&it.constraint.key, it.constraint.value.text.to_ascii_lowercase());
        match key {
            Key::Role => !matches!(value.as_str(), "manager" | "worker"),
            Key::Arch => constraint_arch_alias::ALIASES.iter().any(|it| it.0 == value),
            _ => it.constraint.is_hopeless() || value.contains(['*', '?']),
        }
    };
    let contradict = |(at, it): (usize, &Written)| {
        written[..at].iter().any(|first| constraint_contradiction::contradict(first, it))
    };
    written.iter().any(is_wrong) || written.iter().enumerate().any(contradict)
}

fn is_equal(it: &Written) -> bool {
    it.constraint.operator == Operator::Equal
}

/// The label that a constraint most likely meant: no node has the one it names, but this one, which
/// differs in case only.
pub(super) fn other_case(it: &Written, cluster: &Cluster) -> Option<String> {
    let (name, is_engine) = match &it.constraint.key {
        Key::NodeLabel(name) => (name, false),
        Key::EngineLabel(name) => (name, true),
        _ => return None,
    };
    same_but_case(name, is_engine, cluster)
}

/// The same for any label.
pub(super) fn same_but_case(name: &str, is_engine: bool, cluster: &Cluster) -> Option<String> {
    let mut found = None;
    for node in &cluster.nodes {
        let labels = if is_engine { &node.engine_labels } else { &node.labels };
        for label in labels.keys() {
            if label == name {
                return None;
            }
            if label.to_lowercase() == name.to_lowercase() {
                found = Some(label.clone());
            }
        }
    }
    found
}

/// The label that a preference spreads over, if it is one.
pub(super) fn has_label(preference: Preference, node: &Node) -> bool {
    match preference {
        Preference::NodeLabel(name) => node.labels.contains_key(name),
        Preference::EngineLabel(name) => node.engine_labels.contains_key(name),
    }
}

/// Reserved kinds that none of the nodes has.
pub(super) fn missing_kinds<'s>(
    service: &'s Named<Service>,
    nodes: &[&Named<Node>],
) -> Vec<&'s GenericResource> {
    let reserved = service.deploy.iter().filter_map(|it| it.resources.reservations.as_ref());
    let is_missing = |it: &&GenericResource| {
        let Some(kind) = &it.kind else { return false };
        !nodes.iter().any(|node| amount(node, kind) > 0)
            && it.value.as_ref().is_some_and(|it| it.value > 0)
    };
    reserved.flat_map(|it| &it.generic).filter(is_missing).collect()
}

/// How much of a kind a node has.
fn amount(node: &Node, kind: &str) -> i64 {
    let own = node.generic_resources.iter().filter(|it| it.kind == kind);
    let counts = own.map(|it| match &it.amount {
        Amount::Count(count) => *count,
        Amount::Named(names) => names.len() as i64,
    });
    counts.fold(0, i64::saturating_add)
}

/// A reservation that is more than the largest node has.
pub(super) struct Exceeded {
    pub place: Option<Place>,
    /// What is reserved, and the most that a node has.
    pub wanted: String,
    pub most: String,
    pub node: String,
}

/// The first reservation that is more than every one of the nodes has in all.
pub(super) fn exceeded(
    service: &Named<Service>,
    deployment: &Deployment,
    nodes: &[&Named<Node>],
) -> Option<Exceeded> {
    let spec = &deployment.spec(service)?.task_template;
    let reserved: &Reservations = spec.resources.as_ref()?.reservations.as_ref()?;
    let written = service.deploy.as_ref().and_then(|it| it.resources.reservations.as_ref());
    let largest = |of: &dyn Fn(&Node) -> i64| {
        let all = nodes.iter().map(|it| (of(it), it.name.value.clone()));
        all.max_by_key(|it| it.0)
    };
    let unknown = i64::MAX;
    let (most, node) = largest(&|it| it.nano_cpus.as_ref().map_or(unknown, |it| it.value))?;
    if reserved.nano_cpus > most {
        let place = written.and_then(|it| it.cpus.as_ref()).map(|it| it.place);
        let (wanted, most) = (cpus(reserved.nano_cpus), cpus(most));
        return Some(Exceeded { place, wanted, most, node });
    }
    let (most, node) = largest(&|it| it.memory_bytes.as_ref().map_or(unknown, |it| it.value))?;
    if reserved.memory_bytes > most {
        let place = written.and_then(|it| it.memory.as_ref()).map(|it| it.place);
        let (wanted, most) = (bytes(reserved.memory_bytes), bytes(most));
        return Some(Exceeded { place, wanted, most, node });
    }
    for it in written.iter().flat_map(|it| &it.generic) {
        let (Some(kind), Some(value)) = (&it.kind, &it.value) else { continue };
        let (most, node) = largest(&|it| amount(it, kind))?;
        if value.value > most {
            let text = |count: i64| format!("{count} of {}", code(&kind.value));
            let (wanted, most) = (text(value.value), text(most));
            return Some(Exceeded { place: Some(value.place), wanted, most, node });
        }
    }
    None
}

/// How many replicas the nodes may run, and how many are asked for; none where nothing limits them.
pub(super) fn most_replicas(
    service: &Named<Service>,
    deployment: &Deployment,
    nodes: &[&Named<Node>],
) -> Option<(u64, u64)> {
    let spec = deployment.spec(service)?;
    let limit = spec.task_template.placement.as_ref()?.max_replicas;
    let Mode::Replicated(mode) = &spec.mode else { return None };
    let most = limit.saturating_mul(nodes.len() as u64);
    (limit > 0).then_some((most, mode.replicas.unwrap_or(1)))
}
