//! How many more replicas of a service fit, and what runs out first.

use crate::plan::Addresses;
use crate::plan::service::Service;
use crate::scheduler::{Demand, FILTERS, NodeState, Schedule};
use crate::swarm::spec::Mode;
use std::collections::BTreeMap;

/// The room that a service has to grow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// The service's place in the plan's list.
    pub service: usize,
    /// How many more replicas fit; none where nothing sets a limit.
    pub more: Option<u64>,
    /// What runs out, and on how many nodes first; the most frequent first.
    pub limits: Vec<(Limit, usize)>,
}

/// What replicas need and nodes run out of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    Cpus,
    Memory,
    /// A kind of resource, such as `GPU`.
    Generic(String),
    /// A port of the nodes.
    HostPort(u32),
    MaxReplicas,
    /// A volume that one task or node may use.
    Volume,
    /// A network has no more addresses.
    Addresses(String),
    /// No node may run the service.
    NoNode,
}

/// The room of every replicated service of the stack.
pub(super) fn capacities(
    services: &[Service],
    schedule: &Schedule,
    addresses: &[Addresses],
) -> Vec<Capacity> {
    let mut found = Vec::new();
    for (index, service) in services.iter().enumerate() {
        let is_replicated = matches!(service.spec.mode, Mode::Replicated(_));
        if is_replicated && service.key.is_some() {
            found.extend(capacity(index, service, schedule, addresses));
        }
    }
    found
}

fn capacity(
    index: usize,
    service: &Service,
    schedule: &Schedule,
    addresses: &[Addresses],
) -> Option<Capacity> {
    let scheduled = schedule.service(service.name)?;
    let mut more: Option<u64> = Some(0);
    let mut limits: BTreeMap<Limit, usize> = BTreeMap::new();
    for (node, state) in (0_u32..).zip(&schedule.state.nodes) {
        let refusals = schedule.verdict(scheduled, node).refusals;
        if refusals.iter().any(|it| !FILTERS[it.filter].changes) {
            continue;
        }
        let own = u64::from(scheduled.live.on(node));
        let is_refused = !refusals.is_empty();
        match tightest(&scheduled.demand, state, own) {
            Some((room, limit)) => {
                let room = if is_refused { 0 } else { room };
                more = more.map(|it| it.saturating_add(room));
                *limits.entry(limit).or_default() += 1;
            }
            None if is_refused => *limits.entry(Limit::Volume).or_default() += 1,
            None if !scheduled.demand.volumes.is_empty() => {
                *limits.entry(Limit::Volume).or_default() += 1;
                more = more.map(|it| it.saturating_add(1));
            }
            None => more = None,
        }
    }
    if more == Some(0) && limits.is_empty() {
        limits.insert(Limit::NoNode, schedule.state.nodes.len());
    }
    if more.is_none() {
        limits.clear();
    }
    for network in addresses.iter().filter(|it| it.services.contains(&index)) {
        let Some(free) = network.free() else { continue };
        if more.is_none_or(|it| free < it) {
            more = Some(free);
            limits = BTreeMap::from([(Limit::Addresses(network.name.clone()), 0)]);
        }
    }
    let mut limits: Vec<(Limit, usize)> = limits.into_iter().collect();
    limits.sort_by_key(|it| std::cmp::Reverse(it.1));
    Some(Capacity { service: index, more, limits })
}

/// What runs out first on one node, and after how many more tasks; none where nothing does.
fn tightest(demand: &Demand, node: &NodeState, own: u64) -> Option<(u64, Limit)> {
    let mut rooms: Vec<(u64, Limit)> = Vec::new();
    let mut resource = |wanted: i64, free: Option<i64>, limit: Limit| {
        if let Some(free) = free.filter(|_| wanted > 0) {
            rooms.push(((free.max(0) / wanted) as u64, limit));
        }
    };
    resource(demand.nano_cpus, node.nano_cpus, Limit::Cpus);
    resource(demand.memory_bytes, node.memory_bytes, Limit::Memory);
    for it in &demand.generic {
        let pool = node.generic.iter().find(|pool| pool.kind == it.kind);
        let free = pool.map_or(0, |it| it.left.count());
        resource(it.count.unwrap_or(i64::MAX), Some(free), Limit::Generic(it.kind.to_owned()));
    }
    if demand.max_replicas > 0 {
        rooms.push((demand.max_replicas.saturating_sub(own), Limit::MaxReplicas));
    }
    for port in &demand.host_ports {
        let free = u64::from(!node.ports.contains(port));
        rooms.push((free, Limit::HostPort(port.port)));
    }
    rooms.into_iter().min()
}
