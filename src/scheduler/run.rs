//! The passes: tasks that have their node already come first, then group after group, until
//! nothing moves.

use crate::cluster::{Cluster, TaskState};
use crate::scheduler::choice::Choice;
use crate::scheduler::demand::Demand;
use crate::scheduler::existing::{self, MOST_TASKS, Old};
use crate::scheduler::explain::{refused_by, unsuitable};
use crate::scheduler::group::{self, Refused};
use crate::scheduler::orchestrate;
use crate::scheduler::schedule::{Deploy, Fate, Options, Schedule, Scheduled, Task};
use crate::scheduler::state::{Held, Live, State};
use crate::swarm::spec::ServiceSpec;
use std::collections::{BTreeMap, BTreeSet};

/// Says where the tasks of the services go, and where those go that run already. Pure: the same
/// input gives the same output.
pub fn schedule<'a>(
    services: &[&'a ServiceSpec],
    cluster: &'a Cluster,
    options: &'a Options,
) -> Schedule<'a> {
    run(services, cluster, options, Choice::ByName)
}

/// The same with another order among equals.
pub(super) fn run<'a>(
    services: &[&'a ServiceSpec],
    cluster: &'a Cluster,
    options: &'a Options,
    choice: Choice,
) -> Schedule<'a> {
    let mut run = Run::new(services, cluster, options, choice);
    let deployed = services.len();
    // What is there already has waited before.
    run.step(deployed..run.services.len());
    match options.deploy {
        Deploy::Together => run.step(0..deployed),
        Deploy::Sequential => (0..deployed).for_each(|it| run.step(it..it + 1)),
    }
    run.finish()
}

/// A service on its way.
struct Service<'a> {
    spec: &'a ServiceSpec,
    demand: Demand<'a>,
    /// What its old tasks were made from, where that is known to be something else.
    old_demand: Option<Demand<'a>>,
    is_deployed: bool,
    old: Vec<Old<'a>>,
    surplus: BTreeSet<usize>,
    live: Live,
    failures: BTreeMap<u32, u32>,
    /// Slots that wait, the last first.
    slots: Vec<u64>,
    /// Nodes whose task waits.
    nodes: Vec<u32>,
    placed: Vec<(Option<u64>, Held<'a>, u32)>,
    refused: Refused,
    one_by_one: bool,
    beyond: u64,
}

struct Run<'a> {
    cluster: &'a Cluster,
    state: State<'a>,
    services: Vec<Service<'a>>,
    choice: Choice,
    /// How many tasks can still be made.
    room: u64,
}

impl<'a> Run<'a> {
    fn new(
        services: &[&'a ServiceSpec],
        cluster: &'a Cluster,
        options: &'a Options,
        choice: Choice,
    ) -> Self {
        let names: BTreeSet<&str> = services.iter().map(|it| it.name.as_str()).collect();
        let running: BTreeMap<&str, &ServiceSpec> = cluster
            .services
            .iter()
            .flatten()
            .map(|it| (it.name.value.as_str(), &it.value.spec))
            .collect();
        // Where the tasks are not known, nothing can be said of what else runs.
        let others = running.iter().filter(|(name, _)| !names.contains(*name));
        let others: Vec<_> = others.filter(|_| cluster.tasks.is_some()).map(|it| *it.1).collect();
        let all = services.iter().chain(&others).enumerate();
        let is_job = |name: &str| {
            let spec = services.iter().copied().find(|it| it.name == name);
            spec.or_else(|| running.get(name).copied()).is_some_and(|it| it.mode.is_job())
        };
        let mut old = existing::tasks(cluster, is_job);
        let services = all.map(|(index, &spec)| {
            let before = running.get(spec.name.as_str()).filter(|_| index < services.len());
            Service {
                old: old.remove(&spec.name).unwrap_or_default(),
                one_by_one: options.one_by_one.contains(&spec.name),
                ..Service::new(spec, before.copied(), index < services.len(), options)
            }
        });
        let services = services.collect();
        let mut run =
            Self { cluster, state: State::new(cluster), services, choice, room: MOST_TASKS };
        run.enforce(options);
        run.take_in();
        // Tasks of services that nobody knows count at least.
        for task in old.into_values().flatten().filter(|it| it.is_wanted() && it.occupies()) {
            run.state.nodes[task.node as usize].tasks += 1;
        }
        run
    }

    fn enforce(&mut self, options: &Options) {
        if !options.enforce {
            return;
        }
        let services = self.services.iter_mut();
        let mut them: Vec<_> = services.map(|it| (&it.demand, &mut it.old)).collect();
        existing::enforce(self.cluster, &mut them);
    }

    /// Puts the old tasks where they are.
    fn take_in(&mut self) {
        for service in &mut self.services {
            let demand = service.old_demand.as_ref().unwrap_or(&service.demand);
            for task in service.old.iter_mut().filter(|it| it.occupies()) {
                let stays =
                    existing::may_stay(self.cluster, service.spec, &service.demand, task.node);
                task.live = task.is_wanted() && stays;
                let live = task.live.then_some(&mut service.live);
                task.held = Some(self.state.put(task.node, demand, live));
            }
        }
    }

    /// Makes the tasks of some services and places whatever can be placed.
    fn step(&mut self, services: std::ops::Range<usize>) {
        for service in &mut self.services[services] {
            let (spec, demand) = (service.spec, &service.demand);
            let work = orchestrate::work(spec, demand, &service.old, self.cluster, self.room);
            self.room -= work.slots.len() as u64;
            for &index in &work.surplus {
                self.state.retire(service.old[index].node, &mut service.live);
                service.surplus.insert(index);
            }
            service.slots = work.slots;
            service.slots.reverse();
            service.nodes = work.nodes;
            service.beyond = work.beyond;
        }
        self.place_on_nodes();
        while self.place_groups() {}
    }

    /// Tasks that have their node, of all services in any order.
    fn place_on_nodes(&mut self) {
        let mut order: Vec<(usize, u32)> = Vec::new();
        for index in self.by_name() {
            order.extend(self.services[index].nodes.iter().map(|node| (index, *node)));
        }
        self.choice.arrange(&mut order);
        for (index, node) in order {
            let Service { demand, live, placed, nodes, .. } = &mut self.services[index];
            if self.state.first_refusal(demand, live, node).is_none() {
                placed.push((None, self.state.put(node, demand, Some(live)), 0));
                nodes.retain(|it| *it != node);
            }
        }
    }

    fn by_name(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.services.len()).collect();
        order.sort_by_key(|&it| self.services[it].spec.name.as_str());
        order
    }

