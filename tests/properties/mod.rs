//! What holds of every plan, on random swarms and stacks. A failure names its seed.

mod generator;
mod naive;

use swarm_plan::cluster::{Cluster, NodeStatus, Service, Task, TaskState};
use swarm_plan::output::PlanFormat;
use swarm_plan::plan::{
    self, Assumptions, Lost, Outcome, Plan, Policy, Request, WhatIf, is_running,
};
use swarm_plan::scheduler::{self, Fate, Options, Schedule, schedule};
use swarm_plan::source::{Named, Span};
use swarm_plan::swarm::spec::{Mode, ServiceSpec, Specs};
use termcolor::NoColor;

use self::generator::{Dice, changed, cluster, plain, stack};

/// How many swarms are made for a property of the placement alone, and of whole plans.
const PLACED: u64 = 2_000;
const PLANNED: u64 = if cfg!(debug_assertions) { 40 } else { 1_000 };

fn with_plan<T>(specs: &Specs, cluster: &Cluster, look: impl FnOnce(&Plan) -> T) -> T {
    let (policy, what_if) = (Policy::default(), WhatIf::default());
    let plan = plan::plan(&Request {
        stack: "x",
        specs,
        cluster,
        policy: &policy,
        what_if: &what_if,
        assumptions: Assumptions::default(),
    });
    look(&plan)
}

/// The swarm in which everything runs as planned.
fn settled(plan: &Plan) -> Cluster {
    let services = plan.services.iter().map(|it| (it.spec, it.tasks.as_slice()));
    running(services.collect(), plan.cluster)
}

/// The swarm in which everything runs as scheduled.
fn after(schedule: &Schedule, cluster: &Cluster) -> Cluster {
    let services = schedule.services.iter().map(|it| (it.spec, it.tasks.as_slice()));
    running(services.collect(), cluster)
}

fn running(them: Vec<(&ServiceSpec, &[scheduler::Task])>, cluster: &Cluster) -> Cluster {
    let mut tasks = Vec::new();
    let mut services = Vec::new();
    for (spec, own) in them {
        for it in own.iter().filter(|it| is_running(it)) {
            tasks.push(Task {
                service: plain(spec.name.clone()),
                node: plain(String::new()),
                node_index: it.node.map(|it| it as usize),
                slot: it.slot,
                count: 1,
                state: TaskState::Running,
                desired: TaskState::Running,
                span: Span::default(),
            });
        }
        let value = Service { spec: spec.clone(), ..Service::default() };
        services.push(Named { name: plain(spec.name.clone()), value });
    }
    let (services, tasks) = (Some(services), Some(tasks));
    Cluster { nodes: cluster.nodes.clone(), services, tasks, ..Cluster::default() }
}

fn written(plan: &Plan) -> String {
    let mut out = NoColor::new(Vec::new());
    PlanFormat::Json.write(plan, &mut out).unwrap();
    String::from_utf8(out.into_inner()).unwrap()
}

#[test]
fn every_task_has_a_place_that_is_allowed_or_waits_because_there_is_none() {
    let (mut placed, mut waiting) = (0, 0);
    for seed in 0..PLACED {
        let dice = &mut Dice::new(seed);
        let (cluster, specs) = (cluster(dice), stack(dice));
        let services: Vec<_> = specs.services.values().collect();
        let options = Options::default();
        let schedule = schedule(&services, &cluster, &options);
        let counts = naive::check(&naive::of_schedule(&schedule), &cluster, seed);
        (placed, waiting) = (placed + counts.0, waiting + counts.1);
        // And the same stack again, on nodes that are no longer the same.
        let mut later = after(&schedule, &cluster);
        let lost = dice.below(later.nodes.len() as u64) as usize;
        later.nodes[lost].value.state = generator::nodes(dice)[0].value.state.clone();
        let schedule = swarm_plan::scheduler::schedule(&services, &later, &options);
        naive::check(&naive::of_schedule(&schedule), &later, seed);
    }
    assert!(placed > 5_000 && waiting > 2_000, "{placed} placed, {waiting} waiting");
    for seed in 0..PLANNED {
        let dice = &mut Dice::new(seed);
        let (cluster, specs) = (cluster(dice), stack(dice));
        with_plan(&specs, &cluster, |plan| naive::check(&naive::of_plan(plan), &cluster, seed));
    }
}

#[test]
fn the_same_input_gives_the_same_plan() {
    for seed in 0..PLANNED / 2 {
        let dice = &mut Dice::new(seed);
        let (cluster, specs) = (cluster(dice), stack(dice));
        let one = with_plan(&specs, &cluster, written);
        let other = with_plan(&specs.clone(), &cluster.clone(), written);
        assert_eq!(one, other, "seed {seed}");
    }
}

