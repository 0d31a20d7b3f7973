//! The managers' quorum, addresses, room to grow, and what the settings want.

use serde::Serialize;

use crate::output::plan::words;
use crate::plan::{self, Plan};

#[derive(Serialize)]
pub(super) struct Quorum<'a> {
    managers: Vec<&'a str>,
    reachable: usize,
    needed: usize,
    /// How many more may be lost.
    spare: usize,
    kept: bool,
    /// Zones that take the quorum with them.
    deciding_zones: Vec<&'a str>,
    /// Machines that bear several managers.
    shared_hosts: Vec<Shared<'a>>,
    /// What managers share, in words.
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct Shared<'a> {
    host: &'a str,
    managers: Vec<&'a str>,
    /// Whether its loss is the quorum's.
    decides: bool,
}

#[derive(Serialize)]
pub(super) struct Addresses<'a> {
    network: &'a str,
    /// Null where Swarm chooses it.
    subnet: Option<&'a str>,
    /// How many there are to give; null where that is not known.
    size: Option<u64>,
    used: u64,
    /// How many are used while all services of the stack are updated at once.
    used_in_update: u64,
    tasks: u64,
    services: u64,
    nodes: u64,
}

#[derive(Serialize)]
pub(super) struct Capacity<'a> {
    service: &'a str,
    /// How many more replicas fit; null where nothing sets a limit.
    more: Option<u64>,
    limits: Vec<Limit>,
}

#[derive(Serialize)]
struct Limit {
    /// What runs out, in words.
    what: String,
    nodes: usize,
}

pub(super) fn quorum<'p>(plan: &'p Plan) -> Quorum<'p> {
    let it = &plan.quorum;
    Quorum {
        managers: it.managers.iter().map(|it| plan.node(*it)).collect(),
        reachable: it.reachable.len(),
        needed: it.needed(),
        spare: it.spare(),
        kept: it.is_kept(),
        deciding_zones: it.deciding_zones().collect(),
        shared_hosts: it
            .shared_hosts()
            .map(|(host, managers)| Shared {
                host,
                managers: managers.iter().map(|it| plan.node(*it)).collect(),
                decides: it.decide(managers),
            })
            .collect(),
        warnings: words::shared(plan).into_iter().map(|it| it.1).collect(),
    }
}

pub(super) fn addresses(it: &plan::Addresses) -> Addresses<'_> {
    Addresses {
        network: &it.name,
        subnet: it.subnet.as_deref(),
        size: it.size,
        used: it.used(),
        used_in_update: it.used() + it.surge,
        tasks: it.tasks,
        services: it.services_with_address,
        nodes: it.nodes,
    }
}

pub(super) fn capacity<'p>(plan: &'p Plan, it: &plan::Capacity) -> Capacity<'p> {
    let limit = |it| Limit { what: words::limit(it), nodes: it.1 };
    Capacity {
        service: plan.services[it.service].name,
        more: it.more,
        limits: it.limits.iter().map(limit).collect(),
    }
}
