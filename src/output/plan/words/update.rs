//! Updates in words.

use crate::output::plan::amount::{count, time};
use crate::plan::{Assumptions, Job, Plan, Service, Update, WITHDRAWAL};
use crate::rollout::{DeadEnd, DeadEndKind, Place, UpdateState};
use crate::swarm::spec::ServiceSpec;

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

/// What Swarm does where no monitor is set, in milliseconds.
const MONITOR: u64 = 5_000;

/// How long Swarm waits between tasks, and how long it watches each: longer than the delay, always.
pub(in crate::output::plan) fn delay(spec: &ServiceSpec) -> String {
    let config = spec.update_config.as_ref();
    let millis = |nanos: i64| u64::try_from(nanos).unwrap_or_default() / 1_000_000;
    let delay = config.map_or(0, |it| millis(it.delay));
    let monitor = config.map_or(0, |it| millis(it.monitor));
    let monitor = if monitor == 0 { MONITOR } else { monitor };
    let pause = match delay {
        0 => "no delay between tasks".to_owned(),
        it => format!("{} of delay after each task", time(it)),
    };
    let (watched, why) = if delay >= monitor {
        let raised = format!(" (monitor is {}, and Swarm takes delay + 1 s)", time(monitor));
        (delay.saturating_add(1_000), raised)
    } else {
        (monitor, " (monitor)".to_owned())
    };
    format!("{pause}; one that fails within {} counts{why}", time(watched))
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

/// What nobody knows before, and what is random.
pub(in crate::output::plan) fn assumed(it: Assumptions) -> String {
    format!(
        "Assumed: {} to pull an image, {} to start, {} to stop once Docker signals, which is {} after \
         it takes a task out of its networks; --assume says otherwise. Slots come in random order.",
        time(it.pull),
        time(it.start),
        time(it.stop),
        time(WITHDRAWAL)
    )
}

/// What becomes of jobs that are taken away.
pub(in crate::output::plan) const JOBS_STAY: &str = "Docker 20.10 does not end the tasks of a job that is removed: they run on until they are done.";

/// What does not help an update that waits for room.
pub(in crate::output::plan) const LESS_IS_NO_HELP: &str = "A smaller reservation in the same deploy is no help: until they are replaced, the old tasks hold \
     theirs.";

/// How an update ends whose tasks crash; empty where nobody knows.
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
        UpdateState::Updating if update.never_ends() => return String::new(),
        UpdateState::Updating => "the update never ends".to_owned(),
        UpdateState::None => return String::new(),
    };
    format!("if the new version crashes after a second, {end}")
}

/// What a deploy changes of a service that runs: such as `4 tasks are replaced: image`.
pub(in crate::output::plan) fn change(service: &Service) -> Option<String> {
    let change = service.change.as_ref()?;
    if let Some(refused) = change.refused {
        return Some(format!("is not changed: {refused}"));
    }
    // How many there are replaces none.
    let fields: Vec<_> = change.fields.iter().copied().filter(|it| *it != "replicas").collect();
    let fields = fields.join(", ");
    match change.replaced {
        _ if service.spec.mode.is_job() => Some("runs again, as with every deploy".to_owned()),
        0 if change.fields.is_empty() => Some("is as it was".to_owned()),
        0 => None,
        1 => Some(format!("1 task is replaced: {fields}")),
        count => Some(format!("{count} tasks are replaced: {fields}")),
    }
}

/// Such as `at least 3 of 4 running`.
pub(in crate::output::plan) fn availability(plan: &Plan, update: &Update) -> String {
    let (before, least) = (update.course.initial_running, update.course.min_running);
    let wanted = plan.services[update.service].wanted();
    if update.is_deploy && wanted != before {
        return format!("at least {least} running");
    }
    format!("at least {least} of {before} running")
}

/// Such as `3 tasks, one at a time: about 1 min 15 s, if each works for 10 s`.
pub(in crate::output::plan) fn job(it: &Job, assumptions: Assumptions) -> String {
    let pace = match it.at_once {
        _ if it.total <= 1 => String::new(),
        1 => ", one at a time".to_owned(),
        more if more >= it.total => ", all at once".to_owned(),
        more => format!(", {more} at a time"),
    };
    let tasks = count(it.total as usize, "task");
    match it.done_at {
        Some(done) => {
            let work = time(assumptions.work);
            format!("{tasks}{pace}: about {}, if each works for {work}", time(done))
        }
        None => format!("{tasks}{pace}: only {} can be done, the rest find no node", it.completed),
    }
}
