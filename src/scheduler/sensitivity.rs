//! What would be different had Swarm taken its equals in another order.

use crate::cluster::Cluster;
use crate::scheduler::choice::Choice;
use crate::scheduler::run::run;
use crate::scheduler::schedule::{Deploy, Options, Schedule};
use crate::swarm::spec::ServiceSpec;

/// How many other orders are tried.
const ORDERS: u64 = 24;

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
    let by_name = || {
        let mut order: Vec<usize> = (0..services.len()).collect();
        order.sort_by_key(|&it| services[it].name.as_str());
        order
    };
    let mut tried: Vec<(usize, Vec<usize>)> = Vec::new();
    let orders = (0..ORDERS).map(Choice::random);
    for mut choice in [Choice::ByName, Choice::Reverse].into_iter().chain(orders) {
        let mut order = by_name();
        choice.arrange(&mut order);
        let ordered: Vec<_> = order.iter().map(|&it| services[it]).collect();
        let schedule = run(&ordered, cluster, &options, Choice::ByName);
        let pending = schedule.services.iter().map(crate::scheduler::Scheduled::pending).sum();
        tried.push((pending, order));
    }
    matters(&tried).or_else(|| matters_by_lot(services, cluster, &options))
}

/// The best and the worst of orders and the numbers of tasks that they leave waiting.
fn matters(tried: &[(usize, Vec<usize>)]) -> Option<OrderMatters> {
    let better = tried.iter().min_by_key(|it| it.0)?;
    let worse = tried.iter().max_by_key(|it| it.0)?;
    (better.0 < worse.0).then(|| OrderMatters {
        better: better.1.clone(),
        better_pending: better.0,
        worse: worse.1.clone(),
        worse_pending: worse.0,
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
    let waiting = |order: &[usize], lot: u64| -> (usize, usize) {
        let ordered: Vec<_> = order.iter().map(|&it| services[it]).collect();
        let schedule = run(&ordered, cluster, options, Choice::random(lot));
        let pending = schedule.services.iter().map(crate::scheduler::Scheduled::pending).sum();
        (pending, schedule.services.iter().map(|it| it.tasks.len()).sum())
    };
    let mut tried: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut lots = if services.len() > 1 { LOTS } else { 0 };
    while tried.len() < lots {
        let lot = ORDERS + tried.len() as u64;
        let mut order: Vec<usize> = (0..services.len()).collect();
        Choice::random(lot).arrange(&mut order);
        let (pending, tasks) = waiting(&order, lot);
        lots = lots.min(LOTS * 100 / (tasks + cluster.nodes.len()).max(100));
        tried.push((pending, order));
    }
    let mut found = matters(&tried)?;
    let worst = |order: &[usize]| (0..PROOFS).map(|lot| waiting(order, lot).0).max();
    // The luck of the better order was perhaps not the order's.
    let better = tried.iter().filter(|it| it.0 == found.better_pending).map(|it| &it.1);
    let safe = better.take(PROOFS as usize).find(|it| worst(it) == Some(found.better_pending))?;
    found.better.clone_from(safe);
    Some(found)
}
