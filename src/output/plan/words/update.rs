//! Updates in words.

use crate::output::plan::amount::count;
use crate::plan::{Plan, Update};
use crate::rollout::{DeadEnd, DeadEndKind, Place, UpdateState};

/// Such as `shop_api.2`, or `shop_agent on w1`.
pub(in crate::output::plan) fn place(plan: &Plan, update: &Update, place: Place) -> String {
    let name = plan.services[update.service].name;
    match place {
        Place::Slot(slot) => format!("{name}.{slot}"),
        Place::Node(node) => format!("{name} on {}", plan.node(node)),
    }
}

/// Such as `start-first, 2 at a time`.
pub(in crate::output::plan) fn pace(update: &Update) -> String {
    let order = if update.start_first { "start-first" } else { "stop-first" };
    let at_once = match update.at_once {
        1 => "one at a time".to_owned(),
        it if it == update.course.initial_running => "all at once".to_owned(),
        it => format!("{it} at a time"),
    };
    format!("{order}, {at_once}")
}

/// Everything that an update runs into, each thing once.
pub(in crate::output::plan) fn dead_ends(update: &Update) -> Vec<(bool, String)> {
    let mut found: Vec<(bool, String)> = Vec::new();
    for it in &update.dead_ends {
        let it = (it.kind != DeadEndKind::Overlap, dead_end(it));
        if !found.contains(&it) {
            found.push(it);
        }
    }
    found
}

/// What an update runs into.
pub(in crate::output::plan) fn dead_end(it: &DeadEnd) -> String {
    let why = match it.kind {
        DeadEndKind::StartFirstHostPort => {
            "waits for ever: start-first, and the old tasks hold the nodes' port; use stop-first"
        }
        DeadEndKind::StartFirstMaxReplicas => {
            "waits for ever: start-first, and every node has max_replicas_per_node; use stop-first"
        }
        DeadEndKind::StartFirstNoRoom => {
            "waits for ever: start-first, and no node has room for one more; use stop-first"
        }
        DeadEndKind::Pending => "waits for ever: no node takes the new task",
        DeadEndKind::Silent => "waits for ever: the new task neither comes up nor fails",
        DeadEndKind::Overlap => {
            return "Swarm starts the new task after a minute, though the old one may still stop: \
                    stop_grace_period is longer"
                .to_owned();
        }
    };
    let message = if it.message.is_empty() { String::new() } else { format!(": {}", it.message) };
    format!("{why}. No failure_action applies to a task that waits{message}")
}

/// How an update ends whose tasks crash.
pub(in crate::output::plan) fn crash(update: &Update) -> String {
    let it = &update.crash;
    let all = update.course.initial_running;
    let end = match it.state {
        UpdateState::Paused => {
            format!("the update pauses, {} of {all} run the old one", it.old_running)
        }
        UpdateState::RollbackCompleted | UpdateState::RollbackStarted => {
            format!("it is rolled back, with at least {} of {all} running", it.min_running)
        }
        UpdateState::RollbackPaused => "the rollback fails, too, and pauses".to_owned(),
        UpdateState::Completed => {
            format!("the update goes on to the end: {} of {all} run the old one", it.old_running)
        }
        UpdateState::Updating => "the update never ends".to_owned(),
        UpdateState::None => return format!("nothing stops it; {}", count(all as usize, "task")),
    };
    format!("if the new version crashes after a second, {end}")
}
