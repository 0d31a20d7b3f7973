//! What an update changes of one service, field by field.

use serde_json::Value;

use crate::cluster::running::RunningService;
use crate::plan::diff::compare::{Difference, compare};
use crate::plan::diff::{Field, FieldNote, Keyed, Outcome, normal, place, tasks};
use crate::plan::effect::{self, Effect, Row};
use crate::rollout;
use crate::source::Named;
use crate::stack::Service;
use crate::swarm::convert::IMAGE_LABEL;
use crate::swarm::spec::{Mode, ServiceSpec};

use crate::cluster::Cluster;

/// A service before and after.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    pub(super) old: &'a RunningService,
    pub(super) new: &'a ServiceSpec,
    /// As the stack file has it.
    pub(super) written: Option<&'a Named<Service>>,
    pub(super) cluster: Option<&'a Cluster>,
}

impl Pair<'_> {
    /// Whether the mode is another one, which the manager refuses.
    pub(super) fn changes_mode(&self) -> bool {
        std::mem::discriminant(&self.old.spec.mode) != std::mem::discriminant(&self.new.mode)
    }

    /// Whether the published ports are other ones.
    pub(super) fn changes_ports(&self) -> bool {
        let before = normal::service(&self.old.spec, self.new).endpoint_spec;
        before != normal::service(self.new, self.new).endpoint_spec
    }

    /// What changes.
    pub(super) fn fields(&self) -> Vec<Field> {
        let before = normal::service(&self.old.spec, self.new);
        let after = normal::service(self.new, self.new);
        let whole = rollout::effect(&before, &after);
        let (mut a, mut b) = (json(&before), json(&after));
        if self.changes_mode() {
            a["Mode"] = word(&before.mode).into();
            b["Mode"] = word(&after.mode).into();
        }
        let all = compare(&a, &b, &effect::keyed).into_iter();
        let all = all.filter(|it| it.path != format!("Labels[{IMAGE_LABEL}]"));
        all.map(|it| self.field(it, whole)).collect()
    }

    fn field(&self, it: Difference, whole: rollout::Effect) -> Field {
        let row = effect::find(effect::SERVICE, &it.field);
        let name = row.map_or_else(|| it.path.clone(), |row| name(row, &it));
        let effect = row.map_or(Effect::Restart, |it| it.effect);
        let (outcome, note) = self.outcome(&it, effect, whole);
        Field {
            span: self.written.and_then(|written| place::of(written, &it, &name)),
            path: it.path,
            name,
            old: it.old,
            new: it.new,
            unit: row.map_or(effect::Unit::Plain, |it| it.unit),
            is_order: it.is_order,
            outcome,
            note,
        }
    }

    fn outcome(
        &self,
        it: &Difference,
        effect: Effect,
        whole: rollout::Effect,
    ) -> (Outcome, Option<FieldNote>) {
        match effect {
            Effect::Refused => (Outcome::Fails, None),
            Effect::Ignored => (Outcome::Ignored, None),
            Effect::InPlace => (Outcome::InPlace, None),
            Effect::Scale => (Outcome::Scale, self.scaling()),
            // A job's number of tasks is outside of what its tasks are made from.
            Effect::Restart if self.new.mode.is_job() => (Outcome::Restart, None),
            Effect::Restart if whole == rollout::Effect::KeepWhereAllowed => {
                (Outcome::InPlace, Some(FieldNote::BesidePlacement))
            }
            Effect::Restart => (Outcome::Restart, restart_note(&it.field)),
            Effect::WhereAllowed if whole == rollout::Effect::Replace => (Outcome::Restart, None),
            Effect::WhereAllowed => self.placement(&it.field),
        }
    }

    fn scaling(&self) -> Option<FieldNote> {
        let deploy = self.written.and_then(|it| it.deploy.as_ref());
        if deploy.is_none_or(|it| it.replicas.is_none()) {
            return Some(FieldNote::ReplicasUnsaid);
        }
        let previous = self.old.previous.as_ref()?;
        let is_by_hand = replicas(&previous.mode) == replicas(&self.new.mode)
            && previous.task_template == self.old.spec.task_template;
        is_by_hand.then_some(FieldNote::ScaledByHand)
    }

    /// Only constraints move tasks, and only those whose node they leave out.
    fn placement(&self, field: &str) -> (Outcome, Option<FieldNote>) {
        if !field.contains("Constraints") {
            return (Outcome::InPlace, Some(FieldNote::NewTasksOnly));
        }
        let constraints = |spec: &ServiceSpec| {
            let placement = spec.task_template.placement.as_ref();
            placement.map(|it| it.constraints.clone()).unwrap_or_default()
        };
        let (old, new) = (constraints(&self.old.spec), constraints(self.new));
        if new.iter().all(|it| old.contains(it)) {
            return (Outcome::InPlace, Some(FieldNote::NewTasksOnly));
        }
        match tasks::moved(&self.old.spec, &new, self.cluster) {
            Some(0) => (Outcome::InPlace, Some(FieldNote::NewTasksOnly)),
            Some(moved) => (Outcome::Restart, Some(FieldNote::Moves(moved))),
            None => (Outcome::Unknown, Some(FieldNote::MovesUnknown)),
        }
    }
}

