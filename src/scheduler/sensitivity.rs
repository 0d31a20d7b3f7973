//! What would be different had Swarm taken its equals in another order.

use crate::cluster::Cluster;
use crate::scheduler::choice::Choice;
use crate::scheduler::run::run;
use crate::scheduler::schedule::{Deploy, Options, Schedule};
use crate::swarm::spec::ServiceSpec;

/// How many other orders are tried.
const ORDERS: u64 = 24;
/// Of so many services all orders are tried.
const ALL_OF: usize = 4;

/// For each service of [`schedule`](crate::scheduler::schedule), whether Swarm may as well give its
/// nodes other numbers of tasks, or leave another number of tasks waiting.
///
/// Found by trying other orders among equals: what is said to vary does; what is not said to could
/// in a cluster with many rare outcomes.
pub fn varies(
    services: &[&ServiceSpec],
    cluster: &Cluster,
    options: &Options,
    schedule: &Schedule,
) -> Vec<bool> {
    let mut varies = vec![false; schedule.services.len()];
    let orders = (0..ORDERS).map(Choice::random);
    for choice in std::iter::once(Choice::Reverse).chain(orders) {
        let other = run(services, cluster, options, choice);
        for (index, service) in schedule.services.iter().enumerate() {
            let other = &other.services[index];
            varies[index] |= service.live != other.live || service.pending() != other.pending();
        }
        if varies.iter().all(|it| *it) {
            break;
        }
    }
    varies
}

/// What Swarm may do as well as [`schedule`](crate::scheduler::schedule): equals are taken in an
/// order that the number decides.
pub fn by_lot<'a>(
    services: &[&'a ServiceSpec],
    cluster: &'a Cluster,
    options: &'a Options,
    lot: u64,
) -> Schedule<'a> {
    run(services, cluster, options, Choice::random(lot))
}

/// Two orders of deploying the services of which one leaves more tasks waiting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderMatters {
    /// The services' places in the list given, in the better order.
    pub better: Vec<usize>,
    /// How many tasks it leaves waiting.
    pub better_pending: usize,
    pub worse: Vec<usize>,
    pub worse_pending: usize,
    /// The services of which tasks wait in the worse order, and how many.
    pub waiting: Vec<(usize, usize)>,
    /// How many orders were tried: all there are, where they are few.
    pub tried: usize,
    /// How many of them leave more tasks waiting than the better one.
    pub failing: usize,
    /// Whether equals among nodes were taken by lot as well, so that an order may fail once and do
    /// well another time.
    pub is_luck: bool,
}

/// Whether the number of waiting tasks depends on the order in which the services are deployed,
/// which Docker draws by lot; where it does only with bad luck among equals, that is told as well.
/// None: no order was found that does better or worse.
pub fn order_matters(
    services: &[&ServiceSpec],
    cluster: &Cluster,
    options: &Options,
) -> Option<OrderMatters> {
    let options = Options { deploy: Deploy::Sequential, ..options.clone() };
    let tried: Vec<Tried> = orders(services)
        .into_iter()
        .map(|order| Tried::of(order, services, cluster, &options, Choice::ByName))
        .collect();
    matters(&tried).or_else(|| matters_by_lot(services, cluster, &options))
}

/// Orders of the services, the one by name first: all that there are, or some that differ.
fn orders(services: &[&ServiceSpec]) -> Vec<Vec<usize>> {
    let mut by_name: Vec<usize> = (0..services.len()).collect();
    by_name.sort_by_key(|&it| services[it].name.as_str());
    if services.len() <= ALL_OF {
        return permutations(&by_name);
    }
    let lots = (0..ORDERS).map(Choice::random);
    let mut found: Vec<Vec<usize>> = Vec::new();
    for mut choice in [Choice::ByName, Choice::Reverse].into_iter().chain(lots) {
        let mut order = by_name.clone();
        choice.arrange(&mut order);
        if !found.contains(&order) {
            found.push(order);
        }
    }
    found
}

/// All orders of some things.
fn permutations(things: &[usize]) -> Vec<Vec<usize>> {
    let mut found = vec![Vec::new()];
    for &next in things {
        let longer = found.iter().flat_map(|it: &Vec<usize>| {
            (0..=it.len()).rev().map(move |at| {
                let mut longer = it.clone();
                longer.insert(at, next);
                longer
            })
        });
        found = longer.collect();
    }
    found
}

/// An order and what came of it.
struct Tried {
    order: Vec<usize>,
    /// How many tasks it leaves waiting.
    pending: usize,
    /// Of which services.
    waiting: Vec<(usize, usize)>,
    tasks: usize,
}

impl Tried {
    fn of(
        order: Vec<usize>,
        services: &[&ServiceSpec],
        cluster: &Cluster,
        options: &Options,
        choice: Choice,
    ) -> Self {
        let ordered: Vec<_> = order.iter().map(|&it| services[it]).collect();
        let schedule = run(&ordered, cluster, options, choice);
        let waits = order.iter().zip(&schedule.services).map(|(at, it)| (*at, it.pending()));
        let mut waiting: Vec<_> = waits.filter(|it| it.1 > 0).collect();
        waiting.sort_unstable();
        let pending = schedule.services.iter().map(crate::scheduler::Scheduled::pending).sum();
        let tasks = schedule.services.iter().map(|it| it.tasks.len()).sum();
        Self { order, pending, waiting, tasks }
    }
}

/// The best and the worst of what was tried, the first of equals.
fn matters(tried: &[Tried]) -> Option<OrderMatters> {
    let better = tried.iter().min_by_key(|it| it.pending)?;
    let worse = tried.iter().rev().max_by_key(|it| it.pending)?;
    (better.pending < worse.pending).then(|| OrderMatters {
        better: better.order.clone(),
        better_pending: better.pending,
        worse: worse.order.clone(),
        worse_pending: worse.pending,
        waiting: worse.waiting.clone(),
        tried: tried.len(),
        failing: tried.iter().filter(|it| it.pending > better.pending).count(),
        is_luck: false,
    })
}

/// How many lots are drawn at most; fewer for large clusters.
const LOTS: usize = 240;
/// How many lots are drawn for an order to be sure of it.
const PROOFS: u64 = 16;

/// Whether an order leaves more tasks waiting when equals are taken with bad luck, and another does
/// not whatever the luck.
fn matters_by_lot(
    services: &[&ServiceSpec],
    cluster: &Cluster,
    options: &Options,
) -> Option<OrderMatters> {
    let by_lot = |order: &[usize], lot: u64| {
        Tried::of(order.to_vec(), services, cluster, options, Choice::random(lot))
    };
    let mut tried: Vec<Tried> = Vec::new();
    let mut lots = if services.len() > 1 { LOTS } else { 0 };
    while tried.len() < lots {
        let lot = ORDERS + tried.len() as u64;
        let mut order: Vec<usize> = (0..services.len()).collect();
        Choice::random(lot).arrange(&mut order);
        let it = by_lot(&order, lot);
        lots = lots.min(LOTS * 100 / (it.tasks + cluster.nodes.len()).max(100));
        tried.push(it);
    }
    let mut found = matters(&tried)?;
    let worst = |order: &[usize]| (0..PROOFS).map(|lot| by_lot(order, lot).pending).max();
    // The luck of the better order was perhaps not the order's.
    let better = tried.iter().filter(|it| it.pending == found.better_pending).map(|it| &it.order);
    let safe = better.take(PROOFS as usize).find(|it| worst(it) == Some(found.better_pending))?;
    found.better.clone_from(safe);
    found.is_luck = true;
    Some(found)
}
