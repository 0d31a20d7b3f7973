//! What a deploy would do: where each task goes, what stays pending and what would help, what the
//! nodes are left with, and what happens when one of them goes. Facts; `output` words them.

mod address;
mod before;
mod capacity;
mod data;
mod deploy;
pub mod diff;
pub mod effect;
mod failure;
mod fix;
mod headroom;
mod job;
mod load;
mod order;
mod pending;
mod place;
mod policy;
mod progress;
mod quorum;
mod service;
mod settle;
mod subnet;
mod update;
mod what_if;
mod why;

pub use address::{Addresses, INGRESS, addresses_of};
pub use capacity::{Capacity, Limit};
pub use failure::{Failure, Hit, Lost, Move, Outcome};
pub use fix::{Fix, Remedy};
pub use job::Job;
pub use load::{Load, Share};
pub use pending::{Pending, Reason};
pub use policy::{Breach, Policy, Survive};
pub use progress::{Progress, Stage};
pub use quorum::Quorum;
pub use service::{Change, Service, is_pending, is_running};
pub use update::{Assumptions, Crash, Happens, Step, Track, Update, WITHDRAWAL};
pub use what_if::{WhatIf, add_nodes};
pub use why::{Spread, Why};

use crate::cluster::Cluster;
use crate::plan::deploy::Deploy;
use crate::plan::failure::Trial;
use crate::plan::fix::Workshop;
use crate::plan::place::Placed;
use crate::scheduler::{self, Options, OrderMatters};
use crate::swarm::spec::{ServiceSpec, Specs};

/// What to plan.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The stack's name.
    pub stack: &'a str,
    pub specs: &'a Specs,
    pub cluster: &'a Cluster,
    /// What the settings want it to hold.
    pub policy: &'a Policy,
    /// What happens to the nodes afterwards.
    pub what_if: &'a WhatIf,
    pub assumptions: Assumptions,
}

/// Everything that can be said of a deploy.
#[derive(Clone, Debug)]
pub struct Plan<'a> {
    pub stack: &'a str,
    pub cluster: &'a Cluster,
    /// The stack's services by name, then those that run beside them.
    pub services: Vec<Service<'a>>,
    /// What the nodes are left with, in the order of the cluster's nodes.
    pub loads: Vec<Load>,
    /// The services of which tasks stay pending.
    pub pending: Vec<Pending>,
    /// Orders of deploying the services of which one leaves more tasks waiting.
    pub order: Option<OrderMatters>,
    /// What would make that order matter no more.
    pub order_remedies: Vec<Remedy>,
    pub quorum: Quorum,
    /// What happens when each node, each zone, each pair of managers is lost.
    pub failures: Vec<Failure>,
    /// How many failures were not looked at, the cluster being large.
    pub failures_left_out: usize,
    /// What happens when the nodes are lost that the user named.
    pub what_if: Option<Failure>,
    /// Addresses of the overlay networks that the stack uses.
    pub addresses: Vec<Addresses>,
    /// How far the stack's replicated services can grow.
    pub capacities: Vec<Capacity>,
    /// How the replacement of each service's tasks would go.
    pub updates: Vec<Update>,
    /// How each job of the stack would go.
    pub jobs: Vec<Job>,
    pub assumptions: Assumptions,
    /// What the settings want and the plan does not hold.
    pub breaches: Vec<Breach>,
    /// Whether the cluster is so large that only one course was looked at.
    pub is_abridged: bool,
}

/// The most nodes and tasks for which many courses are tried.
const LARGE: usize = 20_000;

/// Plans a deploy. Pure: the same request gives the same plan.
pub fn plan<'a>(request: &Request<'a>) -> Plan<'a> {
    watched(request, &|_| {})
}

