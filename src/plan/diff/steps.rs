//! The steps of a deploy in Docker's order, and where it ends.

use std::collections::{BTreeMap, BTreeSet};

use crate::cluster::running::is_of;
use crate::plan::diff::objects::{self, Kind};
use crate::plan::diff::{
    Change, Diff, Halt, Left, Object, Outcome, Request, Stage, Step, rename, tasks, update,
};
use crate::source::Named;
use crate::stack::{self, Problem};
use crate::swarm::spec::ServiceSpec;
use crate::value::image;

/// What is known when the steps are gone through.
pub(super) struct Work<'a> {
    pub(super) request: Request<'a>,
    /// The services' names in the stack file, by real name.
    pub(super) keys: BTreeMap<&'a str, &'a str>,
    /// Of services that the stack has no more.
    pub(super) gone: Vec<&'a str>,
    /// New services that are old ones under another name, by the new name.
    pub(super) renamed: BTreeMap<&'a str, &'a str>,
    /// The services as the stack file has them.
    pub(super) written: BTreeMap<&'a str, &'a Named<stack::Service>>,
    /// What the client refuses when it converts a service, by the service.
    pub(super) unconverted: BTreeMap<&'a str, &'a str>,
    /// Services that run, by what they publish.
    pub(super) ports: BTreeMap<(u32, &'static str), Vec<&'a ServiceSpec>>,
}

impl<'a> Work<'a> {
    pub(super) fn of(request: &Request<'a>) -> Self {
        let request = *request;
        let services = request.specs.services.iter();
        let keys: BTreeMap<&str, &str> =
            services.map(|(key, it)| (it.name.as_str(), key.as_str())).collect();
        let own = request.running.services_of(request.name);
        let gone: Vec<&str> = own.map(|it| it.0).filter(|it| !keys.contains_key(it)).collect();
        let renamed = rename::renamed(&request, &gone);
        // The first of a name counts.
        let written = request.stack.services.iter().rev();
        let mut unconverted = BTreeMap::new();
        for it in problems(request.stack, Stage::Services) {
            if let (Some(service), Some(refusal)) = (&it.service, &it.refusal) {
                unconverted.entry(service.as_str()).or_insert(refusal.text.as_str());
            }
        }
        let mut ports: BTreeMap<_, Vec<&ServiceSpec>> = BTreeMap::new();
        for spec in request.running.services.values().map(|it| &it.spec) {
            for port in spec.endpoint_spec.iter().flat_map(|it| &it.ports) {
                let users = ports.entry((port.published_port, port.transport())).or_default();
                users.push(spec);
            }
        }
        let written = written.map(|it| (it.name.value.as_str(), it)).collect();
        Self { request, keys, gone, renamed, written, unconverted, ports }
    }

    pub(super) fn diff(&self) -> Diff<'a> {
        let steps: Vec<Step> = Stage::ALL
            .into_iter()
            .map(|stage| {
                let changes = match stage {
                    Stage::Prune => self.prune(),
                    Stage::Networks => self.networks(),
                    Stage::Secrets => objects::changes(&self.request, Kind::Secret),
                    Stage::Configs => objects::changes(&self.request, Kind::Config),
                    Stage::Services => update::changes(self),
                };
                Step { stage, changes }
            })
            .collect();
        let halt = steps.iter().find(|it| it.changes.iter().any(is_refused)).map(|it| Halt {
            stage: it.stage,
            before: problems(self.request.stack, it.stage).next().is_some(),
        });
        let Request { name, running, specs, .. } = self.request;
        let is_pinned = |image: &str| image::parse(image).is_ok_and(|it| it.digest.is_some());
        let images = specs.services.values().map(|it| &it.task_template.container_spec.image);
        let tags = images.filter(|it| !is_pinned(it)).count();
        Diff { name, running, specs, steps, halt, left: self.left(), tags }
    }

    fn prune(&self) -> Vec<Change> {
        let gone = self.gone.iter().filter(|_| self.request.prune);
        let change = |name: &&str| {
            let spec = &self.request.running.services.get(*name)?.spec;
            let tasks = tasks::count(spec, self.request.cluster);
            Some(Change { tasks, ..Change::of(Object::Service, name, Outcome::Delete) })
        };
        gone.filter_map(change).collect()
    }

    fn networks(&self) -> Vec<Change> {
        let mut changes = objects::networks(&self.request);
        for problem in problems(self.request.stack, Stage::Networks) {
            let stack::Kind::ExternalMissing { name, .. } = &problem.kind else { continue };
            changes.push(Change {
                message: problem.refusal.as_ref().map(|it| it.text.clone()),
                span: Some(problem.span),
                ..Change::of(Object::Network, name, Outcome::Fails)
            });
        }
        changes.sort_by(|a, b| a.name.cmp(&b.name));
        changes.dedup_by(|a, b| a.name == b.name);
        changes
    }

    fn left(&self) -> Vec<Left> {
        let Request { name, running, specs, prune, .. } = self.request;
        let mut left = Vec::new();
        let mut add = |object, name: &str| left.push(Left { object, name: name.to_owned() });
        for name in self.gone.iter().filter(|_| !prune) {
            add(Object::Service, name);
        }
        for (network, it) in &running.networks {
            if is_of(&it.spec.labels, name) && !specs.networks.contains_key(network) {
                add(Object::Network, network);
            }
        }
        let secrets: BTreeSet<&str> = specs.secrets.iter().map(|it| it.name.as_str()).collect();
        let configs: BTreeSet<&str> = specs.configs.iter().map(|it| it.name.as_str()).collect();
        let unread = objects::unreadable(&self.request);
        for (object, all, own) in [
            (Object::Secret, &running.secrets, &secrets),
            (Object::Config, &running.configs, &configs),
        ] {
            let is_unread = |it: &str| unread.contains(&(object, it.to_owned()));
            let lost = all.iter().filter(|it| is_of(&it.1.labels, name));
            for (it, _) in lost.filter(|it| !own.contains(it.0.as_str()) && !is_unread(it.0)) {
                add(object, it);
            }
        }
        left
    }
}

/// What Docker refuses of a file before it does anything of a step.
pub(super) fn problems(stack: &stack::Stack, stage: Stage) -> impl Iterator<Item = &Problem> {
    let step = match stage {
        Stage::Prune => None,
        Stage::Networks => Some(stack::Step::Networks),
        Stage::Secrets => Some(stack::Step::Secrets),
        Stage::Configs => Some(stack::Step::Configs),
        Stage::Services => Some(stack::Step::Services),
    };
    let refused = move |it: &&Problem| {
        it.refusal.as_ref().is_some_and(|it| step.is_some_and(|step| it.step == step))
    };
    stack.problems.iter().filter(refused)
}

fn is_refused(change: &Change) -> bool {
    change.outcome == Outcome::Fails
}

impl Change {
    pub(super) fn of(object: Object, name: &str, outcome: Outcome) -> Self {
        Self {
            object,
            name: name.to_owned(),
            key: None,
            outcome,
            fields: Vec::new(),
            message: None,
            notes: Vec::new(),
            span: None,
            tasks: None,
        }
    }

    /// The same, with the outcome that the worst of its fields has.
    pub(super) fn judged(mut self) -> Self {
        let worst = self.fields.iter().map(|it| it.outcome).max();
        self.outcome = worst.unwrap_or(Outcome::None);
        self
    }
}
