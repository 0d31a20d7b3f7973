//! What would make the order of deploying the services matter no more: each change tried out in
//! every order.

use crate::cluster::Cluster;
use crate::plan::fix::{Fix, Remedy};
use crate::scheduler::{self, Options, OrderMatters};
use crate::swarm::spec::{Reservations, ServiceSpec};

/// The most nodes and tasks for which changes are tried out.
const LARGE: usize = 2_000;
/// The most nodes off which another service is kept.
const NODES: usize = 3;

/// Whatever is tried out.
struct Bench<'b> {
    wanted: &'b [&'b ServiceSpec],
    cluster: &'b Cluster,
    options: &'b Options,
}

/// Something that is reserved, in steps.
struct Amount {
    step: i64,
    get: fn(&Reservations) -> i64,
    set: fn(&mut Reservations, i64),
}

/// Changes of the stack after which no order leaves a task waiting, the smallest first.
pub(super) fn remedies(
    wanted: &[&ServiceSpec],
    cluster: &Cluster,
    options: &Options,
    matters: &OrderMatters,
) -> Vec<Remedy> {
    let bench = Bench { wanted, cluster, options };
    let schedule = scheduler::schedule(wanted, cluster, options);
    let size =
        cluster.nodes.len() + schedule.services.iter().map(|it| it.tasks.len()).sum::<usize>();
    let hurt = match matters.waiting.as_slice() {
        [(one, _)] if matters.better_pending == 0 && size <= LARGE => *one,
        _ => return Vec::new(),
    };
    let mut found = Vec::new();
    let mut offer = |fix: Option<Fix>| {
        found.extend(fix.map(|fix| Remedy { fix, leaves: 0 }));
    };
    offer(bench.keep_off(hurt, &schedule));
    let cpus = Amount { step: 10_000_000, get: |it| it.nano_cpus, set: |it, to| it.nano_cpus = to };
    let memory =
        Amount { step: 16 << 20, get: |it| it.memory_bytes, set: |it, to| it.memory_bytes = to };
    let service = hurt;
    offer(bench.reserve(hurt, &cpus).map(|(now, most)| Fix::CpusOf { service, now, most }));
    offer(bench.reserve(hurt, &memory).map(|(now, most)| Fix::MemoryOf { service, now, most }));
    if bench.is_safe_first(hurt) {
        offer(Some(Fix::DeployFirst { service: hurt }));
    }
    found
}

impl Bench<'_> {
    /// Whether no order leaves anything waiting.
    fn is_calm(&self, wanted: &[&ServiceSpec]) -> bool {
        let schedule = scheduler::schedule(wanted, self.cluster, self.options);
        schedule.services.iter().all(|it| it.pending() == 0)
            && scheduler::order_matters(wanted, self.cluster, self.options).is_none()
    }

    /// The same with another spec of one service.
    fn with(&self, at: usize, spec: &ServiceSpec) -> bool {
        let mut all: Vec<&ServiceSpec> = self.wanted.to_vec();
        all[at] = spec;
        self.is_calm(&all)
    }

    /// Keeps another service off a node that the one that is hurt may run on.
    fn keep_off(&self, hurt: usize, schedule: &scheduler::Schedule) -> Option<Fix> {
        let own = schedule.services.get(hurt)?;
        let may = schedule
            .verdicts(own)
            .into_iter()
            .filter(|it| it.refusals.iter().all(|it| scheduler::FILTERS[it.filter].changes));
        for node in may.map(|it| it.node).take(NODES) {
            let name = &self.cluster.nodes[node as usize].hostname.value;
            let others = (0..self.wanted.len()).filter(|it| *it != hurt);
            for other in others {
                let mut spec = self.wanted[other].clone();
                let placement = spec.task_template.placement.get_or_insert_default();
                placement.constraints.push(format!("node.hostname!={name}"));
                if self.with(other, &spec) {
                    return Some(Fix::KeepOff { service: other, node });
                }
            }
        }
        None
    }

    /// The greatest reservation, in steps, with which the order does not matter.
    fn reserve(&self, hurt: usize, amount: &Amount) -> Option<(i64, i64)> {
        let resources = self.wanted[hurt].task_template.resources.as_ref()?;
        let now = (amount.get)(resources.reservations.as_ref()?);
        let fits = |steps: i64| {
            let mut spec = self.wanted[hurt].clone();
            let resources = spec.task_template.resources.as_mut();
            if let Some(it) = resources.and_then(|it| it.reservations.as_mut()) {
                (amount.set)(it, steps * amount.step);
            }
            self.with(hurt, &spec)
        };
        let (mut low, mut high) = (1, now / amount.step);
        if high <= low || !fits(low) {
            return None;
        }
        while low + 1 < high {
            let middle = low + (high - low) / 2;
            if fits(middle) { low = middle } else { high = middle }
        }
        Some((now, low * amount.step))
    }

    /// Whether nothing waits where this service is there before the others come.
    fn is_safe_first(&self, hurt: usize) -> bool {
        let mut rest: Vec<&ServiceSpec> = self.wanted.to_vec();
        let first = rest.remove(hurt);
        let options = Options { deploy: scheduler::Deploy::Sequential, ..self.options.clone() };
        let by_name: Vec<&ServiceSpec> = [first].into_iter().chain(rest.iter().copied()).collect();
        let reverse: Vec<&ServiceSpec> =
            [first].into_iter().chain(rest.iter().rev().copied()).collect();
        let lots =
            (0..LOTS).map(|lot| if lot % 2 == 0 { (lot, &by_name) } else { (lot, &reverse) });
        lots.into_iter().all(|(lot, order)| {
            let schedule = scheduler::by_lot(order, self.cluster, &options, lot);
            schedule.services.iter().all(|it| it.pending() == 0)
        })
    }
}

/// How many lots are drawn to be sure of an order.
const LOTS: u64 = 24;
