//! Losses, and what the settings want, in words.

use crate::output::plan::amount::count;
use crate::output::plan::text::listed;
use crate::plan::{Breach, Limit, Lost, Move, Outcome, Plan};

/// What becomes of tasks, the good first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::output::plan) enum Kind {
    Moves,
    MovesWithoutData,
    Pending,
    PendingWithoutData,
    NotReplaced,
    NotMoved,
    NotRestarted,
    Gone,
}

impl Kind {
    pub(in crate::output::plan) fn word(self) -> &'static str {
        match self {
            Self::Moves => "moves",
            Self::MovesWithoutData => "moves, its data stays behind",
            Self::Pending => "stays pending",
            Self::PendingWithoutData => "stays pending, its data is on the lost node",
            Self::NotReplaced => "is lost",
            Self::NotMoved => "is not moved, as no job's task is",
            Self::NotRestarted => "is lost for its restart policy",
            Self::Gone => "ends with the node",
        }
    }
}

pub(in crate::output::plan) fn kind(it: &Move) -> Kind {
    match &it.outcome {
        Outcome::To(_) if it.left_behind.is_empty() => Kind::Moves,
        Outcome::To(_) => Kind::MovesWithoutData,
        Outcome::Pending(_) if it.left_behind.is_empty() => Kind::Pending,
        Outcome::Pending(_) => Kind::PendingWithoutData,
        Outcome::NoQuorum => Kind::NotReplaced,
        Outcome::NotMoved => Kind::NotMoved,
        Outcome::NotRestarted => Kind::NotRestarted,
        Outcome::Gone => Kind::Gone,
    }
}

/// What is lost, for a column: `w1`, `zone a (m1, w1)`, `m1 + m2`.
pub(in crate::output::plan) fn lost_short(plan: &Plan, lost: &Lost) -> String {
    match lost {
        Lost::Node(it) => plan.node(*it).to_owned(),
        Lost::Zone(zone) => format!("zone {zone}"),
        Lost::Host(host) => format!("host {host}"),
        Lost::Managers(one, other) => format!("{} + {}", plan.node(*one), plan.node(*other)),
        Lost::Asked { .. } => self::lost(plan, lost),
    }
}

/// What happens, as a sentence: `w1 goes down and w2 is drained`.
pub(in crate::output::plan) fn lost(plan: &Plan, lost: &Lost) -> String {
    let names = |them: &[u32]| listed(&them.iter().map(|it| plan.node(*it)).collect::<Vec<_>>());
    let verb = |them: &[u32], one: &str, more: &str| {
        let verb = if them.len() == 1 { one } else { more };
        (!them.is_empty()).then(|| format!("{} {verb}", names(them)))
    };
    match lost {
        Lost::Node(it) => format!("{} goes down", plan.node(*it)),
        Lost::Zone(zone) => format!("zone {zone} goes down"),
        Lost::Host(host) => format!("host {host} goes down"),
        Lost::Managers(one, other) => format!("{} go down", names(&[*one, *other])),
        Lost::Asked { down, drain } => {
            let parts =
                [verb(down, "goes down", "go down"), verb(drain, "is drained", "are drained")];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" and ")
        }
    }
}

/// A task, and what becomes of it.
pub(in crate::output::plan) fn step(plan: &Plan, it: &Move) -> (String, String) {
    let service = &plan.services[it.service];
    let who = match it.slot {
        Some(slot) => format!("{}.{slot}", service.name),
        None => format!("{} on {}", service.name, plan.node(it.from)),
    };
    let mut what = match &it.outcome {
        Outcome::To(node) => format!("{} → {}", plan.node(it.from), plan.node(*node)),
        Outcome::Pending(message) => format!("stays pending: {message}"),
        Outcome::NoQuorum => "is not replaced: without a quorum nothing is".to_owned(),
        Outcome::NotMoved => "is not moved, as no job's task is: its node comes back, or a day \
                              passes"
            .to_owned(),
        Outcome::NotRestarted => "is not replaced: restart_policy says none".to_owned(),
        Outcome::Gone => "ends with the node".to_owned(),
    };
    if !it.left_behind.is_empty() {
        what = format!("{what}; stays on {}: {}", plan.node(it.from), listed(&it.left_behind));
    }
    (who, what)
}

/// What the plan does not hold.
pub(in crate::output::plan) fn breach(plan: &Plan, it: &Breach) -> String {
    let failure =
        |index: usize| plan.failures.get(index).map(|it| lost(plan, &it.lost)).unwrap_or_default();
    match it {
        Breach::Failure { policy, failure: index } => {
            format!("survive {policy}: not when {}", failure(*index))
        }
        Breach::Available { service, wanted, least, failure: index } => {
            let name = plan.services[*service].name;
            let when = index.map(|it| format!(" when {}", failure(it))).unwrap_or_default();
            format!("min-available {name} = {wanted}: only {least} run{when}")
        }
        Breach::Update { service, wanted, least } => {
            let name = plan.services[*service].name;
            format!("min-available {name} = {wanted}: only {least} run while it is updated")
        }
    }
}

/// What runs out, and on how many nodes.
pub(in crate::output::plan) fn limit((limit, nodes): &(Limit, usize)) -> String {
    let on = count(*nodes, "node");
    match limit {
        Limit::Cpus => format!("CPUs run out on {on}"),
        Limit::Memory => format!("memory runs out on {on}"),
        Limit::Generic(kind) => format!("{kind} runs out on {on}"),
        Limit::HostPort(port) => format!("port {port} can be had once on each of {on}"),
        Limit::MaxReplicas => format!("max_replicas_per_node is reached on {on}"),
        Limit::Volume => format!("its volume sets the limit on {on}"),
        Limit::Addresses(network) => format!("the network {network} has no more addresses"),
        Limit::NoNode => "no node may run it".to_owned(),
    }
}
