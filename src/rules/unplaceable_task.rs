//! Tasks of a service find no node.
//!
//! ## Why
//!
//! Swarm creates the tasks and they wait, for ever if nothing changes; the deploy does not say so.
//! Swarm's own sentence counts each node once, under the first reason only. The notes of the
//! finding tell all of them.
//!
//! ## Example
//!
//! ```yaml nodes.yml
//! nodes:
//!   m1: {role: manager, memory: 2GiB}
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       replicas: 3
//!       resources:
//!         reservations: {memory: 1G}
//! ```
//!
//! ## Fix
//!
//! Reserve less, free a port, run fewer replicas, or add a node that fits:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       replicas: 3
//!       resources:
//!         reservations: {memory: 512M}
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/scheduler/filter.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::amounts::{bytes, cpus, nodes_named};
use crate::rules::placing::cause;
use crate::rules::words::{code, listed};
use crate::scheduler::{Fate, Lack, Refusal, Schedule, Scheduled, Verdict};
use crate::source::{Named, Place};
use crate::stack::Service;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const RULE: Rule = Rule {
    id: "unplaceable-task",
    summary: "tasks find no node",
    group: Group::Placement,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Placement(check),
};

/// The most different reasons that are told.
const MOST_REASONS: usize = 8;

fn check(service: &Named<Service>, deployment: &Deployment, found: &mut Findings) {
    let (Some(schedule), Some(scheduled)) = (deployment.schedule, deployment.scheduled(service))
    else {
        return;
    };
    let pending = scheduled.pending();
    if pending == 0 || cause(service, deployment).is_some() {
        return;
    }
    let is_wanted =
        |it: &Fate| matches!(it, Fate::Kept | Fate::Placed | Fate::Pending(_));
    let all = scheduled.tasks.iter().filter(|it| is_wanted(&it.fate)).count();
    let sentence = scheduled.tasks.iter().find_map(|it| scheduled.message_of(it));
    let sentence = sentence.unwrap_or("no suitable node");
    let verdicts = verdicts(schedule, scheduled);
    let blame = blame(service, &verdicts);
    let (tasks, wait) = if all == 1 { ("task", "waits") } else { ("tasks", "wait") };
    let finding = found.report(
        blame.place,
        format!("{pending} of {all} {tasks} {wait} for a node: {sentence}"),
    );
    let is_moving = scheduled.tasks.iter().any(|it| it.fate == Fate::Placed);
    if scheduled.spec.mode.is_job() && is_moving {
        finding.at_most(Severity::Info).note("they may start when others of the job have ended");
    }
    let mut reasons: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for it in &verdicts {
        let words: Vec<_> = it.refusals.iter().flat_map(|it| &it.lacks).map(why).collect();
        let name = deployment.cluster.nodes[it.node as usize].name.value.as_str();
        reasons.entry(words.join("; ")).or_default().push(name);
    }
    let more = reasons.len().saturating_sub(MOST_REASONS);
    for (reason, nodes) in reasons.into_iter().filter(|it| !it.0.is_empty()).take(MOST_REASONS) {
        finding.note(format!("{}: {reason}", nodes_named(nodes)));
    }
    if more > 0 {
        finding.note(format!("and {more} other reasons"));
    }
    finding.help(blame.help);
}

/// What the nodes say that a waiting task may go to.
fn verdicts(schedule: &Schedule, scheduled: &Scheduled) -> Vec<Verdict> {
    let bound = scheduled.tasks.iter().filter(|it| matches!(it.fate, Fate::Pending(_)));
    let bound: BTreeSet<u32> = bound.filter_map(|it| it.node).collect();
    if bound.is_empty() {
        return schedule.verdicts(scheduled);
    }
    bound.into_iter().map(|it| schedule.verdict(scheduled, it)).collect()
}

struct Blame {
    place: Place,
    help: &'static str,
}

/// The one value that the tasks wait for, where all nodes that may run them say the same.
fn blame(service: &Named<Service>, verdicts: &[Verdict]) -> Blame {
    let fixed = ["ready", "plugins", "constraints", "platform"];
    let mut names = BTreeSet::new();
    for it in verdicts {
        let reasons: Vec<_> = it.refusals.iter().map(Refusal::name).collect();
        if !reasons.iter().any(|it| fixed.contains(it)) {
            names.extend(reasons);
        }
    }
    let at = |place: Option<Place>, help| Blame { place: place.unwrap_or(service.name.place), help };
    let only = (names.len() == 1).then(|| names.first().copied()).flatten();
    let deploy = service.deploy.as_ref();
    match only {
        Some("host-ports") => {
            let is_host = |it: &&crate::stack::model::Port| {
                it.mode.as_ref().is_some_and(|it| it.value.eq_ignore_ascii_case("host"))
            };
            let port = service.ports.iter().find(is_host).map(|it| it.place);
            at(port, "run fewer replicas, or publish the port through the routing mesh")
        }
        Some("max-replicas") => {
            let limit = deploy.and_then(|it| it.placement.max_replicas_per_node.as_ref());
            at(limit.map(|it| it.place), "allow more replicas per node, or add a node")
        }
        Some("resources") => {
            let reserved = deploy.and_then(|it| it.resources.reservations.as_ref());
            at(reserved.map(first_reservation), "reserve less, run fewer replicas, or add a node")
        }
        _ => at(None, "add a node that fits, or ask for less"),
    }
}

fn first_reservation(it: &crate::stack::model::Resource) -> Place {
    let memory = it.memory.as_ref().map(|it| it.place);
    it.cpus.as_ref().map(|it| it.place).or(memory).unwrap_or(it.place)
}

/// What a node lacks, in few words.
fn why(lack: &Lack) -> String {
    match lack {
        Lack::Ready { state } => (*state).to_owned(),
        Lack::Active { availability: "drain" } => "drained".to_owned(),
        Lack::Active { .. } => "paused".to_owned(),
        Lack::Cpus { wanted, free } => format!("{} free, {} wanted", cpus(*free), cpus(*wanted)),
        Lack::Memory { wanted, free } => {
            format!("{} free, {} wanted", bytes(*free), bytes(*wanted))
        }
        Lack::Generic { kind, wanted: Some(wanted), free } => {
            format!("{free} of {} free, {wanted} wanted", code(kind))
        }
        Lack::Generic { kind, wanted: None, .. } => {
            format!("{} cannot be asked for by name", code(kind))
        }
        Lack::Plugin { kind, name } => {
            format!("no {} plugin {}", kind.to_lowercase(), code(name))
        }
        Lack::Constraint { text } => format!("{} is not met", code(text)),
        Lack::Platform { os, arch } => {
            format!("the image is not for {}", code(&format!("{os}/{arch}")))
        }
        Lack::HostPort(it) => format!("port {}/{} is taken", it.port, it.transport),
        Lack::MaxReplicas { limit } => format!("runs {limit} of its tasks, the most allowed"),
        Lack::Volumes { sources } => {
            format!("cannot use the volume {}", listed(sources.iter().map(String::as_str)))
        }
    }
}
