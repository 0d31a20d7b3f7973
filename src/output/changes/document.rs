//! The document that every format shows: `swarm-plan/diff/1`, as in `schemas/diff.schema.json`.
//! Fields are only ever added.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;
use serde_json::{Value, json};
use termcolor::WriteColor;

use crate::output::changes::value::Veil;
use crate::output::changes::{Comparison, words};
use crate::output::place;
use crate::output::plan::plan_json;
use crate::plan::diff::{self, Object};
use crate::plan::effect::Unit;
use crate::source::Span;

#[derive(Serialize)]
pub(super) struct Document<'a> {
    schema: &'static str,
    version: &'static str,
    stack: &'a str,
    /// What the old side is called.
    old: &'a str,
    pub(super) summary: Summary,
    pub(super) steps: Vec<Step<'a>>,
    pub(super) left: Vec<Left<'a>>,
    /// The version of each running service, where it is known.
    versions: BTreeMap<&'a str, u64>,
    /// As the schema `plan` has it.
    plan: Option<Value>,
}

#[derive(Serialize)]
pub(super) struct Summary {
    /// `good`; `doubtful`: something cannot be known before; `bad`.
    pub(super) verdict: &'static str,
    pub(super) text: String,
    /// Whether the deploy comes to its end.
    pub(super) succeeds: bool,
    /// Whether anything is other than it was.
    pub(super) changes: bool,
    pub(super) counts: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
pub(super) struct Step<'a> {
    n: usize,
    kind: &'static str,
    /// How much of it is done: `all`, `part` or `none`.
    done: &'static str,
    /// What it means that the deploy stops here.
    pub(super) halt: Vec<String>,
    pub(super) changes: Vec<Change<'a>>,
}

#[derive(Serialize)]
pub(super) struct Change<'a> {
    object: &'static str,
    name: &'a str,
    /// The name in the stack file.
    key: Option<&'a str>,
    outcome: &'static str,
    /// How many tasks run, or are to run.
    tasks: Option<u64>,
    pub(super) fields: Vec<Field<'a>>,
    /// Docker's own words.
    pub(super) message: Option<String>,
    pub(super) notes: Vec<String>,
    pub(super) place: Option<Place<'a>>,
}

#[derive(Serialize)]
pub(super) struct Field<'a> {
    path: &'a str,
    /// By the keys of a stack file.
    pub(super) name: String,
    pub(super) old: Option<Value>,
    pub(super) new: Option<Value>,
    /// Whether something of the values is not shown.
    pub(super) hidden: bool,
    /// Whether only the order is another one.
    pub(super) order: bool,
    outcome: &'static str,
    pub(super) note: Option<String>,
    pub(super) place: Option<Place<'a>>,
    #[serde(skip)]
    pub(super) unit: Unit,
}

#[derive(Serialize)]
pub(super) struct Place<'a> {
    pub(super) file: &'a str,
    pub(super) line: usize,
    column: usize,
}

#[derive(Serialize)]
pub(super) struct Left<'a> {
    pub(super) object: &'static str,
    pub(super) name: &'a str,
    pub(super) note: &'static str,
}

impl<'a> Document<'a> {
    pub(super) fn of(it: &Comparison<'a>, veil: &Veil) -> Self {
        let diff = it.diff;
        let work = Work { comparison: it, veil };
        let steps = diff.steps.iter().enumerate().map(|(at, step)| work.step(at, step));
        let is_unknown = diff.changes().any(|it| it.outcome == diff::Outcome::Unknown);
        let succeeds = diff.succeeds() && it.plan.is_none_or(crate::plan::Plan::succeeds);
        let counts = diff.counts().into_iter().map(|(outcome, count)| (outcome.word(), count));
        Self {
            schema: "swarm-plan/diff/1",
            version: env!("CARGO_PKG_VERSION"),
            stack: diff.name,
            old: &diff.running.name,
            summary: Summary {
                verdict: match (succeeds, is_unknown) {
                    (false, _) => "bad",
                    (true, true) => "doubtful",
                    (true, false) => "good",
                },
                text: words::verdict(diff),
                succeeds,
                changes: !diff.is_empty(),
                counts: counts.collect(),
            },
            steps: steps.collect(),
            left: (diff.left.iter())
                .map(|it| Left { object: it.object.word(), name: &it.name, note: words::left(it) })
                .collect(),
            versions: diff.running.versions(),
            plan: it.plan.map(plan_json),
        }
    }

    pub(super) fn write(&self, out: &mut dyn WriteColor) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, self)?;
        writeln!(out)
    }
}

/// What a document is made with.
struct Work<'w, 'a> {
    comparison: &'w Comparison<'a>,
    veil: &'w Veil<'w>,
}

impl<'a> Work<'_, 'a> {
    fn step(&self, at: usize, step: &'a diff::Step) -> Step<'a> {
        let diff = self.comparison.diff;
        let halt = diff.halt.filter(|it| it.stage == step.stage);
        Step {
            n: at + 1,
            kind: step.stage.word(),
            done: words::reach(diff.reach(step.stage)),
            halt: halt.map(|it| words::halt(diff, it)).unwrap_or_default(),
            changes: step.changes.iter().map(|it| self.change(it)).collect(),
        }
    }

    fn change(&self, it: &'a diff::Change) -> Change<'a> {
        let notes = it.notes.iter().filter_map(words::note);
        let mut notes: Vec<String> = notes.map(|it| self.veil.text(&it)).collect();
        notes.extend(words::advice(it));
        Change {
            object: it.object.word(),
            name: &it.name,
            key: it.key.as_deref(),
            outcome: it.outcome.word(),
            tasks: it.tasks,
            fields: it.fields.iter().map(|field| self.field(it, field)).collect(),
            message: it.message.as_ref().map(|it| self.veil.text(it)),
            notes,
            place: self.place(it.span),
        }
    }

    fn field(&self, change: &diff::Change, it: &'a diff::Field) -> Field<'a> {
        let key = it.path.rsplit_once('[').map_or("", |it| it.1.trim_end_matches(']'));
        let shown = |value: &Option<Value>| {
            value.as_ref().map(|value| match it.unit {
                Unit::Content => content(change.object, value),
                _ => self.veil.value(&it.path, key, value),
            })
        };
        let (old, new) = (shown(&it.old), shown(&it.new));
        let hidden = match it.unit {
            Unit::Content => change.object == Object::Secret,
            _ => old != it.old || new != it.new,
        };
        let note = words::field(it, change.outcome);
        Field {
            path: &it.path,
            name: self.veil.text(&it.name),
            hidden,
            order: it.is_order,
            outcome: it.outcome.word(),
            note,
            place: self.place(it.span),
            unit: it.unit,
            old,
            new,
        }
    }

    fn place(&self, span: Option<Span>) -> Option<Place<'a>> {
        let span = span?;
        let sources = self.comparison.sources;
        let (line, column) = place(sources, span, span.start());
        Some(Place { file: &sources.get(span.source).name, line, column })
    }
}

/// The hash of a config's content, and how large it is; of a secret only that.
fn content(object: Object, value: &Value) -> Value {
    let bytes = value.get("bytes").cloned().unwrap_or_default();
    match object {
        Object::Secret => json!({ "bytes": bytes }),
        _ => json!({ "bytes": bytes, "sha256": value.get("sha256") }),
    }
}
