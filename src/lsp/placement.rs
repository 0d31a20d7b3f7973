//! Where the tasks of each service go on the nodes of the inventory, in a few words.

use std::fmt::Write;

use crate::lsp::check::Snapshot;
use crate::plan::{self, Assumptions, Policy, Request, Update, WhatIf};
use crate::scheduler::Fate;

/// Where the tasks of one service go.
#[derive(Clone, Debug)]
pub(super) struct Placement {
    /// The service's name in the stack file.
    pub service: String,
    pub placed: usize,
    pub wanted: u64,
    /// The nodes with the number of tasks that each gets, in the order of the inventory.
    pub nodes: Vec<(String, usize)>,
    /// Swarm's words for tasks that wait.
    pub message: Option<String>,
    pub update: Option<String>,
}

/// So many nodes are named.
const MOST: usize = 4;

/// Larger swarms and stacks are not placed while somebody types: nodes times tasks.
const LARGE: usize = 200_000;

/// Where every service goes; nothing where there is no inventory, or where Docker refuses the
/// stack.
pub(super) fn of(snapshot: &Snapshot) -> Vec<Placement> {
    let Some(cluster) = snapshot.cluster.as_ref().filter(|it| !it.nodes.is_empty()) else {
        return Vec::new();
    };
    let stack = &snapshot.analysis.stack;
    let mut problems = stack.problems.iter().chain(&stack.incomplete);
    let is_refused = problems.any(|it| it.refusal.is_some() || it.lacks_variable);
    let specs = &snapshot.analysis.specs;
    let size = cluster.nodes.len().saturating_mul(specs.services.len());
    if is_refused || size > LARGE {
        return Vec::new();
    }
    let request = Request {
        stack: &snapshot.job.name,
        specs,
        cluster,
        policy: &Policy::default(),
        what_if: &WhatIf::default(),
        assumptions: Assumptions::default(),
    };
    let plan = plan::plan(&request);
    let mut found = Vec::new();
    for (at, service) in plan.services.iter().enumerate() {
        let Some(key) = service.key else { continue };
        let mut nodes = vec![0_usize; cluster.nodes.len()];
        for task in &service.tasks {
            let runs = matches!(task.fate, Fate::Kept | Fate::Placed | Fate::Replaced);
            if let Some(count) =
                task.node.filter(|_| runs).and_then(|it| nodes.get_mut(it as usize))
            {
                *count += 1;
            }
        }
        let named = nodes.iter().enumerate().filter(|it| *it.1 > 0);
        let update = plan.updates.iter().find(|it| it.service == at).map(update_words);
        found.push(Placement {
            service: key.to_owned(),
            placed: service.running(),
            wanted: service.wanted(),
            nodes: named.map(|(at, count)| (plan.node(at as u32).to_owned(), *count)).collect(),
            message: service.message.clone(),
            update,
        });
    }
    found
}

/// How long an update takes, and how few tasks run meanwhile.
fn update_words(it: &Update) -> String {
    let Some(done) = it.course.done_at.filter(|_| !it.never_ends()) else {
        return "update never ends".to_owned();
    };
    let seconds = done.div_ceil(1_000);
    let time = match seconds {
        0..=119 => format!("{seconds} s"),
        120..=7_199 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h", seconds.div_ceil(3_600)),
    };
    format!("update ≈ {time} · lowest {}", it.course.min_running)
}

impl Placement {
    /// The nodes: `→ w1 ×2, w2`.
    pub(super) fn short(&self) -> String {
        if self.nodes.is_empty() {
            return "→ no node".to_owned();
        }
        let name = |(name, count): &(String, usize)| match count {
            1 => name.clone(),
            _ => format!("{name} ×{count}"),
        };
        let shown: Vec<String> = self.nodes.iter().take(MOST).map(name).collect();
        let more = self.nodes.len().saturating_sub(MOST);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let waits = self.wanted.saturating_sub(self.placed as u64);
        let waits = if waits == 0 { String::new() } else { format!(", {waits} pending") };
        format!("→ {}{more}{waits}", shown.join(", "))
    }

    /// Counts: `3 of 3 placed`, and how an update goes.
    pub(super) fn counts(&self) -> String {
        let mut text = format!("{} of {} placed", self.placed, self.wanted);
        if let Some(update) = self.update.as_ref().filter(|it| !it.is_empty()) {
            text.push_str(" · ");
            text.push_str(update);
        }
        text
    }

    /// Everything, in a sentence or two.
    pub(super) fn long(&self) -> String {
        let mut text = format!("{} {}", self.counts(), self.short());
        if let Some(message) = &self.message {
            // Writing to a text cannot fail.
            let _ = write!(text, "\n\nSwarm says: {message}");
        }
        text
    }
}