#[test]
fn a_settled_plan_stays() {
    for seed in 0..PLANNED {
        let dice = &mut Dice::new(seed);
        let (cluster, mut specs) = (cluster(dice), stack(dice));
        // Every deploy runs a job again.
        specs.services.retain(|_, it| !it.mode.is_job());
        let facts = |plan: &Plan| {
            let facts = plan.services.iter().map(|it| {
                let nodes: Vec<_> = it.tasks.iter().filter(|it| is_running(it)).collect();
                let nodes: Vec<_> = nodes.iter().map(|it| (it.slot, it.node)).collect();
                (it.name.to_owned(), nodes, it.waiting(), it.message.clone())
            });
            facts.collect::<Vec<_>>()
        };
        let (before, later) = with_plan(&specs, &cluster, |plan| (facts(plan), settled(plan)));
        with_plan(&specs, &later, |plan| {
            assert_eq!(before, facts(plan), "seed {seed}");
            let tasks = plan.services.iter().flat_map(|it| &it.tasks);
            let moved = tasks.filter(|it| !matches!(it.fate, Fate::Kept | Fate::Pending(_)));
            assert_eq!(moved.count(), 0, "seed {seed}");
        });
    }
}

#[test]
fn every_task_of_a_lost_node_is_accounted_for() {
    let mut outcomes = [0; 6];
    for seed in 0..PLANNED {
        let dice = &mut Dice::new(seed);
        let (cluster, specs) = (cluster(dice), stack(dice));
        with_plan(&specs, &cluster, |plan| {
            for failure in &plan.failures {
                let is_hit = |it: &&(u32, _)| failure.nodes.contains(&it.0);
                let hit = naive::placed(plan).iter().filter(is_hit).count();
                assert_eq!(failure.moves.len(), hit, "seed {seed}: {:?}", failure.lost);
                // What stays where it is, and what comes to it.
                let mut then = naive::placed(plan);
                then.retain(|it| !failure.nodes.contains(&it.0));
                for it in &failure.moves {
                    let spec = plan.services[it.service].spec;
                    let kind = match &it.outcome {
                        Outcome::To(node) => {
                            assert!(!failure.nodes.contains(node), "seed {seed}");
                            let suits = naive::suits(spec, &plan.cluster.nodes[*node as usize]);
                            let has_room = naive::has_room(spec, *node, plan.cluster, &then);
                            assert!(suits && has_room, "seed {seed}: {}", spec.name);
                            then.push((*node, spec));
                            0
                        }
                        Outcome::Pending(message) => {
                            assert!(!message.is_empty(), "seed {seed}");
                            1
                        }
                        Outcome::Gone => {
                            assert!(matches!(spec.mode, Mode::Global(_) | Mode::GlobalJob(_)));
                            2
                        }
                        Outcome::NotRestarted => {
                            let policy = spec.task_template.restart_policy.as_ref().unwrap();
                            assert_eq!(policy.condition, "none", "seed {seed}");
                            3
                        }
                        Outcome::NotMoved => {
                            assert!(matches!(spec.mode, Mode::ReplicatedJob(_)), "seed {seed}");
                            5
                        }
                        Outcome::NoQuorum => {
                            assert!(!failure.has_quorum, "seed {seed}");
                            4
                        }
                    };
                    outcomes[kind] += 1;
                }
                for hit in &failure.hits {
                    let own = || failure.moves.iter().filter(|it| it.service == hit.service);
                    let moved = own().filter(|it| matches!(it.outcome, Outcome::To(_))).count();
                    assert_eq!(hit.before - own().count(), hit.at_once, "seed {seed}");
                    assert_eq!(hit.at_once + moved, hit.after, "seed {seed}");
                }
            }
        });
    }
    assert!(outcomes.iter().all(|it| *it > 2), "{outcomes:?}");
}

#[test]
fn a_node_less_is_never_more_room() {
    for seed in 0..PLANNED {
        let dice = &mut Dice::new(seed);
        let (cluster, mut specs) = (cluster(dice), stack(dice));
        // Where services compete, a node less may change who comes first; one alone is left room.
        specs.services.retain(|key, _| key == "s0");
        // Where a node goes, its address can be given to a task.
        specs.services.values_mut().for_each(|it| it.task_template.networks.clear());
        let room = |it: &plan::Capacity| it.more.unwrap_or(u64::MAX);
        let facts = |plan: &Plan| (plan.services[0].running(), plan.capacities.first().map(room));
        let (running, more) = with_plan(&specs, &cluster, facts);
        for at in 0..cluster.nodes.len() {
            let mut fewer = cluster.clone();
            let gone = fewer.nodes.remove(at);
            let (left, room) = with_plan(&specs, &fewer, facts);
            assert!(left <= running, "seed {seed} without {}", gone.name.value);
            let sum = |running: usize, more: Option<u64>| {
                more.map(|it| it.saturating_add(running as u64))
            };
            assert!(sum(left, room) <= sum(running, more), "seed {seed}, {}", gone.name.value);
        }
    }
}

