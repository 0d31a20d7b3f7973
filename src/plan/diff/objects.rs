//! Networks, secrets and configs: what is made, what Docker passes over, and what it refuses.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::cluster::running::{Content, RunningNetwork, RunningObject, is_of};
use crate::plan::diff::compare::{Difference, compare};
use crate::plan::diff::services::{self, name};
use crate::plan::diff::steps::problems;
use crate::plan::diff::{Change, Field, FieldNote, Note, Object, Outcome, Request, Stage, normal};
use crate::plan::effect::{self, Effect, Row, Unit};
use crate::source::{Named, Span};
use crate::stack::model::{Text, text};
use crate::stack::{self, FileObject};
use crate::swarm::spec::{Driver, Map};
use crate::swarm::validate::{self, Refusal};

/// Which of the two that are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Secret,
    Config,
}

/// What is sent of one of them.
struct Sent<'a> {
    name: &'a str,
    labels: &'a Map,
    content: Content,
    driver: Option<&'a Driver>,
    templating: Option<&'a Driver>,
    refusals: Vec<Refusal>,
}

pub(super) fn networks(request: &Request) -> Vec<Change> {
    let mut changes = Vec::new();
    let written = request.stack.networks.iter().rev();
    let spans: BTreeMap<String, Span> = written
        .map(|it| (real_name(request, it, it.value.name.as_ref()), it.name.place.span))
        .collect();
    for (name, spec) in &request.specs.networks {
        let span = spans.get(name).copied();
        let change = |outcome| Change { span, ..Change::of(Object::Network, name, outcome) };
        let failed = |reason: String| Change {
            message: Some(format!(
                "failed to create network {name}: Error response from daemon: {reason}"
            )),
            ..change(Outcome::Fails)
        };
        let refusal = validate::network(spec).into_iter().next();
        changes.push(match (request.running.networks.get(name), refusal) {
            (Some(it), _) if is_of(&it.spec.labels, request.name) => {
                let fields = network_fields(it, spec, span);
                Change { fields, ..change(Outcome::None) }.judged()
            }
            (Some(_), _) => failed(format!("network with name {name} already exists")),
            (None, Some(refusal)) => failed(refusal.to_string()),
            (None, None) if request.running.unseen.networks => {
                Change { notes: vec![Note::Unseen], ..change(Outcome::Unknown) }
            }
            (None, None) => change(Outcome::Create),
        });
    }
    changes
}

fn network_fields(
    old: &RunningNetwork,
    new: &crate::swarm::spec::NetworkSpec,
    span: Option<Span>,
) -> Vec<Field> {
    let (old, new) = (normal::network(&old.spec, new), normal::network(new, new));
    let (a, b) = (services::json(&old), services::json(&new));
    let all = compare(&a, &b, &effect::keyed).into_iter();
    let all = all.map(|it| field(effect::NETWORK, it, span));
    all.map(|it| Field { note: Some(FieldNote::NetworkKept), ..it }).collect()
}

/// Secrets or configs.
pub(super) fn changes(request: &Request, kind: Kind) -> Vec<Change> {
    let (stage, written) = of_stack(request, kind);
    let name = |it: &Named<FileObject>| real_name(request, it, it.value.name.as_ref());
    let by_name: BTreeMap<String, &Named<FileObject>> =
        written.iter().rev().map(|it| (name(it), it)).collect();
    let sent = sent(request, kind);
    let own = sent.iter().map(|it| change(request, kind, it, by_name.get(it.name).copied()));
    let mut changes: Vec<Change> = own.collect();
    for problem in problems(request.stack, stage) {
        let stack::Kind::FileUnreadable { path, .. } = &problem.kind else { continue };
        let own = written.iter().filter(|it| text(it.file.as_ref()) == path);
        for it in own {
            changes.push(Change {
                key: Some(it.name.value.clone()),
                message: problem.refusal.as_ref().map(|it| it.text.clone()),
                span: Some(problem.span),
                ..Change::of(kind.object(), &name(it), Outcome::Fails)
            });
        }
    }
    changes.sort_by(|a, b| a.name.cmp(&b.name));
    changes.dedup_by(|a, b| a.name == b.name);
    changes
}

fn change(
    request: &Request,
    kind: Kind,
    sent: &Sent,
    written: Option<&Named<FileObject>>,
) -> Change {
    let object = kind.object();
    let base = Change {
        key: written.map(|it| it.name.value.clone()),
        span: written.map(|it| it.file.as_ref().map_or(it.name.place, |it| it.place).span),
        ..Change::of(object, sent.name, Outcome::Create)
    };
    let refused = |verb: &str, reason: &str| {
        let (name, word) = (sent.name, object.word());
        Some(format!("failed to {verb} {word} {name}: Error response from daemon: {reason}"))
    };
    let Some(old) = kind.running(request).get(sent.name) else {
        if kind.is_unseen(request) {
            return Change { outcome: Outcome::Unknown, notes: vec![Note::Unseen], ..base };
        }
        let Some(refusal) = sent.refusals.first() else { return base };
        let message = refused("create", &refusal.to_string());
        return Change { message, outcome: Outcome::Fails, ..base };
    };
    let mut change = Change { fields: object_fields(old, sent, base.span), ..base }.judged();
    if change.outcome >= Outcome::Unknown {
        let reason = "rpc error: code = InvalidArgument desc = only updates to Labels are allowed";
        change.message = refused("update", reason);
        let services = users(request, kind, sent.name);
        if !services.is_empty() {
            change.notes.push(Note::UsedBy { services });
        }
    }
    if !is_of(&old.labels, request.name) {
        change.notes.push(Note::TakenOver);
    }
    change
}

