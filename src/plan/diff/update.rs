//! The last step: services are made and updated, and some of them are refused.

use crate::cluster::running::{RunningService, is_of};
use crate::plan::diff::services::Pair;
use crate::plan::diff::steps::Work;
use crate::plan::diff::{Change, Note, Object, Outcome, normal, tasks};
use crate::swarm::spec::{PortConfig, ServiceSpec};
use crate::swarm::validate::{self, Subject};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn changes(work: &Work) -> Vec<Change> {
    let clashes: BTreeMap<String, String> = (validate::stack(work.request.specs).into_iter().rev())
        .filter_map(|it| match it.subject {
            Subject::Service(key) => Some((key, it.refusal.to_string())),
            _ => None,
        })
        .collect();
    let services = work.request.specs.services.iter();
    let mut changes: Vec<Change> =
        services.map(|(key, spec)| change(work, key, spec, &clashes)).collect();
    changes.sort_by(|a, b| a.name.cmp(&b.name));
    changes
}

fn change(work: &Work, key: &str, new: &ServiceSpec, clashes: &BTreeMap<String, String>) -> Change {
    let request = &work.request;
    let written = work.written.get(key).copied();
    let there = request.running.services.get(&new.name);
    let own = there.filter(|it| is_of(&it.spec.labels, request.name));
    let mut change = Change {
        key: Some(key.to_owned()),
        span: written.map(|it| it.name.place.span),
        tasks: tasks::count(new, None),
        ..Change::of(Object::Service, &new.name, Outcome::Create)
    };
    let pair = own.map(|old| Pair { old, new, written, cluster: request.cluster });
    if let Some(pair) = &pair {
        change.tasks = tasks::count(&pair.old.spec, request.cluster);
        change.fields = pair.fields();
        change = change.judged();
        if new.mode.is_job() && !pair.changes_mode() {
            change.outcome = change.outcome.max(Outcome::Restart);
            change.notes.push(Note::RunsAgain);
        }
        change.notes.extend(rollback_lost(pair.old, &change));
        if pair.old.update.ends_with("paused") {
            change.notes.push(Note::WasPaused);
        }
    }
    if let Some(old) = work.renamed.get(new.name.as_str()) {
        let (old, runs_on) = ((*old).to_owned(), !request.prune);
        change.notes.push(Note::RenamedFrom { old, runs_on });
    }
    let verb = if pair.is_some() { "update" } else { "create" };
    let words = |reason: String| {
        format!("failed to {verb} service {}: Error response from daemon: {reason}", new.name)
    };
    let refused = (work.unconverted.get(key).map(|it| (*it).to_owned()))
        .or_else(|| validate::service(new).first().map(|it| words(it.to_string())))
        .or_else(|| clashes.get(key).cloned().map(words))
        .or_else(|| port_taken(work, new, pair.as_ref(), &mut change).map(words))
        .or_else(|| {
            let is_other = pair.as_ref().is_some_and(Pair::changes_mode);
            let mode = "rpc error: code = Unimplemented desc = service mode change is not allowed";
            is_other.then(|| words(mode.to_owned()))
        })
        .or_else(|| {
            let name = &new.name;
            let taken = format!(
                "rpc error: code = AlreadyExists desc = name conflicts with an existing object: \
                 service {name} already exists"
            );
            (there.is_some() && own.is_none()).then(|| words(taken))
        });
    if refused.is_some() {
        change.outcome = Outcome::Fails;
        change.message = refused;
    }
    change
}

/// An update that changes nothing takes away what could be rolled back to.
fn rollback_lost(old: &RunningService, change: &Change) -> Option<Note> {
    let previous = old.previous.as_ref().filter(|_| change.outcome == Outcome::None)?;
    let (before, now) =
        (normal::service(previous, &old.spec), normal::service(&old.spec, &old.spec));
    let is_other = before.task_template != now.task_template;
    let image = previous.task_template.container_spec.image.clone();
    is_other.then_some(Note::RollbackLost { image })
}

/// The manager's words on a port that a service has which runs; the ports that are free in time if
/// another service of the stack is updated first are noted.
fn port_taken(
    work: &Work,
    new: &ServiceSpec,
    pair: Option<&Pair>,
    change: &mut Change,
) -> Option<String> {
    if pair.is_some_and(|it| !it.changes_ports()) {
        return None;
    }
    let request = &work.request;
    let verb = if pair.is_some() { "update" } else { "create" };
    let (mut taken, mut told) = (None, BTreeSet::new());
    let ports = new.endpoint_spec.iter().flat_map(|it| &it.ports);
    for port in ports.filter(|it| it.published_port != 0) {
        let users = work.ports.get(&(port.published_port, port.transport()));
        for other in users.into_iter().flatten().filter(|it| it.name != new.name) {
            let name = other.name.as_str();
            let Some(held) = held(other, port).filter(|_| told.insert(name)) else { continue };
            if request.prune && work.gone.contains(&name) {
                continue;
            }
            let later = work.keys.get(name).and_then(|key| request.specs.services.get(*key));
            let words = in_use(port, held, name, &request.running.services[name].id);
            if later.is_some_and(|it| self::held(it, port).is_none()) {
                let port = format!("{}/{}", port.published_port, port.transport());
                change.notes.push(Note::PortFreed { port, by: name.to_owned() });
                change.outcome = change.outcome.max(Outcome::Unknown);
                let said = "Error response from daemon";
                change.message =
                    Some(format!("failed to {verb} service {}: {said}: {words}", new.name));
            } else {
                taken.get_or_insert(words);
            }
        }
    }
    taken
}

fn in_use(port: &PortConfig, held: &PortConfig, name: &str, id: &str) -> String {
    let how = if held.is_ingress() { "an ingress port" } else { "a host-published port" };
    let id = if id.is_empty() { "<service-id>" } else { id };
    let number = port.published_port;
    format!(
        "rpc error: code = InvalidArgument desc = port '{number}' is already in use by service \
         '{name}' ({id}) as {how}"
    )
}

/// The port of a service that stands in the way of another's: two may share one on the nodes.
fn held<'s>(other: &'s ServiceSpec, port: &PortConfig) -> Option<&'s PortConfig> {
    let mut ports = other.endpoint_spec.iter().flat_map(|it| &it.ports);
    ports.find(|it| {
        it.published_port == port.published_port
            && it.transport() == port.transport()
            && (it.is_ingress() || port.is_ingress())
    })
}
