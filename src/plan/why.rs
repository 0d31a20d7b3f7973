//! Why the tasks of a service are where they are: what leaves which nodes, what the tasks are spread
//! over, and which of the nodes that may run them have no room.

use crate::plan::pending::{self, Reason};
use crate::plan::service::{Service, is_running};
use crate::scheduler::Fate;
use crate::scheduler::{FILTERS, Lack, Preference, Schedule, Scheduled, Verdict};
use crate::swarm::spec::Mode;
use std::collections::{BTreeMap, BTreeSet};

/// What narrowed the choice of nodes, once everything is settled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Why {
    /// The nodes that may run it, whether they have room or not.
    pub candidates: Vec<u32>,
    /// Nodes that lack nothing else, but take no tasks: drained, paused, not ready.
    pub closed: usize,
    /// Constraints that turn nodes away, and how many each does.
    pub constraints: Vec<(String, usize)>,
    /// What else nodes lack for good, such as a plugin, and how many do.
    pub lacks: Vec<(Lack, usize)>,
    pub spread: Vec<Spread>,
    /// Nodes that may run it, have fewer of its tasks than others, and have no room for one more.
    pub full: Vec<Reason>,
    /// Whether all of its tasks run already and stay where they are.
    pub stays: bool,
}

/// A label over whose values tasks are spread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spread {
    /// Such as `node.labels.zone`.
    pub label: String,
    /// The values that candidates have, with the tasks there. Nodes without the label have an empty
    /// one.
    pub values: BTreeMap<String, usize>,
    /// Values of nodes none of which may run it: Swarm divides the tasks among those, too, and what
    /// comes back goes to the others unevenly.
    pub idle: Vec<String>,
}

/// Why the tasks of a service of the stack are where they are in the end.
pub(super) fn of(service: &Service, schedule: &Schedule) -> Option<Why> {
    let is_told = service.key.is_some() && !service.is_refused();
    let scheduled = schedule.service(service.name).filter(|_| is_told)?;
    Some(why(service, schedule, scheduled))
}

fn why(service: &Service, schedule: &Schedule, scheduled: &Scheduled) -> Why {
    let mut why = Why::default();
    let mut constraints: BTreeMap<String, usize> = BTreeMap::new();
    let mut roomless: Vec<Verdict> = Vec::new();
    for verdict in schedule.verdicts(scheduled) {
        if verdict.refusals.iter().all(|it| FILTERS[it.filter].changes) {
            why.candidates.push(verdict.node);
            roomless.extend((!verdict.refusals.is_empty()).then_some(verdict));
            continue;
        }
        let lasting = verdict.refusals.iter().filter(|it| !FILTERS[it.filter].changes);
        // What a drained node lacks besides says more than that it is drained.
        why.closed += usize::from(lasting.clone().all(|it| it.name() == "ready"));
        for lack in lasting.flat_map(|it| &it.lacks) {
            match lack {
                Lack::Ready { .. } | Lack::Active { .. } => {}
                Lack::Constraint { text } => *constraints.entry(text.clone()).or_default() += 1,
                other => match why.lacks.iter_mut().find(|it| it.0 == *other) {
                    Some((_, nodes)) => *nodes += 1,
                    None => why.lacks.push((other.clone(), 1)),
                },
            }
        }
    }
    // In the order of the stack file.
    let told = scheduled.demand.constraints.iter().map(ToString::to_string);
    why.constraints = told.filter_map(|it| constraints.remove_entry(&it)).collect();
    why.spread = spread(service, schedule, scheduled, &why.candidates);
    if matches!(service.spec.mode, Mode::Replicated(_) | Mode::ReplicatedJob(_)) {
        let own = |node: u32| scheduled.live.on(node);
        let most = why.candidates.iter().map(|&it| own(it)).max().unwrap_or_default();
        roomless.retain(|it| most > 0 && (own(it.node) == 0 || own(it.node) + 1 < most));
        why.full = pending::grouped(roomless);
    }
    let mut running = service.tasks.iter().filter(|it| is_running(it)).peekable();
    why.stays = running.peek().is_some() && running.all(|it| it.fate == Fate::Kept);
    why
}

fn spread(
    service: &Service,
    schedule: &Schedule,
    scheduled: &Scheduled,
    candidates: &[u32],
) -> Vec<Spread> {
    if !matches!(service.spec.mode, Mode::Replicated(_) | Mode::ReplicatedJob(_)) {
        return Vec::new();
    }
    let one = |preference: &Preference| {
        let mut values: BTreeMap<String, usize> = BTreeMap::new();
        for &node in candidates {
            let value = preference.value_of(schedule.state.nodes[node as usize].node);
            *values.entry(value.to_owned()).or_default() += scheduled.live.on(node) as usize;
        }
        let all = schedule.state.nodes.iter().map(|it| preference.value_of(it.node));
        let all: BTreeSet<&str> = all.collect();
        let idle = all.into_iter().filter(|it| !values.contains_key(*it));
        let idle = idle.map(str::to_owned).collect();
        Spread { label: preference.to_string(), values, idle }
    };
    scheduled.demand.preferences.iter().map(one).collect()
}