fn object_fields(old: &RunningObject, new: &Sent, span: Option<Span>) -> Vec<Field> {
    let driver = |it: Option<&Driver>| it.map(services::json);
    let a = json!({ "Labels": old.labels, "Driver": driver(old.driver.as_ref()),
        "Templating": driver(old.templating.as_ref()) });
    let b = json!({ "Labels": new.labels, "Driver": driver(new.driver),
        "Templating": driver(new.templating) });
    let all = compare(&a, &b, &effect::keyed).into_iter();
    let mut fields: Vec<Field> = all.map(|it| field(effect::OBJECT, it, span)).collect();
    for it in fields.iter_mut().filter(|it| it.outcome == Outcome::Ignored) {
        it.note = Some(FieldNote::ObjectKept);
    }
    let (outcome, note) = match (&old.content, &new.content) {
        // Nothing is compared where nothing is sent.
        (_, Content::None) => return fields,
        (Content::Hash(a, _), Content::Hash(b, _)) if a == b => return fields,
        (Content::Unknown, _) | (_, Content::Unknown) => {
            (Outcome::Unknown, Some(FieldNote::ContentUnknown))
        }
        _ => (Outcome::Fails, None),
    };
    fields.insert(
        0,
        Field {
            path: "Data".to_owned(),
            name: "content".to_owned(),
            old: shown(&old.content),
            new: shown(&new.content),
            unit: Unit::Content,
            is_order: false,
            outcome,
            note,
            span,
        },
    );
    fields
}

/// A content by its hash and size.
fn shown(content: &Content) -> Option<Value> {
    match content {
        Content::Hash(hash, size) => Some(json!({ "sha256": hash, "bytes": size })),
        Content::Unknown | Content::None => None,
    }
}

fn field(table: &'static [Row], it: Difference, span: Option<Span>) -> Field {
    let row = effect::find(table, &it.field);
    let outcome = match row.map(|it| it.effect) {
        Some(Effect::InPlace) => Outcome::InPlace,
        Some(Effect::Refused) => Outcome::Fails,
        _ => Outcome::Ignored,
    };
    Field {
        name: row.map_or_else(|| it.path.clone(), |row| name(row, &it)),
        unit: row.map_or(Unit::Plain, |it| it.unit),
        path: it.path,
        old: it.old,
        new: it.new,
        is_order: it.is_order,
        outcome,
        note: None,
        span,
    }
}

/// The services that use a secret or config, of any stack.
fn users(request: &Request, kind: Kind, name: &str) -> Vec<String> {
    let uses = |it: &crate::swarm::spec::ServiceSpec| {
        let container = &it.task_template.container_spec;
        match kind {
            Kind::Secret => container.secrets.iter().any(|it| it.name == name),
            Kind::Config => container.configs.iter().any(|it| it.name == name),
        }
    };
    let running = request.running.services.values().map(|it| &it.spec);
    let all = running.chain(request.specs.services.values()).filter(|it| uses(it));
    let names: BTreeSet<&str> = all.map(|it| it.name.as_str()).collect();
    names.into_iter().map(str::to_owned).collect()
}

/// Secrets and configs of which the file cannot be read, by their real names.
pub(super) fn unreadable(request: &Request) -> BTreeSet<(Object, String)> {
    let mut found = BTreeSet::new();
    for kind in [Kind::Secret, Kind::Config] {
        let failed = changes(request, kind).into_iter();
        found.extend(failed.map(|it| (it.object, it.name)));
    }
    found
}

fn sent<'a>(request: &Request<'a>, kind: Kind) -> Vec<Sent<'a>> {
    match kind {
        Kind::Secret => (request.specs.secrets.iter())
            .map(|it| Sent {
                name: &it.name,
                labels: &it.labels,
                content: match it.driver {
                    Some(_) => Content::None,
                    None => Content::of(&it.data),
                },
                driver: it.driver.as_ref(),
                templating: it.templating.as_ref(),
                refusals: validate::secret(it),
            })
            .collect(),
        Kind::Config => (request.specs.configs.iter())
            .map(|it| Sent {
                name: &it.name,
                labels: &it.labels,
                content: Content::of(&it.data),
                driver: None,
                templating: it.templating.as_ref(),
                refusals: validate::config(it),
            })
            .collect(),
    }
}

fn of_stack<'a>(request: &Request<'a>, kind: Kind) -> (Stage, &'a [Named<FileObject>]) {
    match kind {
        Kind::Secret => (Stage::Secrets, &request.stack.secrets),
        Kind::Config => (Stage::Configs, &request.stack.configs),
    }
}

impl Kind {
    fn object(self) -> Object {
        match self {
            Self::Secret => Object::Secret,
            Self::Config => Object::Config,
        }
    }

    /// Whether nobody was allowed to see which there are.
    fn is_unseen(self, request: &Request) -> bool {
        match self {
            Self::Secret => request.running.unseen.secrets,
            Self::Config => request.running.unseen.configs,
        }
    }

    fn running<'a>(self, request: &Request<'a>) -> &'a BTreeMap<String, RunningObject> {
        match self {
            Self::Secret => &request.running.secrets,
            Self::Config => &request.running.configs,
        }
    }
}

fn real_name<T>(request: &Request, it: &Named<T>, own: Option<&Text>) -> String {
    match text(own) {
        "" => format!("{}_{}", request.name, it.name.value),
        name => name.to_owned(),
    }
}
