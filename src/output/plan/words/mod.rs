//! What a plan's facts are called.

mod failure;
mod fix;
mod holder;
mod loss;
mod matrix;
mod order;
mod quorum;
mod update;
mod verdict;
mod why;

pub(super) use failure::{Kind, breach, kind, limit, lost, lost_short, step};
pub(super) use fix::remedy;
pub(super) use holder::holders;
pub(super) use loss::{is_harmless, is_telling, summary};
pub(super) use matrix::{Cell, Line, matrix};
pub(super) use order::{order, orders};
pub(super) use quorum::{shared, zones};
pub(super) use update::{
    JOBS_STAY, LESS_IS_NO_HELP, assumed, availability, change, crash, dead_end, dead_ends, delay,
    job, pace, place,
};
pub(super) use verdict::{Mark, left_out, verdict};
pub(super) use why::{RULE, why};

use crate::output::plan::amount::{cpus, cpus_named, memory};
use crate::plan::{Plan, Reason};
use crate::scheduler::Lack;

/// What a node lacks, such as `needs 2 CPUs, 1 free`.
pub(super) fn lack(lack: &Lack) -> String {
    match lack {
        Lack::Ready { state } => format!("is {state}"),
        Lack::Active { availability: "drain" } => "is drained".to_owned(),
        Lack::Active { .. } => "is paused".to_owned(),
        Lack::Cpus { wanted, free } => {
            format!("needs {}, {} free", cpus_named(*wanted), cpus(*free))
        }
        Lack::Memory { wanted, free } => {
            format!("needs {}, {} free", memory(*wanted), memory(*free))
        }
        Lack::Generic { kind, wanted: Some(wanted), free } => {
            format!("needs {wanted} {kind}, {free} free")
        }
        Lack::Generic { kind, wanted: None, .. } => format!("cannot give a {kind} by its name"),
        Lack::Plugin { kind, name } => format!("has no {} plugin {name}", kind.to_lowercase()),
        Lack::Constraint { text } => format!("does not meet {text}"),
        Lack::Platform { os, arch } => format!("is {os}/{arch}, for which there is no image"),
        Lack::HostPort(it) => format!("port {}/{} is taken", it.port, it.transport),
        Lack::MaxReplicas { limit } => format!("runs {limit} already, the most per node"),
        Lack::Volumes { sources } => format!("cannot reach the volume {}", sources.join(", ")),
    }
}

/// All that some nodes lack.
pub(super) fn lacks(reason: &Reason) -> String {
    let all: Vec<String> = reason.refusals.iter().flat_map(|it| &it.lacks).map(lack).collect();
    if all.is_empty() { "would take it".to_owned() } else { all.join("; ") }
}

/// The most nodes that are named one by one.
const NAMED: usize = 8;

/// Names of nodes, or how many they are.
pub(super) fn nodes(plan: &Plan, nodes: &[u32]) -> String {
    let names: Vec<_> = nodes.iter().take(NAMED).map(|it| plan.node(*it)).collect();
    let names = names.join(", ");
    match nodes.len().saturating_sub(NAMED) {
        0 => names,
        more => format!("{names} and {more} more"),
    }
}
