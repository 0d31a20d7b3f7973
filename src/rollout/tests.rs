//! What holds of every rollout, and the dead ends one by one.

use crate::cluster::{Availability, Cluster, Node, NodeStatus, TaskState};
use crate::rollout::run::{Run, clusters};
use crate::rollout::{
    Action, Behaviour, Containers, DeadEndKind, Effect, Fault, FaultKind, Scenario, Step, Timeline,
    UpdateState, dead_ends, effect, play,
};
use crate::scheduler::{NetworkDrivers, Options, schedule};
use crate::source::{Named, Spanned};
use crate::swarm::spec::ServiceSpec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

const SECOND: i64 = 1_000_000_000;

fn plain<T: Default>(value: T) -> Spanned<T> {
    Spanned { value, ..Spanned::default() }
}

fn node(number: usize, state: NodeStatus, availability: Availability) -> Named<Node> {
    let name = plain(format!("n{number}"));
    let value = Node {
        id: name.clone(),
        hostname: name.clone(),
        nano_cpus: Some(plain(2 * SECOND)),
        state: plain(state),
        availability: plain(availability),
        ..Node::default()
    };
    Named { name, value }
}

fn ready(number: usize) -> Named<Node> {
    node(number, NodeStatus::Ready, Availability::Active)
}

fn cluster(nodes: usize) -> Cluster {
    Cluster { nodes: (0..nodes).map(ready).collect(), ..Cluster::default() }
}

fn spec(change: &Value) -> ServiceSpec {
    let mut spec = json!({
        "Name": "web",
        "TaskTemplate": { "ContainerSpec": { "Image": "web:1" } },
        "Mode": { "Replicated": { "Replicas": 3 } },
    });
    merge(&mut spec, change);
    serde_json::from_value(spec).unwrap()
}

fn merge(into: &mut Value, change: &Value) {
    match (into, change) {
        (Value::Object(into), Value::Object(change)) => {
            for (key, value) in change {
                merge(into.entry(key.as_str()).or_insert(Value::Null), value);
            }
        }
        (into, change) => *into = change.clone(),
    }
}

fn usual() -> Behaviour {
    Behaviour { prepare: 1_000, start: 2_000, stop: 1_000, fault: None }
}

/// An update of three tasks on some nodes.
fn update(nodes: usize, old: &Value, change: &Value, fault: Option<FaultKind>) -> Outcome {
    let cluster = cluster(nodes);
    let before = spec(old);
    let mut after = serde_json::to_value(&before).unwrap();
    merge(&mut after, &json!({ "TaskTemplate": { "ContainerSpec": { "Image": "web:2" } } }));
    merge(&mut after, change);
    let after: ServiceSpec = serde_json::from_value(after).unwrap();
    let (options, networks) = (Options::default(), NetworkDrivers::new());
    let schedule = schedule(&[&before], &cluster, &options);
    let fault = fault.map(|kind| Fault { kind, after: 0, first: None });
    let images = [("web:2".to_owned(), Behaviour { fault, ..usual() })].into();
    let containers = Containers { usual: usual(), images, ..Containers::default() };
    let scenario = Scenario::of_update(&cluster, &schedule, &networks, containers, "web", &after);
    let timeline = play(&scenario);
    let ends = dead_ends(&after, timeline.course("web").unwrap());
    Outcome {
        timeline,
        ends: ends.into_iter().map(|it| (it.kind, it.message.to_string())).collect(),
    }
}

struct Outcome {
    timeline: Timeline,
    ends: Vec<(DeadEndKind, String)>,
}

impl Outcome {
    fn state(&self) -> UpdateState {
        self.timeline.course("web").unwrap().update.as_ref().unwrap().state
    }
}

fn start_first() -> Value {
    json!({ "UpdateConfig": { "Parallelism": 1, "Order": "start-first", "MaxFailureRatio": 0 } })
}

fn host_port() -> Value {
    json!({ "EndpointSpec": { "Ports": [{ "PublishedPort": 80, "PublishMode": "host" }] } })
}

