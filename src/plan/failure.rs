//! What happens when nodes are lost: which tasks move where, which stay pending, what data they
//! leave behind. Without a quorum nothing moves at all; and what moved never moves back.

use crate::cluster::{Availability, Cluster, NodeStatus};
use crate::plan::Quorum;
use crate::plan::data::left_behind;
use crate::plan::service::{Service, is_running};
use crate::scheduler::{self, Fate, Options, Scheduled};
use crate::swarm::spec::{Mode, ServiceSpec};
use std::collections::{BTreeMap, BTreeSet};

/// The loss of some nodes and what follows from it.
#[derive(Clone, Debug)]
pub struct Failure {
    pub lost: Lost,
    /// The nodes' places in the list of nodes.
    pub nodes: Vec<u32>,
    /// Managers that still hear each other.
    pub managers: usize,
    /// Whether the swarm can still decide anything.
    pub has_quorum: bool,
    /// The tasks that ran on the lost nodes.
    pub moves: Vec<Move>,
    /// The services that had tasks there.
    pub hits: Vec<Hit>,
}

/// What is lost.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lost {
    Node(u32),
    Zone(String),
    /// A machine with several nodes on it.
    Host(String),
    /// Two managers.
    Managers(u32, u32),
    /// What the user asked for: nodes that go down, nodes that are drained.
    Asked {
        down: Vec<u32>,
        drain: Vec<u32>,
    },
}

/// A task on a lost node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The service's place in the plan's list.
    pub service: usize,
    pub slot: Option<u64>,
    pub from: u32,
    pub outcome: Outcome,
    /// Volumes and directories that stay on the lost node, with what was written there.
    pub left_behind: Vec<String>,
}

/// What becomes of a task whose node is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    To(u32),
    /// It finds no node; with Swarm's words.
    Pending(String),
    /// Nobody decides where it goes.
    NoQuorum,
    /// A job's task: nobody looks for it before its node is back, or a day has passed.
    NotMoved,
    /// The restart policy makes no other.
    NotRestarted,
    /// It belonged to that node.
    Gone,
}

/// How many tasks of a service run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The service's place in the plan's list.
    pub service: usize,
    pub before: usize,
    /// Before anything is replaced: Swarm notices after about a quarter of a minute.
    pub at_once: usize,
    /// When everything is replaced that can be.
    pub after: usize,
}

impl Failure {
    /// Whether everything runs again, with its data.
    pub fn is_survived(&self) -> bool {
        let stays = |it: &Move| match it.outcome {
            Outcome::To(_) => it.left_behind.is_empty(),
            Outcome::Gone => true,
            _ => false,
        };
        self.has_quorum && self.moves.iter().all(stays)
    }
}

/// The swarm in which the stack runs, to be tried out.
pub(super) struct Trial<'t, 'a> {
    pub(super) settled: Cluster,
    pub(super) services: &'t [Service<'a>],
    pub(super) options: &'t Options,
    pub(super) quorum: &'t Quorum,
}

/// The most nodes and tasks that all failures together look at.
const MOST_WORK: usize = 5_000_000;

/// The most managers of which pairs are lost: Swarm is run with seven at most.
const PAIRED: usize = 30;

/// What would be lost one after the other, and how many failures are left out: those of single
/// workers, where there are too many.
pub(super) fn candidates(cluster: &Cluster, services: &[Service]) -> (Vec<Lost>, usize) {
    let size = cluster.nodes.len() + services.iter().map(|it| it.tasks.len()).sum::<usize>();
    let room = MOST_WORK / size.max(1);
    let zones: BTreeSet<&str> =
        cluster.nodes.iter().filter_map(|it| Some(it.zone.as_ref()?.value.as_str())).collect();
    let mut found = Vec::new();
    if zones.len() > 1 {
        found.extend(zones.into_iter().map(|it| Lost::Zone(it.to_owned())));
    }
    let mut hosts: BTreeMap<&str, usize> = BTreeMap::new();
    for it in cluster.nodes.iter().filter_map(|it| it.host.as_ref()) {
        *hosts.entry(&it.value).or_default() += 1;
    }
    let hosts = hosts.into_iter().filter(|it| it.1 > 1);
    found.extend(hosts.map(|it| Lost::Host(it.0.to_owned())));
    let managers = Quorum::of(cluster).reachable;
    found.extend(managers.iter().map(|it| Lost::Node(*it)));
    let paired = &managers[..managers.len().min(PAIRED)];
    for (at, one) in paired.iter().enumerate() {
        found.extend(paired[at + 1..].iter().map(|other| Lost::Managers(*one, *other)));
    }
    let is_left = |it: &u32| {
        let is_there = cluster.nodes[*it as usize].state.value != NodeStatus::Down;
        is_there && managers.binary_search(it).is_err()
    };
    found.extend((0..cluster.nodes.len() as u32).filter(is_left).map(Lost::Node));
    let left_out = found.len().saturating_sub(room);
    found.truncate(room);
    found.sort();
    (found, left_out)
}