/// Plans a deploy, and tells how far it is.
pub fn watched<'a>(request: &Request<'a>, watch: &dyn Fn(Progress)) -> Plan<'a> {
    watch(Progress { stage: Stage::Placing, done: 0, of: 0 });
    let Request { stack, specs, cluster, policy, what_if, assumptions } = *request;
    let wanted: Vec<&ServiceSpec> = specs.services.values().collect();
    let options =
        Options { networks: scheduler::network_drivers(specs, cluster), ..Options::default() };
    let mut placed: Placed = place::place(&wanted, cluster, &options, assumptions);
    for (service, key) in placed.services.iter_mut().zip(specs.services.keys()) {
        service.key = Some(key);
    }
    let size = cluster.nodes.len() + placed.services.iter().map(|it| it.tasks.len()).sum::<usize>();
    let is_abridged = size > LARGE;
    let mut order = None;
    if !is_abridged && placed.timeline.is_none() {
        place::varies(&wanted, cluster, &options, &mut placed.services);
        order = scheduler::order_matters(&wanted, cluster, &options);
    }
    let order_remedies = order.as_ref().map(|it| order::remedies(&wanted, cluster, &options, it));
    if placed.timeline.is_some() && !is_abridged {
        let Placed { services, befores, .. } = &mut placed;
        let (wanted, options) = (&wanted, &options);
        Deploy { wanted, befores, cluster, options, assumptions }.vary(services, size);
    }
    let loads = load::loads(cluster, &placed.services, &options);
    let addresses = address::addresses(&placed.services, specs, cluster);
    let specs = placed.specs();
    let schedule = scheduler::schedule(&specs, &placed.settled, &options);
    let workshop = Workshop { wanted: &wanted, cluster, options: &options, assumptions };
    let pending = pending::pending(&placed, &schedule, (!is_abridged).then_some(&workshop));
    let capacities = capacity::capacities(&placed.services, &schedule, &addresses);
    let explained = if is_abridged { &[][..] } else { &placed.services };
    let whys: Vec<Option<Why>> = explained.iter().map(|it| why::of(it, &schedule)).collect();
    let updates = if is_abridged {
        Vec::new()
    } else {
        let deploy = Deploy {
            wanted: &wanted,
            befores: &placed.befores,
            cluster,
            options: &options,
            assumptions,
        };
        update::updates(&placed, &deploy, &schedule, watch)
    };
    drop(schedule);
    let jobs = if is_abridged {
        Vec::new()
    } else {
        job::jobs(&placed.services, &placed.settled, &options, assumptions)
    };

    let quorum = Quorum::of(cluster);
    let Placed { mut services, settled, .. } = placed;
    for (service, why) in services.iter_mut().zip(whys) {
        service.why = why;
    }
    let (candidates, failures_left_out) = failure::candidates(cluster, &services);
    let mut trial = Trial { settled, services: &services, options: &options, quorum: &quorum };
    let of = candidates.len();
    let mut failures: Vec<Failure> = Vec::with_capacity(of);
    for it in candidates {
        watch(Progress { stage: Stage::Losses, done: failures.len(), of });
        failures.push(trial.lose(it));
    }
    let what_if = what_if.lost().map(|it| trial.lose(it));
    let breaches = policy::breaches(policy, cluster, &services, &failures, &updates);
    Plan {
        stack,
        cluster,
        services,
        loads,
        pending,
        order,
        order_remedies: order_remedies.unwrap_or_default(),
        quorum,
        failures,
        failures_left_out,
        what_if,
        addresses,
        capacities,
        updates,
        jobs,
        assumptions,
        breaches,
        is_abridged,
    }
}

/// The cluster once these specs are deployed to it.
pub fn deployed(specs: &Specs, cluster: Cluster) -> Cluster {
    let wanted: Vec<&ServiceSpec> = specs.services.values().collect();
    let options =
        Options { networks: scheduler::network_drivers(specs, &cluster), ..Options::default() };
    let placed = place::place(&wanted, &cluster, &options, Assumptions::default());
    let (services, tasks) = (placed.settled.services, placed.settled.tasks);
    Cluster { services, tasks, ..cluster }
}

impl Plan<'_> {
    /// Whether everything runs as it should, and holds what the settings want.
    pub fn succeeds(&self) -> bool {
        self.waiting() == 0
            && self.quorum.is_kept()
            && self.breaches.is_empty()
            && !self.services.iter().any(Service::is_refused)
            && !self.updates.iter().any(|it| it.is_deploy && it.never_ends())
            && !self.addresses.iter().any(Addresses::is_exhausted)
            && self.what_if.as_ref().is_none_or(Failure::is_survived)
    }

    /// How many tasks stay pending: those of a job that ends only wait for their turn.
    pub fn waiting(&self) -> usize {
        let ends = |at: usize| self.jobs.iter().any(|it| it.service == at && it.done_at.is_some());
        let stay = self.services.iter().enumerate().filter(|(at, _)| !ends(*at));
        stay.map(|(_, it)| it.waiting()).sum()
    }

    /// The name of a node by its place.
    pub fn node(&self, index: u32) -> &str {
        self.cluster.nodes.get(index as usize).map_or("", |it| it.name.value.as_str())
    }
}