    /// One pass over all groups. Whether anything was placed.
    fn place_groups(&mut self) -> bool {
        let mut order = self.by_name();
        self.choice.arrange(&mut order);
        // Tasks that come alone come after the groups.
        order.sort_by_key(|&it| self.services[it].one_by_one);
        let mut moved = false;
        for index in order {
            while !self.services[index].slots.is_empty() {
                let placed = self.place_group(index);
                moved |= placed;
                if !(placed && self.services[index].one_by_one) {
                    break;
                }
            }
        }
        moved
    }

    fn place_group(&mut self, index: usize) -> bool {
        let it = &mut self.services[index];
        let count = if it.one_by_one { 1 } else { it.slots.len() as u64 };
        let (state, choice) = (&mut self.state, &mut self.choice);
        let outcome = group::place(state, &it.demand, &mut it.live, &it.failures, count, choice);
        it.refused = outcome.refused;
        let moved = !outcome.placed.is_empty();
        for held in outcome.placed {
            let ties = outcome.ties.get(&held.node).copied().unwrap_or_default();
            // Of tasks that come alone, the next one may make good for it.
            let ties = if it.one_by_one { 0 } else { ties };
            it.placed.push((it.slots.pop(), held, ties));
        }
        moved
    }

    fn finish(self) -> Schedule<'a> {
        let state = self.state;
        let services = self.services.into_iter().map(|it| it.finish(&state)).collect();
        Schedule { services, state }
    }
}

impl<'a> Service<'a> {
    fn new(
        spec: &'a ServiceSpec,
        before: Option<&'a ServiceSpec>,
        is_deployed: bool,
        options: &'a Options,
    ) -> Self {
        let mut failures = BTreeMap::new();
        for it in options.failures.iter().filter(|it| it.service == spec.name) {
            let count: &mut u32 = failures.entry(it.node as u32).or_default();
            *count = count.saturating_add(it.count);
        }
        Self {
            spec,
            demand: Demand::of(spec, &options.networks),
            old_demand: before.map(|it| Demand::of(it, &options.networks)),
            is_deployed,
            old: Vec::new(),
            surplus: BTreeSet::new(),
            live: Live::default(),
            failures,
            slots: Vec::new(),
            nodes: Vec::new(),
            placed: Vec::new(),
            refused: Refused::default(),
            one_by_one: false,
            beyond: 0,
        }
    }

    fn finish(self, state: &State<'a>) -> Scheduled<'a> {
        let has_slots = matches!(
            self.spec.mode,
            crate::swarm::spec::Mode::Replicated(_) | crate::swarm::spec::Mode::ReplicatedJob(_)
        );
        let mut tasks = Vec::new();
        for (index, old) in self.old.iter().enumerate() {
            let fate = match old {
                _ if self.surplus.contains(&index) => Fate::Removed,
                it if it.live => Fate::Kept,
                it if it.occupies() && it.state <= TaskState::Running => Fate::Leaving,
                _ => Fate::Ended,
            };
            let slot = has_slots.then_some(old.slot);
            tasks.push(Task::of(slot, old.held.as_ref(), Some(old.node), fate));
        }
        for (slot, held, ties) in &self.placed {
            let task = Task::of(*slot, Some(held), Some(held.node), Fate::Placed);
            tasks.push(Task { ties: *ties, ..task });
        }
        for &node in &self.nodes {
            let filter = state.first_refusal(&self.demand, &self.live, node).unwrap_or_default();
            let fate = Fate::Pending(Some(refused_by(filter).into()));
            tasks.push(Task::of(None, None, Some(node), fate));
        }
        let waiting = self.slots.iter().rev();
        tasks.extend(waiting.map(|&it| Task::of(Some(it), None, None, Fate::Pending(None))));
        tasks.sort_by_key(|it| (it.slot, it.node));
        Scheduled {
            name: &self.spec.name,
            spec: self.spec,
            message: (!self.slots.is_empty()).then(|| unsuitable(&self.refused)),
            demand: self.demand,
            is_deployed: self.is_deployed,
            tasks,
            live: self.live,
            beyond: self.beyond,
        }
    }
}

impl Task {
    fn of(slot: Option<u64>, held: Option<&Held>, node: Option<u32>, fate: Fate) -> Self {
        let names = held.and_then(|it| it.own.as_deref()).map_or(&[][..], |it| &it.names);
        let resources = names.iter().map(|it| (it.kind.to_owned(), it.name.to_owned())).collect();
        Self { slot, node, fate, ties: 0, resources }
    }
}
