//! Each loss against each service: how many tasks run in the end.

use std::collections::BTreeSet;

use crate::output::plan::words::is_harmless;
use crate::plan::{Failure, Plan};

/// A table of losses and services.
pub(in crate::output::plan) struct Matrix {
    /// The services' places in the plan's list: those that any of the losses hits.
    pub(in crate::output::plan) services: Vec<usize>,
    /// Before anything is lost.
    pub(in crate::output::plan) now: Line,
    /// In the order of the losses given.
    pub(in crate::output::plan) lines: Vec<Line>,
}

/// What is left after one loss.
pub(in crate::output::plan) struct Line {
    /// For each service of the table.
    pub(in crate::output::plan) cells: Vec<Cell>,
    /// Managers that hear each other, such as `2 of 3`.
    pub(in crate::output::plan) managers: Cell,
}

/// Such as `2/4`, and whether that is worse than a loss should be.
pub(in crate::output::plan) struct Cell {
    pub(in crate::output::plan) text: String,
    pub(in crate::output::plan) is_bad: bool,
}

pub(in crate::output::plan) fn matrix(plan: &Plan, failures: &[&Failure]) -> Matrix {
    let hit: BTreeSet<usize> =
        failures.iter().flat_map(|it| &it.hits).map(|it| it.service).collect();
    let services: Vec<usize> = hit.into_iter().collect();
    let all = plan.quorum.managers.len();
    let full = |service: &usize| {
        let running = plan.services[*service].running();
        Cell { text: format!("{running}/{running}"), is_bad: false }
    };
    let reachable = plan.quorum.reachable.len();
    let managers = Cell { text: format!("{reachable} of {all}"), is_bad: !plan.quorum.is_kept() };
    let now = Line { cells: services.iter().map(full).collect(), managers };
    let line = |it: &&Failure| Line {
        cells: services.iter().map(|at| cell(it, *at).unwrap_or_else(|| full(at))).collect(),
        managers: Cell { text: format!("{} of {all}", it.managers), is_bad: !it.has_quorum },
    };
    Matrix { now, lines: failures.iter().map(line).collect(), services }
}

fn cell(it: &Failure, service: usize) -> Option<Cell> {
    let hit = it.hits.iter().find(|it| it.service == service)?;
    let mut own = it.moves.iter().filter(|it| it.service == service);
    Some(Cell { text: format!("{}/{}", hit.after, hit.before), is_bad: !own.all(is_harmless) })
}
