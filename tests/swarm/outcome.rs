//! Where tasks are and why others wait: what came, and everything that may come.

use std::collections::{BTreeMap, BTreeSet};

use swarm_plan::cluster::Cluster;
use swarm_plan::scheduler::{self, Deploy, Fate, Options, Schedule};
use swarm_plan::swarm::spec::ServiceSpec;

use crate::swarm::docker::{self, TURNED_AWAY};

/// What becomes of one service.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Outcome {
    /// Tasks by node.
    pub nodes: BTreeMap<String, u64>,
    /// Tasks without a node, by Swarm's words.
    pub pending: BTreeMap<String, u64>,
    /// Swarm's words for the tasks that wait for a certain node.
    pub pending_on: BTreeMap<String, String>,
}

/// By the services' names.
pub type Outcomes = BTreeMap<String, Outcome>;

/// What Swarm did.
pub fn real<'a>(services: impl IntoIterator<Item = &'a str>, tasks: &[docker::Task]) -> Outcomes {
    let mut found: Outcomes =
        services.into_iter().map(|it| (it.to_owned(), Outcome::default())).collect();
    for task in tasks.iter().filter(|it| it.counts()) {
        let outcome = found.entry(task.service.clone()).or_default();
        match (&task.node, task.state == "pending" || task.is_turned_away()) {
            (Some(node), false) => *outcome.nodes.entry(node.clone()).or_default() += 1,
            (Some(node), true) => {
                _ = outcome.pending_on.insert(node.clone(), task.error.clone());
            }
            (None, _) => *outcome.pending.entry(task.error.clone()).or_default() += 1,
        }
    }
    found
}

/// What we say Swarm does.
pub fn planned(schedule: &Schedule, cluster: &Cluster) -> Outcomes {
    let mut found = Outcomes::new();
    for service in &schedule.services {
        let outcome = found.entry(service.name.to_owned()).or_default();
        for task in &service.tasks {
            let node = task.node.map(|it| cluster.nodes[it as usize].hostname.value.clone());
            match (&task.fate, node) {
                (Fate::Placed | Fate::Kept, Some(node)) => {
                    *outcome.nodes.entry(node).or_default() += 1;
                }
                (Fate::Pending(_), node) => {
                    let message = service.message_of(task).unwrap().to_owned();
                    match node {
                        Some(node) => _ = outcome.pending_on.insert(node, message),
                        None => *outcome.pending.entry(message).or_default() += 1,
                    }
                }
                _ => {}
            }
        }
    }
    found
}

/// How many lots are drawn to find an outcome.
const LOTS: u64 = 6_000;

/// Whether Swarm may do this when it takes equals and services in some order. Else some of what it
/// may do.
pub fn may_be(
    wanted: &Outcomes,
    services: &[&ServiceSpec],
    cluster: &Cluster,
    options: &Options,
) -> Result<(), Vec<Outcomes>> {
    let orders = permutations(services.len(), 24);
    let mut others = BTreeSet::new();
    for lot in 0..LOTS {
        let order = &orders[(lot / 2) as usize % orders.len()];
        let services: Vec<_> = order.iter().map(|&it| services[it]).collect();
        let deploy = if lot % 2 == 0 { Deploy::Together } else { Deploy::Sequential };
        let options = Options { deploy, ..options.clone() };
        let schedule = scheduler::by_lot(&services, cluster, &options, lot);
        let mut found = planned(&schedule, cluster);
        turn_away(&mut found, wanted);
        if found == *wanted {
            return Ok(());
        }
        if others.len() < 5 {
            others.insert(found);
        }
    }
    Err(others.into_iter().collect())
}

/// A task that waits for its node and that the node has no room for is turned away as soon as the
/// manager looks at the node again, which happens when an overlay network comes to the node.
pub fn turn_away(outcomes: &mut Outcomes, real: &Outcomes) {
    for (service, outcome) in outcomes {
        for (node, message) in &mut outcome.pending_on {
            let seen = real.get(service).and_then(|it| it.pending_on.get(node));
            let is_turned_away = seen.is_some_and(|it| it == TURNED_AWAY);
            if is_turned_away && message == "insufficient resources on 1 node" {
                TURNED_AWAY.clone_into(message);
            }
        }
    }
}

/// Orders of so many things, at most so many of them.
fn permutations(count: usize, most: usize) -> Vec<Vec<usize>> {
    let mut found = vec![Vec::new()];
    for next in 0..count {
        let longer = found.iter().flat_map(|it: &Vec<usize>| {
            (0..=it.len()).map(move |at| {
                let mut it = it.clone();
                it.insert(at, next);
                it
            })
        });
        found = longer.collect();
        found.truncate(most);
    }
    found
}
