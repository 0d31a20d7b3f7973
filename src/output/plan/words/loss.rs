//! What follows from a loss, in a sentence.

use std::collections::BTreeMap;

use crate::output::plan::words::{Kind, kind};
use crate::plan::{Failure, Lost, Move, Plan};

/// A node without tasks is worth a line only where it takes the quorum.
pub(in crate::output::plan) fn is_telling(plan: &Plan, it: &Failure) -> bool {
    let is_single_worker =
        matches!(it.lost, Lost::Node(_)) && it.managers == plan.quorum.reachable.len();
    let is_pair = matches!(it.lost, Lost::Managers(..));
    // Two managers matter where one alone does not.
    let is_quiet = it.moves.is_empty() && is_single_worker;
    let is_harmless = is_pair && it.has_quorum && it.is_survived();
    !is_quiet && !is_harmless
}

/// Whether the task runs again with its data, or belonged to the node.
pub(in crate::output::plan) fn is_harmless(it: &Move) -> bool {
    matches!(kind(it), Kind::Moves | Kind::Gone)
}

/// One sentence for each thing that matters.
pub(in crate::output::plan) fn summary(plan: &Plan, it: &Failure) -> String {
    let mut parts = Vec::new();
    if !it.has_quorum {
        let all = plan.quorum.managers.len();
        parts.push(format!("no quorum ({} of {all} managers): nothing is replaced", it.managers));
    }
    let mut kinds: BTreeMap<Kind, BTreeMap<usize, usize>> = BTreeMap::new();
    for step in &it.moves {
        let services = kinds.entry(kind(step)).or_default();
        *services.entry(step.service).or_default() += 1;
    }
    for (kind, services) in &kinds {
        let names: Vec<String> = services
            .iter()
            .map(|(service, tasks)| {
                let name = plan.services[*service].short_name();
                if *tasks == 1 { name.to_owned() } else { format!("{name}\u{a0}×{tasks}") }
            })
            .collect();
        parts.push(format!("{}: {}", kind.word(), names.join(", ")));
    }
    if parts.is_empty() {
        parts.push("nothing changes for the stack".to_owned());
    }
    if it.has_quorum && it.managers < plan.quorum.reachable.len() {
        let spare = it.managers.saturating_sub(plan.quorum.needed());
        let spare =
            if spare == 0 { "no more may go".to_owned() } else { format!("{spare} more may go") };
        parts.push(format!(
            "{} of {} managers left, {spare}",
            it.managers,
            plan.quorum.managers.len()
        ));
    }
    parts.join(" · ")
}
