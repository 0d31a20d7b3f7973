//! How the replacement of a service's tasks would go.

use serde::Serialize;

use crate::output::plan::words;
use crate::plan::{self, Happens, Plan};
use crate::rollout::{DeadEndKind, UpdateState};

#[derive(Serialize)]
pub(super) struct Update<'a> {
    service: &'a str,
    /// Whether the deploy makes it; else it is the next one, whatever it will change.
    deploy: bool,
    /// `stop-first` or `start-first`.
    order: &'static str,
    at_once: u64,
    running: u64,
    /// The lowest availability.
    min_running: u64,
    /// The most tasks that hold resources at once, old and new.
    max_alive: u64,
    /// Null where it never ends.
    duration_ms: Option<u64>,
    /// For how long fewer tasks run than before.
    below_ms: u64,
    /// Swarm's word, such as `COMPLETED`.
    state: String,
    dead_ends: Vec<DeadEnd<'a>>,
    steps: Vec<Step>,
    /// What happens when the new version ends with an error after a second.
    crash: Crash<'a>,
    /// What would let it end, where it waits without limit, in words.
    remedies: Vec<String>,
    /// Whether a smaller reservation in the new version would not.
    less_is_no_help: bool,
}

#[derive(Serialize)]
struct DeadEnd<'a> {
    kind: &'static str,
    /// Swarm's words for why the task waits; empty where it has none.
    message: &'a str,
    text: String,
}

#[derive(Serialize)]
struct Step {
    at_ms: u64,
    task: String,
    /// `stops`, `stopped`, `made`, `runs`, `fails`.
    what: &'static str,
    running: u64,
}

#[derive(Serialize)]
struct Crash<'a> {
    /// How it ends, in words.
    text: String,
    state: String,
    message: &'a str,
    min_running: u64,
    old_running: u64,
}

pub(super) fn update<'p>(plan: &'p Plan, it: &'p plan::Update) -> Update<'p> {
    let step = |step: &plan::Step| Step {
        at_ms: step.at,
        task: words::place(plan, it, step.place),
        what: happens(step.what),
        running: step.running,
    };
    let state = it.course.update.as_ref().map(|it| it.state).unwrap_or_default();
    Update {
        service: plan.services[it.service].name,
        deploy: it.is_deploy,
        order: if it.start_first { "start-first" } else { "stop-first" },
        at_once: it.at_once,
        running: it.course.initial_running,
        min_running: it.course.min_running,
        max_alive: it.course.max_alive,
        duration_ms: it.course.done_at,
        below_ms: it.course.below_initial,
        state: state.to_string(),
        dead_ends: (it.dead_ends.iter())
            .map(|it| DeadEnd {
                kind: kind(it.kind),
                message: &it.message,
                text: words::dead_end(it),
            })
            .collect(),
        steps: it.steps.iter().map(step).collect(),
        crash: Crash {
            text: words::crash(it),
            state: UpdateState::to_string(&it.crash.state),
            message: &it.crash.message,
            min_running: it.crash.min_running,
            old_running: it.crash.old_running,
        },
        remedies: it.remedies.iter().map(|it| words::remedy(plan, it)).collect(),
        less_is_no_help: it.less_is_no_help,
    }
}

fn happens(what: Happens) -> &'static str {
    match what {
        Happens::Stops => "stops",
        Happens::Stopped => "stopped",
        Happens::Made => "made",
        Happens::Runs => "runs",
        Happens::Fails => "fails",
    }
}

fn kind(kind: DeadEndKind) -> &'static str {
    match kind {
        DeadEndKind::StartFirstHostPort => "start-first-host-port",
        DeadEndKind::StartFirstMaxReplicas => "start-first-max-replicas",
        DeadEndKind::StartFirstNoRoom => "start-first-no-room",
        DeadEndKind::Pending => "pending",
        DeadEndKind::Silent => "silent",
        DeadEndKind::Overlap => "overlap",
    }
}