#[test]
fn an_update_that_goes_well_has_no_dead_end() {
    let outcome = update(3, &json!({}), &json!({}), None);
    assert_eq!((outcome.state(), outcome.ends), (UpdateState::Completed, vec![]));
    let course = outcome.timeline.course("web").unwrap();
    assert_eq!((course.min_running, course.max_alive, course.done_at), (2, 4, Some(14_150)));
}

#[test]
fn start_first_needs_a_node_with_the_port_to_spare() {
    let outcome = update(3, &host_port(), &start_first(), None);
    let message = "no suitable node (host-mode port already in use on 3 nodes)".to_owned();
    assert_eq!(outcome.ends, [(DeadEndKind::StartFirstHostPort, message)]);
    assert_eq!(outcome.state(), UpdateState::Updating);
    assert_eq!(update(4, &host_port(), &start_first(), None).ends, []);
    assert_eq!(update(3, &host_port(), &json!({}), None).ends, []);
}

#[test]
fn start_first_needs_a_node_below_its_limit() {
    let limit = json!({ "TaskTemplate": { "Placement": { "MaxReplicas": 1 } } });
    let outcome = update(3, &limit, &start_first(), None);
    let message = "no suitable node (max replicas per node limit exceed)".to_owned();
    assert_eq!(outcome.ends, [(DeadEndKind::StartFirstMaxReplicas, message)]);
    assert_eq!(update(4, &limit, &start_first(), None).ends, []);
}

#[test]
fn start_first_needs_room() {
    let reserved = json!({ "NanoCPUs": 2 * SECOND });
    let reserved = json!({ "TaskTemplate": { "Resources": { "Reservations": reserved } } });
    let outcome = update(3, &reserved, &start_first(), None);
    let message = "no suitable node (insufficient resources on 3 nodes)".to_owned();
    assert_eq!(outcome.ends, [(DeadEndKind::StartFirstNoRoom, message)]);
    assert_eq!(update(4, &reserved, &start_first(), None).ends, []);
}

#[test]
fn a_pending_task_never_triggers_the_failure_action() {
    let change = json!({
        "TaskTemplate": { "Placement": { "Constraints": ["node.labels.disk==ssd"] } },
        "UpdateConfig": { "Parallelism": 1, "FailureAction": "rollback", "MaxFailureRatio": 0,
            "Order": "" },
    });
    let outcome = update(3, &json!({}), &change, None);
    let message = "no suitable node (scheduling constraints not satisfied on 3 nodes)".to_owned();
    assert_eq!(outcome.ends, [(DeadEndKind::Pending, message)]);
    assert_eq!(outcome.state(), UpdateState::Updating);
    assert_eq!(outcome.timeline.course("web").unwrap().end_running, 2);
}

#[test]
fn a_task_that_is_neither_well_nor_unwell_is_waited_for() {
    let outcome = update(3, &json!({}), &json!({}), Some(FaultKind::Hang));
    assert_eq!(outcome.ends, [(DeadEndKind::Silent, String::new())]);
}

#[test]
fn a_grace_period_over_a_minute_lets_old_and_new_overlap() {
    let grace = |seconds: i64| {
        let grace = json!({ "StopGracePeriod": seconds * SECOND });
        update(3, &json!({}), &json!({ "TaskTemplate": { "ContainerSpec": grace } }), None).ends
    };
    assert_eq!(grace(61), [(DeadEndKind::Overlap, String::new())]);
    assert_eq!(grace(60), []);
}

#[test]
fn only_what_tasks_are_made_of_replaces_them() {
    let new = |change: Value| effect(&spec(&json!({})), &spec(&change));
    let placement = |it: Value| json!({ "TaskTemplate": { "Placement": it } });
    let limit = placement(json!({ "MaxReplicas": 1 }));
    assert_eq!(new(json!({})), Effect::Keep);
    assert_eq!(new(json!({ "Labels": { "a": "b" } })), Effect::Keep);
    assert_eq!(new(json!({ "Mode": { "Replicated": { "Replicas": 9 } } })), Effect::Keep);
    assert_eq!(new(start_first()), Effect::Keep);
    assert_eq!(new(host_port()), Effect::Replace);
    assert_eq!(new(json!({ "TaskTemplate": { "ForceUpdate": 1 } })), Effect::Replace);
    assert_eq!(new(limit.clone()), Effect::KeepWhereAllowed);
    let mut both = limit;
    merge(&mut both, &host_port());
    assert_eq!(new(both), Effect::KeepWhereAllowed);
}

