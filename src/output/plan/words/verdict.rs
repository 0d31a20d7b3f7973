//! The verdict: what a reader needs to know first.

use crate::output::plan::amount::count;
use crate::output::plan::text::listed;
use crate::output::plan::words::lost;
use crate::plan::{Addresses, Plan};

/// How good a plan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::output::plan) enum Mark {
    Good,
    /// It works, with luck or until it is updated.
    Doubtful,
    Bad,
}

impl Mark {
    pub(in crate::output::plan) fn sign(self) -> &'static str {
        match self {
            Self::Good => "✓",
            Self::Doubtful => "!",
            Self::Bad => "✗",
        }
    }

    pub(in crate::output::plan) fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Doubtful => "doubtful",
            Self::Bad => "bad",
        }
    }
}

/// What speaks against a plan, the worst first.
pub(in crate::output::plan) struct Verdict {
    pub(in crate::output::plan) mark: Mark,
    /// After the stack's name.
    pub(in crate::output::plan) text: String,
    pub(in crate::output::plan) causes: Vec<(Mark, String)>,
}

pub(in crate::output::plan) fn verdict(plan: &Plan) -> Verdict {
    let tasks = plan.services.iter().map(|it| it.running() + it.waiting()).sum();
    let places = match plan.waiting() {
        0 if tasks == 0 => "",
        0 => ", every one has its place",
        1 => ", 1 stays pending",
        more => &format!(", {more} stay pending"),
    };
    let nodes = count(plan.cluster.nodes.len(), "node");
    let text = format!("on {nodes}: {}{places}", count(tasks, "task"));
    let causes = causes(plan);
    let mark = match (plan.succeeds(), causes.is_empty()) {
        (false, _) => Mark::Bad,
        (true, false) => Mark::Doubtful,
        (true, true) => Mark::Good,
    };
    Verdict { mark, text, causes }
}

/// What a plan of a large cluster does not tell.
pub(in crate::output::plan) fn left_out(plan: &Plan) -> Option<String> {
    let losses = match plan.failures_left_out {
        0 => String::new(),
        more => format!("; the loss of {}", count(more, "node")),
    };
    plan.is_abridged.then(|| {
        format!(
            "Not simulated, as the cluster is large: other orders of deploying, other choices among \
             equal nodes, updates of running tasks, jobs, why tasks are where they are, what would \
             help tasks that wait{losses}"
        )
    })
}

fn causes(plan: &Plan) -> Vec<(Mark, String)> {
    let mut causes = Vec::new();
    let mut bad = |text: String| causes.push((Mark::Bad, text));
    if !plan.quorum.is_kept() {
        bad("the managers have no quorum: the swarm takes no deploy".to_owned());
    }
    for it in plan.addresses.iter().filter(|it| it.is_exhausted()) {
        bad(format!("the network {} has too few addresses", it.name));
    }
    match plan.breaches.len() {
        0 => {}
        1 => bad("the policy of the settings does not hold".to_owned()),
        more => bad(format!("the policy of the settings does not hold, in {more} points")),
    }
    if let Some(it) = plan.what_if.as_ref().filter(|it| !it.is_survived()) {
        bad(format!("not everything runs again if {}", lost(plan, &it.lost)));
    }
    for it in &plan.services {
        if let Some(refused) = it.change.as_ref().and_then(|it| it.refused) {
            bad(format!("the deploy stops at {}: {refused}; remove the service first", it.name));
        }
    }
    let stuck = |made: bool| {
        let them = plan.updates.iter().filter(|it| it.is_deploy == made && it.never_ends());
        them.map(|it| plan.services[it.service].name).collect::<Vec<_>>()
    };
    let (now, later) = (stuck(true), stuck(false));
    if !now.is_empty() {
        bad(format!("the update of {} never ends", listed(&now)));
    }
    let mut doubt = |text: String| causes.push((Mark::Doubtful, text));
    if plan.order.is_some() {
        doubt("how many tasks find a node depends on the order in which Docker deploys".to_owned());
    }
    if !later.is_empty() {
        doubt(format!("the next update of {} never ends", listed(&later)));
    }
    let is_short = |it: &&Addresses| it.is_short_in_update() && !it.is_exhausted();
    for it in plan.addresses.iter().filter(is_short) {
        doubt(format!("the network {} has too few addresses for an update", it.name));
    }
    causes
}