#[test]
fn the_room_to_grow_is_exactly_that() {
    let mut limited = 0;
    for seed in 0..PLANNED {
        let dice = &mut Dice::new(seed);
        let (cluster, specs) = (cluster(dice), stack(dice));
        let (rooms, later) = with_plan(&specs, &cluster, |plan| {
            let rooms: Vec<_> = plan.capacities.iter().map(|it| (it.service, it.more)).collect();
            (rooms, settled(plan))
        });
        for (service, more) in rooms {
            let key = format!("s{service}");
            // Those that the network has addresses for are beyond the nodes' limit.
            let Some(more) = more.filter(|it| *it < 200) else { continue };
            limited += 1;
            for (add, is_enough) in [(more, true), (more + 1, false)] {
                let mut specs = specs.clone();
                // Room is for those that wait, too.
                let spec = specs.services.get_mut(&key).unwrap();
                let running = later.tasks.iter().flatten();
                let running = running.filter(|it| it.service.value == spec.name).count() as u64;
                let Mode::Replicated(them) = &mut spec.mode else { panic!() };
                them.replicas = Some(running + add);
                let name = spec.name.clone();
                specs.services.retain(|it, _| *it == key);
                with_plan(&specs, &later, |plan| {
                    let it = plan.services.iter().find(|it| it.name == name).unwrap();
                    assert_eq!(it.waiting() == 0, is_enough, "seed {seed}: {key} + {add}");
                });
            }
        }
    }
    assert!(limited > 20, "{limited}");
}

#[test]
fn the_loss_of_every_node_is_looked_at() {
    for seed in 0..PLANNED / 2 {
        let dice = &mut Dice::new(seed);
        let (cluster, specs) = (cluster(dice), stack(dice));
        with_plan(&specs, &cluster, |plan| {
            for (at, node) in (0..).zip(&cluster.nodes) {
                let is_named = plan.failures.iter().any(|it| it.lost == Lost::Node(at));
                let is_down = node.state.value == NodeStatus::Down;
                assert_eq!(is_named, !is_down, "seed {seed}: n{at}");
            }
        });
    }
}

#[test]
fn a_deploy_replaces_what_it_changes_and_nothing_else() {
    let (mut replaced, mut kept, mut stuck) = (0, 0, 0);
    for seed in 0..PLANNED * 2 {
        let dice = &mut Dice::new(seed);
        let (cluster, specs) = (cluster(dice), stack(dice));
        let later = with_plan(&specs, &cluster, settled);
        let specs = changed(dice, &specs);
        with_plan(&specs, &later, |plan| {
            let never_ends = plan.updates.iter().filter(|it| it.is_deploy && it.never_ends());
            // A task that waits on its node is not replaced where only the placement changes: it
            // waits for what was asked for before.
            let waits_for_what_was = plan.services.iter().any(|it| {
                it.waiting() > 0 && it.change.as_ref().is_some_and(|it| it.fields == ["placement"])
            });
            if never_ends.count() == 0 && !waits_for_what_was {
                naive::check(&naive::of_plan(plan), &later, seed);
            } else {
                stuck += usize::from(!waits_for_what_was);
                assert!(!plan.succeeds(), "seed {seed}");
            }
            for it in plan.services.iter().filter(|it| !it.spec.mode.is_job()) {
                let count = |fate: &Fate| it.tasks.iter().filter(|it| it.fate == *fate).count();
                let Some(change) = &it.change else {
                    assert_eq!(count(&Fate::Replaced), 0, "seed {seed}: {}", it.name);
                    continue;
                };
                replaced += change.replaced;
                let is_mere = change.fields.iter().all(|it| *it == "replicas");
                if is_mere && it.waiting() == 0 {
                    kept += count(&Fate::Kept);
                    assert_eq!(change.replaced, 0, "seed {seed}: {}", it.name);
                    assert!(count(&Fate::Removed) == 0 || count(&Fate::Placed) == 0, "seed {seed}");
                }
                if change.fields.contains(&"image") {
                    let ended = plan.updates.iter().any(|update| {
                        plan.services[update.service].name == it.name && !update.never_ends()
                    });
                    assert!(!ended || count(&Fate::Kept) == 0, "seed {seed}: {}", it.name);
                }
            }
        });
    }
    assert!(replaced > 50 && kept > 30 && stuck > 3, "{replaced} {kept} {stuck}");
}