fn config() -> impl Strategy<Value = Value> {
    let times = (select(vec![0, 2, 7]), select(vec![0, 1, 5]));
    let words = (select(vec!["", "start-first"]), select(vec!["", "continue", "rollback"]));
    let share = (0..4_u64, select(vec![0.0, 0.3, 1.0]));
    (times, words, share).prop_map(|((delay, monitor), (order, action), (parallelism, ratio))| {
        json!({ "Parallelism": parallelism, "Delay": delay * SECOND, "Monitor": monitor * SECOND,
            "Order": order, "FailureAction": action, "MaxFailureRatio": ratio })
    })
}

fn any_spec(mode: &'static str) -> impl Strategy<Value = ServiceSpec> {
    let image = select(vec!["ok", "ok", "slow", "reject", "start", "crash", "complete", "hang"]);
    let policy = (
        select(vec!["none", "on-failure", "any"]),
        select(vec![Some(0), Some(SECOND), None]),
        0..3_u64,
        select(vec![None, Some(20 * SECOND)]),
    );
    let policy = policy.prop_map(|(condition, delay, attempts, window)| {
        json!({ "Condition": condition, "Delay": delay, "MaxAttempts": attempts, "Window": window })
    });
    let reserved = select(vec![0, SECOND, 2 * SECOND]);
    let wanted = (reserved, 0..3_u64, any::<bool>(), select(vec!["n0", "n1", "none"]));
    let parts = (image, prop::option::of(policy), wanted, 0..5_u64);
    let configs = (prop::option::of(config()), prop::option::of(config()));
    (parts, configs).prop_map(move |((image, policy, wanted, replicas), (update, rollback))| {
        let (cpus, limit, has_port, avoided) = wanted;
        let mode = match mode {
            "global" => json!({ "Global": {} }),
            _ => json!({ "Replicated": { "Replicas": replicas } }),
        };
        let mut it = json!({
            "Name": "web",
            "Mode": mode,
            "TaskTemplate": {
                "ContainerSpec": { "Image": image },
                "RestartPolicy": policy,
                "Resources": { "Reservations": { "NanoCPUs": cpus } },
                "Placement": {
                    "MaxReplicas": limit,
                    "Constraints": [format!("node.hostname!={avoided}")],
                },
            },
            "UpdateConfig": update,
            "RollbackConfig": rollback,
        });
        if has_port {
            merge(&mut it, &host_port());
        }
        serde_json::from_value(it).unwrap()
    })
}

/// What is done: a kind, a time in steps of 50 milliseconds, which spec or node.
fn deeds() -> impl Strategy<Value = Vec<(u8, u64, usize)>> {
    prop::collection::vec((0..9_u8, 0..1_200_u64, 0..3_usize), 0..6)
}

fn step(specs: &[ServiceSpec], (kind, at, which): (u8, u64, usize)) -> Step<'_> {
    let action = match kind {
        0..3 => Action::Update("web", &specs[which]),
        3 => Action::Rollback("web"),
        4 => Action::Node(Box::new(node(which, NodeStatus::Down, Availability::Active))),
        5 => Action::Node(Box::new(node(which, NodeStatus::Ready, Availability::Drain))),
        6 => Action::Node(Box::new(ready(which))),
        7 => Action::RemoveNode(["n0", "n1", "n2"][which]),
        _ if which == 0 => Action::Remove("web"),
        _ => Action::Create(&specs[which]),
    };
    Step { at: at * 50, action }
}

fn images() -> Containers {
    let faulty = |kind, first| Some(Fault { kind, after: 500, first });
    let image = |name: &str, fault| (name.to_owned(), Behaviour { fault, ..usual() });
    let slow = Behaviour { prepare: 9_000, start: 0, stop: 70_000, fault: None };
    let images = [
        ("slow".to_owned(), slow),
        image("reject", faulty(FaultKind::Reject, None)),
        image("start", faulty(FaultKind::Start, Some(2))),
        image("crash", faulty(FaultKind::Crash, None)),
        image("complete", faulty(FaultKind::Complete, None)),
        image("hang", faulty(FaultKind::Hang, Some(1))),
    ];
    Containers { usual: usual(), images: images.into(), ..Containers::default() }
}

