//! The course of events: what is due happens, and everyone reacts until nothing is left to do.

use crate::cluster::Cluster;
use crate::rollout::clock::Timer;
use crate::rollout::dirty::Effect;
use crate::rollout::reaper::Reaper;
use crate::rollout::restart::Restarts;
use crate::rollout::scenario::{Action, Scenario};
use crate::rollout::scheduling::Waiting;
use crate::rollout::task::{Service, Task};
use crate::rollout::timeline::{Left, Stuck, Timeline};
use crate::rollout::updater::Updater;
use crate::rollout::world::{Change, World};
use crate::scheduler::Choice;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The most tasks that are played through. Of what is more the timeline says that it is cut.
pub const MOST_TASKS: usize = 100_000;
/// The most events.
const MOST_EVENTS: usize = 1_000_000;

/// Plays a scenario through. Pure: the same scenario has the same timeline.
///
/// Where Swarm takes what comes first in a map without order, the number of the slot or the name of
/// the node decides, and managers see an end of a task before its updater does.
pub fn play(scenario: &Scenario) -> Timeline {
    play_by(scenario, Choice::ByName)
}

/// The same where slots, services and equal nodes come in another order, as they may in Swarm.
pub fn play_by(scenario: &Scenario, choice: Choice) -> Timeline {
    let clusters = clusters(scenario);
    let mut run = Run::new(scenario, &clusters);
    run.choice = choice;
    run.play();
    run.finish()
}

/// The steps as they come.
fn order(scenario: &Scenario) -> Vec<usize> {
    let mut order: Vec<usize> = (0..scenario.steps.len()).collect();
    order.sort_by_key(|&it| scenario.steps[it].at);
    order
}

/// The nodes at the start, and after every step that changes one.
pub(super) fn clusters(scenario: &Scenario) -> Vec<Cluster> {
    let mut nodes = scenario.cluster.nodes.clone();
    let cluster =
        |nodes| Cluster { nodes, volumes: scenario.cluster.volumes.clone(), ..Cluster::default() };
    let mut clusters = vec![cluster(nodes.clone())];
    for step in order(scenario) {
        match &scenario.steps[step].action {
            Action::Node(node) => {
                match nodes.iter_mut().find(|it| it.name.value == node.name.value) {
                    Some(it) => *it = (**node).clone(),
                    None => nodes.push((**node).clone()),
                }
            }
            Action::RemoveNode(name) => nodes.retain(|it| it.name.value != *name),
            _ => continue,
        }
        clusters.push(cluster(nodes.clone()));
    }
    clusters
}

/// The tasks of a service that are not over.
fn left(tasks: &[Task], service: &Service) -> Vec<Left> {
    let all = service.places.values().flatten();
    let all = all.map(|&task| (task, &tasks[task as usize]));
    // A job's task that ended well is where it is to be.
    let is_left = |it: &Task| it.is_wanted() && (!it.is_over() || service.spec.mode.is_job());
    let left = all.filter(|(_, it)| is_left(it));
    left.map(|(task, it)| Left {
        task,
        place: it.place,
        node: it.node,
        state: it.state,
        desired: it.desired,
        message: it.message.clone(),
        is_current: it.version == service.version,
    })
    .collect()
}

pub(super) struct Run<'a> {
    pub(super) scenario: &'a Scenario<'a>,
    pub(super) world: World<'a>,
    pub(super) waiting: Waiting,
    pub(super) restarts: Restarts,
    pub(super) updaters: BTreeMap<u32, Updater<'a>>,
    pub(super) reaper: Reaper,
    /// What a change from one version to another means for tasks.
    pub(super) effects: BTreeMap<(u32, u32), Effect>,
    /// How many tasks of an image there were that may have its fault.
    pub(super) drawn: BTreeMap<Rc<str>, u64>,
    /// Tasks that are to be followed by others, if their policy says so.
    pub(super) ended: BTreeSet<u32>,
    pub(super) changed: BTreeSet<u32>,
    /// What to take where Swarm takes anything.
    pub(super) choice: Choice,
    order: Vec<usize>,
    pub(super) is_cut: bool,
}