fn restart_note(field: &str) -> Option<FieldNote> {
    let of_volume = ["VolumeOptions.DriverConfig", "VolumeOptions.Labels"];
    if of_volume.iter().any(|it| field.contains(it)) {
        return Some(FieldNote::VolumeKept);
    }
    let is_label = field.starts_with("TaskTemplate.ContainerSpec.Labels");
    is_label.then_some(FieldNote::ContainerLabel)
}

fn replicas(mode: &Mode) -> Option<u64> {
    match mode {
        Mode::Replicated(it) => Some(it.replicas.unwrap_or(1)),
        _ => None,
    }
}

/// `replicated`, `global`, `replicated-job`, `global-job`.
fn word(mode: &Mode) -> &'static str {
    match mode {
        Mode::Replicated(_) => "replicated",
        Mode::Global(_) => "global",
        Mode::ReplicatedJob(_) => "replicated-job",
        Mode::GlobalJob(_) => "global-job",
    }
}

pub(super) fn json(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// The field by the keys of a stack file: `environment LOG_LEVEL`, `volumes /data read_only`.
pub(super) fn name(row: &Row, it: &Difference) -> String {
    let mut words = vec![row.name.to_owned()];
    let mut keys = it.keys.iter();
    let known = row.field.matches("[]").count();
    words.extend(keys.by_ref().take(known).cloned());
    let mut at = row.field.len();
    let mut above = "";
    while let Some(rest) = it.field.get(at..).filter(|it| !it.is_empty()) {
        if rest.starts_with("[]") {
            // What is its own key is told as a value.
            let is_word = matches!(effect::keyed(&it.field[..at]), Some(Keyed::Words));
            words.extend(keys.next().filter(|_| !is_word).cloned());
            at += 2;
            continue;
        }
        let rest = rest.trim_start_matches('.');
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let level = &rest[..end];
        words.push(match (above, level) {
            ("DriverConfig", "Name") => "driver".to_owned(),
            ("DriverConfig", "Options") => "driver_opts".to_owned(),
            _ => snake(level),
        });
        above = level;
        at = it.field.len() - rest.len() + end;
    }
    words.retain(|it| !it.is_empty());
    let dotted = row.field.matches("[]").count() == 0 && it.keys.is_empty();
    words.join(if dotted { "." } else { " " })
}

/// A name of the Engine API as a stack file has it; empty where it has no such level.
fn snake(name: &str) -> String {
    let known = [
        ("VolumeOptions", ""),
        ("DriverConfig", ""),
        ("BindOptions", ""),
        ("TmpfsOptions", ""),
        ("File", ""),
        ("Spread", ""),
        ("SpreadDescriptor", ""),
        ("SecretName", ""),
        ("ConfigName", ""),
        ("UID", "uid"),
        ("GID", "gid"),
        ("DiscreteResourceSpec", ""),
        ("DNSConfig", "dns"),
        ("ReadOnly", "read_only"),
        ("Groups", "group_add"),
        ("IPAM", "ipam"),
        ("EnableIPv6", "enable_ipv6"),
    ];
    if let Some((_, word)) = known.iter().find(|it| it.0 == name) {
        return (*word).to_owned();
    }
    let mut text = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.push(c.to_ascii_lowercase());
    }
    text
}
