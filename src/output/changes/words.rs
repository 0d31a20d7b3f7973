//! What the facts of a diff are called.

use crate::output::plan::count;
use crate::plan::diff::{
    Change, Diff, Field, FieldNote, Halt, Left, Note, Object, Outcome, Reach, Stage,
};
use crate::swarm::spec::{ServiceSpec, UpdateConfig};

/// The sign of an outcome; a word stands beside it always.
pub(super) fn sign(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::None => "=",
        Outcome::Ignored => "·",
        Outcome::InPlace => "~",
        Outcome::Scale => "±",
        Outcome::Unknown => "?",
        Outcome::Create => "+",
        Outcome::Restart => "↻",
        Outcome::Delete => "-",
        Outcome::Fails => "!",
    }
}

/// What becomes of an object.
pub(super) fn outcome(change: &Change, spec: Option<&ServiceSpec>) -> String {
    let is_service = change.object == Object::Service;
    let tasks = change.tasks.map(|it| count(it as usize, "task"));
    match change.outcome {
        Outcome::None => "unchanged".to_owned(),
        Outcome::Ignored => "Docker ignores the change".to_owned(),
        Outcome::InPlace if is_service => "changes in place, no task restarts".to_owned(),
        Outcome::InPlace => "changes in place".to_owned(),
        Outcome::Scale => "is scaled, running tasks stay".to_owned(),
        Outcome::Unknown => "cannot be known before".to_owned(),
        Outcome::Create => match tasks {
            Some(tasks) if is_service => format!("is created, {tasks}"),
            _ => "is created".to_owned(),
        },
        Outcome::Restart if change.notes.contains(&Note::RunsAgain) => {
            "runs again: every deploy starts a job anew".to_owned()
        }
        Outcome::Restart if moves(change) => "tasks move".to_owned(),
        Outcome::Restart => {
            let pace = spec.map(|it| format!(": {}", pace(it, change.tasks))).unwrap_or_default();
            match change.tasks {
                Some(_) => format!("restarts {}{pace}", tasks.unwrap_or_default()),
                None => format!("restarts all its tasks{pace}"),
            }
        }
        Outcome::Delete => match tasks {
            Some(tasks) => {
                format!("is removed: {tasks} stop at once, before anything else is done")
            }
            None => "is removed at once, before anything else is done".to_owned(),
        },
        Outcome::Fails => "Docker refuses".to_owned(),
    }
}

/// Whether only those tasks restart that new constraints leave out.
fn moves(change: &Change) -> bool {
    let restarting = change.fields.iter().filter(|it| it.outcome == Outcome::Restart);
    restarting.clone().count() > 0
        && restarting.clone().all(|it| matches!(it.note, Some(FieldNote::Moves(_))))
}

/// Such as `stop-first, one at a time`.
fn pace(spec: &ServiceSpec, tasks: Option<u64>) -> String {
    let config = spec
        .update_config
        .clone()
        .unwrap_or(UpdateConfig { parallelism: 1, ..UpdateConfig::default() });
    let order = if config.order == "start-first" { "start-first" } else { "stop-first" };
    if tasks == Some(1) {
        return order.to_owned();
    }
    let at_once = match config.parallelism {
        0 => "all at once".to_owned(),
        it if tasks.is_some_and(|tasks| it >= tasks) => "all at once".to_owned(),
        1 => "one at a time".to_owned(),
        it => format!("{it} at a time"),
    };
    format!("{order}, {at_once}")
}

/// What becomes of a field, where it is not what becomes of the whole.
pub(super) fn field(it: &Field, whole: Outcome) -> Option<String> {
    if let Some(note) = &it.note {
        return Some(field_note(*note));
    }
    match it.outcome {
        Outcome::InPlace if whole == Outcome::Restart => Some("in place".to_owned()),
        Outcome::Scale if whole != Outcome::Scale => Some("running tasks stay".to_owned()),
        Outcome::Restart if whole != Outcome::Restart => Some("restarts tasks".to_owned()),
        _ => None,
    }
}

fn field_note(note: FieldNote) -> String {
    match note {
        FieldNote::ScaledByHand => "overwrites what was scaled by hand".to_owned(),
        FieldNote::ReplicasUnsaid => "the file gives no number, which is 1".to_owned(),
        FieldNote::VolumeKept => {
            "tasks restart, but volumes that exist keep their driver, options and labels".to_owned()
        }
        FieldNote::ContainerLabel => {
            "a label of the containers; under `deploy.labels` it would change in place".to_owned()
        }
        FieldNote::BesidePlacement => {
            "together with placement it restarts no task: only new tasks have it".to_owned()
        }
        FieldNote::NewTasksOnly => "moves no running task".to_owned(),
        FieldNote::Moves(1) => "1 task is on a node that is left out, and moves".to_owned(),
        FieldNote::Moves(count) => {
            format!("{count} tasks are on nodes that are left out, and move")
        }
        FieldNote::MovesUnknown => {
            "tasks on nodes that are left out move; nobody said where tasks are".to_owned()
        }
        FieldNote::NetworkKept => "ignored: networks that exist are never updated".to_owned(),
        FieldNote::ObjectKept => "ignored: of what exists only labels are updated".to_owned(),
        FieldNote::ContentUnknown => {
            "the old content is not known: the deploy stops here if it was another".to_owned()
        }
    }
}