impl Trial<'_, '_> {
    /// Plays one loss through.
    pub(super) fn lose(&mut self, lost: Lost) -> Failure {
        let (down, drain) = self.nodes(&lost);
        let nodes: Vec<u32> = down.iter().chain(&drain).copied().collect();
        let has_quorum = self.quorum.survives(&down);
        let managers = self.quorum.without(&down);
        let gone: BTreeSet<u32> = nodes.iter().copied().collect();
        let is_hit = |it: &crate::scheduler::Task| {
            is_running(it) && it.node.is_some_and(|it| gone.contains(&it))
        };
        let mut failure =
            Failure { lost, nodes, managers, has_quorum, moves: Vec::new(), hits: Vec::new() };
        if !self.services.iter().flat_map(|it| &it.tasks).any(is_hit) {
            return failure;
        }
        let follows = if has_quorum { self.follows(&down, &drain) } else { BTreeMap::new() };
        for (index, service) in self.services.iter().enumerate() {
            let volumes = left_behind(service.spec);
            let before = service.running();
            let (mut moved, mut hit) = (0, 0);
            for task in service.tasks.iter().filter(|it| is_hit(it)) {
                let Some(from) = task.node else { continue };
                let outcome = match &service.spec.mode {
                    _ if !has_quorum => Outcome::NoQuorum,
                    Mode::ReplicatedJob(_) if down.contains(&from) => Outcome::NotMoved,
                    // It goes on to its end there.
                    Mode::ReplicatedJob(_) => continue,
                    Mode::Global(_) | Mode::GlobalJob(_) => Outcome::Gone,
                    Mode::Replicated(_) => {
                        let next = task.slot.and_then(|it| follows.get(&(index, it)));
                        next.cloned().unwrap_or(Outcome::NotRestarted)
                    }
                };
                hit += 1;
                moved += usize::from(matches!(outcome, Outcome::To(_)));
                let left_behind =
                    if outcome == Outcome::Gone { Vec::new() } else { volumes.clone() };
                failure.moves.push(Move {
                    service: index,
                    slot: task.slot,
                    from,
                    outcome,
                    left_behind,
                });
            }
            if hit > 0 {
                let at_once = before - hit;
                failure.hits.push(Hit { service: index, before, at_once, after: at_once + moved });
            }
        }
        failure
    }

    fn nodes(&self, lost: &Lost) -> (Vec<u32>, Vec<u32>) {
        let nodes = &self.settled.nodes;
        match lost {
            Lost::Node(it) => (vec![*it], Vec::new()),
            Lost::Managers(one, other) => (vec![*one, *other], Vec::new()),
            Lost::Zone(name) | Lost::Host(name) => {
                let is_zone = matches!(lost, Lost::Zone(_));
                let is_in = |it: &u32| {
                    let node = &nodes[*it as usize];
                    let own = if is_zone { &node.zone } else { &node.host };
                    own.as_ref().is_some_and(|it| it.value == *name)
                };
                ((0..nodes.len() as u32).filter(is_in).collect(), Vec::new())
            }
            Lost::Asked { down, drain } => (down.clone(), drain.clone()),
        }
    }

    /// What follows the tasks of the lost nodes, by service and slot.
    fn follows(&mut self, down: &[u32], drain: &[u32]) -> BTreeMap<(usize, u64), Outcome> {
        let lost = down.iter().chain(drain);
        let before: Vec<_> = lost
            .clone()
            .map(|it| {
                let node = &self.settled.nodes[*it as usize];
                (*it, node.state.value, node.availability.value)
            })
            .collect();
        for it in down {
            self.settled.nodes[*it as usize].value.state.value = NodeStatus::Down;
        }
        for it in drain {
            self.settled.nodes[*it as usize].value.availability.value = Availability::Drain;
        }
        let specs: Vec<&ServiceSpec> = self.services.iter().map(|it| it.spec).collect();
        let schedule = scheduler::schedule(&specs, &self.settled, self.options);
        let mut follows = BTreeMap::new();
        for (index, service) in schedule.services.iter().enumerate() {
            follow(index, service, &mut follows);
        }
        drop(schedule);
        for (it, state, availability) in before {
            let node = &mut self.settled.nodes[it as usize].value;
            (node.state.value, node.availability.value) = (state, availability);
        }
        follows
    }
}

fn follow(index: usize, service: &Scheduled, follows: &mut BTreeMap<(usize, u64), Outcome>) {
    for task in &service.tasks {
        let Some(slot) = task.slot else { continue };
        let outcome = match (&task.fate, task.node) {
            (Fate::Placed, Some(node)) => Outcome::To(node),
            (Fate::Pending(_), _) => {
                let message = service.message_of(task).unwrap_or_default();
                Outcome::Pending(message.to_owned())
            }
            _ => continue,
        };
        follows.insert((index, slot), outcome);
    }
}
