//! Why tasks stay pending: Swarm's sentence, and every reason on every node.

use crate::plan::fix::{Remedy, Workshop};
use crate::plan::place::Placed;
use crate::plan::service::is_pending;
use crate::scheduler::{Lack, Refusal, Schedule, Scheduled, Verdict};
use std::collections::BTreeMap;

/// A service of which tasks stay pending.
#[derive(Clone, Debug)]
pub struct Pending {
    /// Its place in the plan's list of services.
    pub service: usize,
    /// Swarm's words, and for how many tasks it says them.
    pub messages: Vec<(String, usize)>,
    /// What each node says to one more task, the nearest first.
    pub reasons: Vec<Reason>,
    /// What would help, the best first.
    pub remedies: Vec<Remedy>,
}

/// Nodes that refuse a task for the same reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The nodes' places in the list of nodes.
    pub nodes: Vec<u32>,
    /// Every filter that does not admit them; Swarm counts the first only.
    pub refusals: Vec<Refusal>,
}

/// The services of which tasks wait once the schedule is settled.
pub(super) fn pending(
    placed: &Placed,
    schedule: &Schedule,
    workshop: Option<&Workshop>,
) -> Vec<Pending> {
    let mut found = Vec::new();
    for (index, service) in placed.services.iter().enumerate() {
        let waiting: Vec<_> = service.tasks.iter().filter(|it| is_pending(it)).collect();
        if waiting.is_empty() {
            continue;
        }
        let mut messages: Vec<(String, usize)> = Vec::new();
        for task in &waiting {
            let message = service.message_of(task).unwrap_or_default();
            match messages.iter_mut().find(|it| it.0 == message) {
                Some((_, count)) => *count += 1,
                None => messages.push((message.to_owned(), 1)),
            }
        }
        let Some(scheduled) = schedule.service(service.name) else { continue };
        // Tasks of global services have their node already.
        let own: Vec<u32> = waiting.iter().filter_map(|it| it.node).collect();
        let reasons = reasons(schedule, scheduled, &own);
        let remedies = workshop.map(|it| it.remedies(service, &reasons)).unwrap_or_default();
        found.push(Pending { service: index, messages, reasons, remedies });
    }
    found
}

/// What the nodes say to one more task; all nodes where none are named.
fn reasons(schedule: &Schedule, service: &Scheduled, nodes: &[u32]) -> Vec<Reason> {
    let all: Vec<u32> = (0..schedule.state.nodes.len() as u32).collect();
    let nodes = if nodes.is_empty() { &all } else { nodes };
    let mut reasons = grouped(nodes.iter().map(|&it| schedule.verdict(service, it)));
    reasons.sort_by_key(distance);
    reasons
}

/// Nodes that say the same, in the order in which they are first found.
pub(super) fn grouped(verdicts: impl IntoIterator<Item = Verdict>) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for Verdict { node, refusals } in verdicts {
        let at = *known.entry(format!("{refusals:?}")).or_insert(reasons.len());
        match reasons.get_mut(at) {
            Some(it) => it.nodes.push(node),
            None => reasons.push(Reason { nodes: vec![node], refusals }),
        }
    }
    reasons
}

/// How much would have to change.
fn distance(reason: &Reason) -> usize {
    let lacks = reason.refusals.iter().flat_map(|it| &it.lacks);
    let weigh = |it: &Lack| match it {
        Lack::Active { .. } => 1,
        Lack::Ready { .. } | Lack::Constraint { .. } | Lack::Platform { .. } => 3,
        _ => 2,
    };
    lacks.map(weigh).sum()
}