impl<'a> Run<'a> {
    pub(super) fn new(scenario: &'a Scenario<'a>, clusters: &'a [Cluster]) -> Self {
        let world = World::new(scenario, clusters);
        Self {
            scenario,
            world,
            waiting: Waiting::default(),
            restarts: Restarts::default(),
            updaters: BTreeMap::new(),
            reaper: Reaper::default(),
            effects: BTreeMap::new(),
            drawn: BTreeMap::new(),
            ended: BTreeSet::new(),
            changed: BTreeSet::new(),
            choice: Choice::ByName,
            order: order(scenario),
            is_cut: false,
        }
    }

    pub(super) fn play(&mut self) {
        for (rank, &step) in self.order.iter().enumerate() {
            let at = self.scenario.steps[step].at;
            self.world.clock.after(at, Timer::Step { step: rank });
        }
        let tasks = 0..self.world.tasks.len() as u32;
        self.world.changes.extend(tasks.map(Change::Task));
        loop {
            self.settle();
            let due = self.world.clock.advance(self.scenario.until);
            if due.is_empty() || self.is_cut {
                break;
            }
            for timer in due {
                self.ring(timer);
            }
        }
    }

    fn ring(&mut self, timer: Timer) {
        match timer {
            Timer::Schedule { turn } => self.debounced(turn),
            Timer::Agent { task, turn } => self.act(task, turn),
            Timer::Wake { task, .. } => self.wake(task),
            Timer::Rested { task, turn } => self.rested(task, turn),
            Timer::Impatient { task, turn } => self.impatient(task, turn),
            Timer::Worker { service, turn, worker } => self.paused(service, turn, worker),
            Timer::Watched { service, turn } => self.watched(service, turn),
            Timer::Step { step } => self.act_on(self.order[step]),
            Timer::Reap { turn } => self.reap(turn),
        }
    }

    /// Everyone reacts until there is nothing to react to.
    fn settle(&mut self) {
        loop {
            let had_changes = !self.world.changes.is_empty();
            while let Some(change) = self.world.changes.pop_front() {
                self.observe(change);
            }
            if had_changes {
                self.debounce();
            }
            self.is_cut |= self.world.events.len() > MOST_EVENTS;
            if self.is_cut {
                return;
            }
            if !self.orchestrate() && !self.go_on() && self.world.changes.is_empty() {
                return;
            }
        }
    }

    fn go_on(&mut self) -> bool {
        let services: Vec<u32> = self.updaters.keys().copied().collect();
        services.into_iter().any(|it| self.proceed(it))
    }

    fn finish(mut self) -> Timeline {
        let end = if self.is_cut { self.world.clock.now } else { self.scenario.until };
        let mut services = Vec::new();
        for (index, service) in (0..).zip(&mut self.world.services) {
            service.count_time(end);
            let mut course = std::mem::take(&mut service.course);
            course.end_running = service.running;
            course.update = service.status.take();
            let tasks = service.places.values().flatten();
            let wanted = tasks.filter(|&&it| self.world.tasks[it as usize].is_wanted());
            course.last = wanted
                .map(|&it| {
                    let image = self.world.names[it as usize].image.clone();
                    (self.world.tasks[it as usize].state, image)
                })
                .collect();
            course.left = left(&self.world.tasks, service);
            let awaited = self.updaters.get(&index).into_iter().flat_map(|it| it.awaited.keys());
            course.stuck = awaited
                .map(|&task| {
                    let it = &self.world.tasks[task as usize];
                    let refused = Vec::new();
                    Stuck { task, state: it.state, message: it.message.clone(), refused }
                })
                .collect();
            services.push(course);
        }
        for stuck in services.iter_mut().flat_map(|it| &mut it.stuck) {
            stuck.refused = self.world.refusals(stuck.task);
        }
        Timeline {
            events: self.world.events,
            services,
            tasks: self.world.names,
            starts: self.world.starts,
            nodes: self.world.nodes.into_iter().map(|it| it.name).collect(),
            is_cut: self.is_cut,
        }
    }
}
