//! One object and its fields in plain lines, which the formats dress up.

use serde_json::Value;

use crate::output::changes::document::{Change, Field};
use crate::output::changes::value::written;
use crate::output::changes::{Comparison, words};
use crate::output::plan::update_of;
use crate::plan::diff::{self, Outcome, Reach, Stage};
use crate::plan::effect::Unit;

/// What comes after the name of a step.
pub(super) fn of_step(it: &Comparison, step: &diff::Step) -> String {
    let is_done = |it: &&diff::Change| !matches!(it.outcome, Outcome::None | Outcome::Ignored);
    let several = step.changes.iter().filter(is_done).count() > 1;
    match (step.stage, it.diff.reach(step.stage)) {
        (_, Reach::Not) if it.diff.halt.is_some_and(|it| it.stage < step.stage) => {
            ", not reached: this is what it would do".to_owned()
        }
        (Stage::Prune, _) => ", before anything is checked".to_owned(),
        (_, _) if several => ", in random order".to_owned(),
        _ => String::new(),
    }
}

/// What becomes of an object.
pub(super) fn of_object(it: &Comparison, change: &diff::Change) -> String {
    let plan = it.plan.filter(|_| change.outcome == Outcome::Restart);
    if let Some(timed) = plan.and_then(|plan| update_of(plan, &change.name)) {
        return timed;
    }
    let spec = change.key.as_ref().and_then(|key| it.diff.specs.services.get(key));
    words::outcome(change, spec)
}

/// What a field was and is, without its name.
pub(super) fn of_field(it: &Field) -> String {
    if it.order {
        let keys = |it: &Option<Value>| written(it.as_ref().unwrap_or(&Value::Null), Unit::Plain);
        return format!("in another order: {} → {}", keys(&it.old), keys(&it.new));
    }
    if it.unit == Unit::Content {
        return format!("{} → {}", content(it.old.as_ref()), content(it.new.as_ref()));
    }
    let value = |value: &Option<Value>| {
        value.as_ref().map_or("(none)".to_owned(), |it2| written(it2, it.unit))
    };
    let (old, new) = (value(&it.old), value(&it.new));
    match (old == new, it.hidden) {
        (true, true) => format!("{old} → {new} (other characters, not shown)"),
        (true, false) => format!("{old} → {new} (the end differs)"),
        _ => format!("{old} → {new}"),
    }
}

fn content(value: Option<&Value>) -> String {
    let Some(value) = value else { return "not known".to_owned() };
    let hash = value.get("sha256").and_then(Value::as_str).and_then(|it| it.get(..8));
    let size = value.get("bytes").and_then(Value::as_u64).map(|it| format!("{it} bytes"));
    match (size, hash) {
        (Some(size), Some(hash)) => format!("{size} ({hash}…)"),
        (Some(size), None) => size,
        (None, Some(hash)) => format!("{hash}…"),
        (None, None) => "known by its hash".to_owned(),
    }
}

/// What else there is to say of an object: Docker's words first.
pub(super) fn notes(change: &diff::Change, shown: &Change) -> Vec<String> {
    let word = if change.outcome == Outcome::Fails { "Docker says" } else { "Docker would say" };
    let message = shown.message.iter().map(|it| format!("{word}: {it}"));
    message.chain(shown.notes.iter().cloned()).collect()
}

/// What holds for the whole, before the last line.
pub(super) fn remarks(it: &Comparison) -> Vec<String> {
    let mut remarks = Vec::new();
    if it.diff.tags > 0 && it.diff.succeeds() {
        remarks.push(
            "Docker asks the registry what each tag means now: where one has moved, tasks restart \
             for that, too."
                .to_owned(),
        );
    }
    remarks
}
