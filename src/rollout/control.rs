//! What an operator asks the managers for, and what they refuse.

use crate::cluster::TaskState;
use crate::rollout::run::Run;
use crate::rollout::scenario::Action;
use crate::rollout::timeline::{Status, UpdateState, What};
use crate::rollout::world::Change;
use crate::swarm::spec::{Mode, ServiceSpec, Specs};
use crate::swarm::validate;

impl<'a> Run<'a> {
    pub(super) fn act_on(&mut self, step: usize) {
        let scenario = self.scenario;
        let action = &scenario.steps[step].action;
        let named = match action {
            Action::Create(spec) => self.world.service(&spec.name),
            Action::Update(name, _) | Action::Rollback(name) | Action::Remove(name) => {
                self.world.service(name)
            }
            Action::Node(_) | Action::RemoveNode(_) => None,
        };
        self.world.tell(named, None, What::Step(action.word()));
        let refused = match action {
            Action::Create(spec) => self.create(spec),
            Action::Update(name, spec) => self.change(name, spec),
            Action::Rollback(name) => self.go_back(name),
            Action::Remove(name) => self.remove(name),
            Action::Node(node) => {
                let node = self.world.machine(&node.name.value);
                self.world.next_cluster();
                self.world.changes.push_back(Change::Node(node));
                None
            }
            Action::RemoveNode(name) => {
                self.remove_node(name);
                None
            }
        };
        if let Some(words) = refused {
            self.world.tell(named, None, What::Refused(words));
        }
    }

    fn create(&mut self, spec: &'a ServiceSpec) -> Option<String> {
        if let Some(refused) = self.refusal(spec, None) {
            return Some(refused);
        }
        self.world.add_service(spec);
        None
    }

    fn change(&mut self, name: &str, spec: &'a ServiceSpec) -> Option<String> {
        let Some(service) = self.world.service(name) else { return Some(not_found(name)) };
        if let Some(refused) = self.refusal(spec, Some(service)) {
            return Some(refused);
        }
        let before = self.world.services[service as usize].spec;
        let refused =
            |message: &str| Some(format!("rpc error: code = Unimplemented desc = {message}"));
        if kind(&before.mode) != kind(&spec.mode) {
            return refused("service mode change is not allowed");
        }
        if before.name != spec.name {
            return refused("renaming services is not supported");
        }
        let version = self.world.add_version(spec);
        let it = &mut self.world.services[service as usize];
        it.previous = Some(it.version);
        it.version = version;
        it.spec = spec;
        self.world.report(service, None);
        None
    }

    fn go_back(&mut self, name: &str) -> Option<String> {
        let Some(service) = self.world.service(name) else { return Some(not_found(name)) };
        let it = &mut self.world.services[service as usize];
        let Some(previous) = it.previous else {
            return Some(format!(
                "rpc error: code = FailedPrecondition desc = service {name} does not have a \
                 previous spec"
            ));
        };
        it.previous = Some(it.version);
        it.version = previous;
        it.spec = self.world.versions[previous as usize].spec;
        let message = "manually requested rollback".to_owned();
        let state = UpdateState::RollbackStarted;
        self.world.report(service, Some(Status { state, message, task: None }));
        None
    }

    fn remove(&mut self, name: &str) -> Option<String> {
        let Some(service) = self.world.service(name) else { return Some(not_found(name)) };
        self.world.services[service as usize].is_removed = true;
        self.updaters.remove(&service);
        self.forget_service(service);
        let places = self.world.services[service as usize].places.values();
        for task in places.flatten().copied().collect::<Vec<_>>() {
            self.world.want(task, TaskState::Remove);
        }
        self.world.changes.push_back(Change::Removed(service));
        None
    }

    fn remove_node(&mut self, name: &str) {
        let node = self.world.machine(name);
        // Nobody tells of these tasks any more.
        for task in 0..self.world.tasks.len() as u32 {
            let it = &self.world.tasks[task as usize];
            if it.node == Some(node) && !it.is_deleted && it.state < TaskState::Complete {
                self.world.set(task, TaskState::Orphaned, "");
            }
        }
        self.world.next_cluster();
        self.world.changes.push_back(Change::NodeGone(node));
    }

    /// Swarm's words where it refuses a spec.
    fn refusal(&self, spec: &ServiceSpec, own: Option<u32>) -> Option<String> {
        if let Some(refusal) = validate::service(spec).first() {
            return Some(refusal.to_string());
        }
        let others = (0..).zip(&self.world.services);
        let others = others.filter(|(at, it)| !it.is_removed && Some(*at) != own);
        let others = others.map(|(at, it)| (format!("{at:010}"), it.spec.clone()));
        let mut services: std::collections::BTreeMap<_, _> = others.collect();
        // Last, so that it is the one to be refused.
        let key = "new".to_owned();
        services.insert(key.clone(), spec.clone());
        let all = Specs { services, ..Specs::default() };
        let clashes = validate::stack(&all);
        let clash = clashes.iter().find(|it| it.subject == validate::Subject::Service(key.clone()));
        clash.map(|it| it.refusal.to_string())
    }
}

fn kind(mode: &Mode) -> std::mem::Discriminant<Mode> {
    std::mem::discriminant(mode)
}

fn not_found(name: &str) -> String {
    format!("rpc error: code = NotFound desc = service {name} not found")
}