/// What else there is to say of an object.
pub(super) fn note(note: &Note) -> Option<String> {
    let text = match note {
        // Said already.
        Note::RunsAgain => return None,
        Note::RollbackLost { image } => {
            format!("`docker service rollback` cannot go back to {image} after this deploy")
        }
        Note::RenamedFrom { old, runs_on: true } => {
            format!(
                "looks like {old} under a new name: Docker knows no renaming, and {old} runs on"
            )
        }
        Note::RenamedFrom { old, runs_on: false } => format!(
            "looks like {old} under a new name: {old} is gone first, and nothing answers until the \
             new tasks run"
        ),
        Note::TakenOver => "is another stack's, or nobody's, and is taken over".to_owned(),
        Note::PortFreed { port, by } => format!(
            "{by} gives up port {port} in this deploy: Docker's order is random, and if {by} comes \
             later this is refused"
        ),
        Note::WasPaused => "its last update was paused; this deploy starts another one".to_owned(),
        Note::Unseen => "nobody was allowed to see whether it exists".to_owned(),
        Note::UsedBy { services } => {
            let more = services.len().saturating_sub(5);
            let shown = services.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("used by {shown}{more}")
        }
    };
    Some(text)
}

/// What to do about a refusal, where it is known.
pub(super) fn advice(change: &Change) -> Option<String> {
    match (change.object, change.outcome) {
        (Object::Secret | Object::Config, Outcome::Fails | Outcome::Unknown)
            if change.fields.iter().any(|it| it.path == "Data") =>
        {
            Some("give it a `name` that changes with the content".to_owned())
        }
        (Object::Service, Outcome::Fails) if change.fields.iter().any(|it| it.path == "Mode") => {
            Some(format!("remove it first: docker service rm {}", change.name))
        }
        _ => None,
    }
}

/// How much of a step is done.
pub(super) fn reach(reach: Reach) -> &'static str {
    match reach {
        Reach::All => "all",
        Reach::Part => "part",
        Reach::Not => "none",
    }
}

/// What it means that the deploy ends in this step.
pub(super) fn halt(diff: &Diff, halt: Halt) -> Vec<String> {
    let mut lines = Vec::new();
    let of = |them: &[Outcome], stages: &dyn Fn(Stage) -> bool| {
        let changes = diff.steps.iter().filter(|it| stages(it.stage)).flat_map(|it| &it.changes);
        changes.filter(|it| them.contains(&it.outcome)).map(|it| it.name.clone()).collect()
    };
    let before = |stage: Stage| stage < halt.stage;
    let removed: Vec<String> = of(&[Outcome::Delete], &before);
    let created: Vec<String> = of(&[Outcome::Create], &before);
    let changed: Vec<String> = of(&[Outcome::InPlace], &before);
    let mut done = Vec::new();
    for (what, names) in [("removed", removed), ("created", created), ("updated", changed)] {
        if !names.is_empty() {
            done.push(format!("{} {what}", listed(&names)));
        }
    }
    let done = if done.is_empty() {
        "nothing is changed before".to_owned()
    } else {
        format!("done already: {}", done.join("; "))
    };
    lines.push(format!("the deploy stops here; {done}"));
    if !halt.before && halt.stage == Stage::Services {
        lines.push(
            "services come in random order: each of the others is updated or not, by chance"
                .to_owned(),
        );
    } else if halt.stage < Stage::Services {
        lines.push("no service is created or updated".to_owned());
    }
    lines
}

fn listed(names: &[String]) -> String {
    let more = names.len().saturating_sub(4);
    let shown = names.iter().take(4).cloned().collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}

/// What stays behind.
pub(super) fn left(it: &Left) -> &'static str {
    match it.object {
        Object::Service => "runs on; `--prune` removes it",
        Object::Network | Object::Secret | Object::Config => "stays; Docker never removes it",
    }
}

/// The last line: `2 restart, 1 is created, 3 unchanged`.
pub(super) fn summary(diff: &Diff) -> String {
    let counts = diff.counts();
    let order = [
        (Outcome::Fails, "refused"),
        (Outcome::Unknown, "unknown"),
        (Outcome::Delete, "removed"),
        (Outcome::Restart, "restarted"),
        (Outcome::Scale, "scaled"),
        (Outcome::InPlace, "changed in place"),
        (Outcome::Create, "created"),
        (Outcome::Ignored, "ignored"),
        (Outcome::None, "unchanged"),
    ];
    let mut parts: Vec<String> = order
        .iter()
        .filter_map(|(outcome, word)| Some(format!("{} {word}", counts.get(outcome)?)))
        .collect();
    if !diff.left.is_empty() {
        parts.push(format!("{} left behind", diff.left.len()));
    }
    if parts.is_empty() { "nothing to deploy".to_owned() } else { parts.join(", ") }
}

/// What the reader needs to know first, after the stack's name.
pub(super) fn verdict(diff: &Diff) -> String {
    if let Some(halt) = diff.halt {
        let n = halt.stage as usize + 1;
        return format!("the deploy stops in step {n} of 5, {}", halt.stage.word());
    }
    if diff.is_empty() {
        return "nothing changes".to_owned();
    }
    let counts = diff.counts();
    let of = |it: Outcome| counts.get(&it).copied().unwrap_or_default();
    let mut parts = Vec::new();
    match of(Outcome::Restart) {
        0 => parts.push("no service restarts".to_owned()),
        1 => parts.push("1 service restarts".to_owned()),
        more => parts.push(format!("{more} services restart")),
    }
    match of(Outcome::Delete) {
        0 => {}
        1 => parts.push("1 is removed".to_owned()),
        more => parts.push(format!("{more} are removed")),
    }
    if of(Outcome::Unknown) > 0 {
        parts.push("the deploy may stop".to_owned());
    }
    parts.join(", ")
}