/// Plays a scenario, and looks at what the managers believe in the end.
fn hold(scenario: &Scenario) -> Result<(), TestCaseError> {
    let timeline = play(scenario);
    prop_assert!(!timeline.is_cut);
    prop_assert!(timeline == play(scenario), "another timeline");
    prop_assert!(timeline.events.is_sorted_by_key(|it| it.at));
    prop_assert!(timeline.events.last().is_none_or(|it| it.at <= scenario.until));
    for it in &timeline.services {
        prop_assert!(it.min_running <= it.initial_running && it.initial_running <= it.max_running);
        prop_assert!(it.max_running <= it.max_alive && it.below_initial <= scenario.until);
    }
    Ok(())
}

/// Whether what nodes are believed to have left is what their tasks leave.
fn books(scenario: &Scenario) -> Result<(), TestCaseError> {
    let clusters = clusters(scenario);
    let mut run = Run::new(scenario, &clusters);
    run.play();
    let world = &mut run.world;
    for service in &world.services {
        let tasks = || service.places.values().flatten().map(|&it| &world.tasks[it as usize]);
        let running = tasks().filter(|it| it.state == TaskState::Running).count() as u64;
        prop_assert_eq!(running, service.running);
        prop_assert_eq!(tasks().filter(|it| it.occupies()).count() as u64, service.alive);
    }
    let (nodes, live) = (world.state.nodes.clone(), world.services[0].live.clone());
    world.recount();
    prop_assert_eq!(live, world.services[0].live.clone());
    for (believed, counted) in nodes.iter().zip(&world.state.nodes) {
        prop_assert_eq!(believed.nano_cpus, counted.nano_cpus);
        prop_assert!(believed.nano_cpus.is_none_or(|it| it >= 0));
        prop_assert_eq!(believed.tasks, counted.tasks);
        prop_assert_eq!(believed.ports.len(), counted.ports.len());
        prop_assert!(believed.ports.len() <= 1, "two tasks on one port");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_rollout_ends_and_is_always_the_same(
        specs in select(vec!["global", "replicated"]).prop_flat_map(|it| {
            prop::collection::vec(any_spec(it), 3)
        }),
        nodes in 0..4_usize,
        deeds in deeds(),
    ) {
        let (cluster, networks) = (cluster(nodes), NetworkDrivers::new());
        let scenario = Scenario {
            cluster: &cluster,
            services: vec![&specs[0]],
            tasks: vec![],
            others: Vec::new(),
            networks: &networks,
            containers: images(),
            steps: deeds.iter().map(|it| step(&specs, *it)).collect(),
            until: 120_000,
        };
        hold(&scenario)?;
        books(&scenario)?;
    }
}

#[test]
fn a_global_task_that_may_not_stay_is_not_followed_by_another() {
    let constraint = json!({ "Placement": { "Constraints": ["node.labels.disk!=hdd"] } });
    let mut spec = serde_json::to_value(spec(&json!({ "TaskTemplate": constraint }))).unwrap();
    spec["Mode"] = json!({ "Global": {} });
    let spec: ServiceSpec = serde_json::from_value(spec).unwrap();
    let (cluster, networks) = (cluster(2), NetworkDrivers::new());
    let mut slow = ready(0);
    slow.value.labels.insert("disk".to_owned(), "hdd".to_owned());
    let timeline = play(&Scenario {
        cluster: &cluster,
        services: vec![&spec],
        tasks: vec![],
        others: Vec::new(),
        networks: &networks,
        containers: images(),
        steps: vec![Step { at: 10_000, action: Action::Node(Box::new(slow)) }],
        until: 60_000,
    });
    let course = timeline.course("web").unwrap();
    assert_eq!((course.max_running, course.end_running, course.tasks_created), (2, 1, 2));
}
