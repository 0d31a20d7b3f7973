//! What holds of every cluster and every stack.

use crate::cluster::{
    Amount, Availability, Cluster, Generic, Node, NodeStatus, Platform, Task as OldTask, TaskState,
};
use crate::scheduler::filter::Candidate;
use crate::scheduler::{
    Deploy, FILTERS, Fate, Live, Options, Schedule, order_matters, schedule, varies,
};
use crate::source::{Named, Span, Spanned};
use crate::swarm::spec::ServiceSpec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn plain<T: Default>(value: T) -> Spanned<T> {
    Spanned { value, ..Spanned::default() }
}

fn node(name: &str, node: Node) -> Named<Node> {
    let (id, hostname) = (plain(name.to_owned()), plain(name.to_owned()));
    Named { name: plain(name.to_owned()), value: Node { id, hostname, ..node } }
}

/// Nodes of one size that differ by a label or two, some of them of no use.
fn nodes() -> impl Strategy<Value = Vec<Named<Node>>> {
    let labels = (select(vec!["", "a", "b", "c"]), select(vec!["", "x", "y"]));
    let state = select(vec![NodeStatus::Ready, NodeStatus::Ready, NodeStatus::Down]);
    let wanted = [Availability::Active, Availability::Active, Availability::Drain];
    let one = (labels, 0..4_i64, 0..3_usize, state, select(wanted.to_vec()));
    let one = one.prop_map(|((zone, rack), cpus, gpus, state, availability)| {
        let labels = [("zone", zone), ("rack", rack)].into_iter().filter(|it| !it.1.is_empty());
        let names = ["g1", "g2"].iter().take(gpus).map(|&it| it.to_owned()).collect();
        Node {
            labels: labels.map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
            nano_cpus: Some(plain(cpus * 1_000_000_000)),
            memory_bytes: Some(plain(4 << 30)),
            platform: Some(Platform { os: "linux".to_owned(), arch: "x86_64".to_owned() }),
            generic_resources: vec![Generic {
                kind: "gpu".to_owned(),
                amount: Amount::Named(names),
            }],
            state: plain(state),
            availability: plain(availability),
            ..Node::default()
        }
    });
    prop::collection::vec(one, 0..7).prop_map(|them| {
        them.into_iter().enumerate().map(|(at, it)| node(&format!("n{at}"), it)).collect()
    })
}

fn mode() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => (0..15_u64).prop_map(|it| json!({ "Replicated": { "Replicas": it } })),
        1 => Just(json!({ "Global": {} })),
        1 => Just(json!({ "GlobalJob": {} })),
        1 => (0..5_u64, 0..9_u64).prop_map(|(at_once, total)| {
            json!({ "ReplicatedJob": { "MaxConcurrent": at_once, "TotalCompletions": total } })
        }),
    ]
}

fn service(name: &'static str) -> impl Strategy<Value = ServiceSpec> {
    let constraints = select(vec![
        json!([]),
        json!([]),
        json!(["node.labels.zone==a"]),
        json!(["node.labels.zone!=b"]),
        json!(["node.hostname!=n1", "node.labels.rack==x"]),
    ]);
    let spread = |it: &str| json!({ "Spread": { "SpreadDescriptor": it } });
    let preferences = select(vec![
        json!([]),
        json!([spread("node.labels.zone")]),
        json!([spread("node.labels.zone"), spread("node.labels.rack")]),
        json!([spread("node.labels.rack"), spread("node.hostname"), spread("node.labels.none")]),
    ]);
    let reserved = (select(vec![0, 0, 500_000_000, 1_500_000_000_i64]), 0..3_i64);
    let ports = select(vec![json!([]), json!([]), json!([80]), json!([80, 81])]);
    let pieces = (mode(), constraints, preferences, reserved, 0..3_u64, ports);
    pieces.prop_map(move |(mode, constraints, preferences, (cpus, gpus), most, ports)| {
        let gpu = json!({ "DiscreteResourceSpec": { "Kind": "gpu", "Value": gpus } });
        let generic = if gpus > 0 { json!([gpu]) } else { json!([]) };
        let ports = ports.as_array().into_iter().flatten();
        let ports = ports.map(|it| json!({ "PublishedPort": it, "PublishMode": "host" }));
        let spec = json!({
            "Name": name,
            "Mode": mode,
            "TaskTemplate": {
                "Resources": {
                    "Reservations": { "NanoCPUs": cpus, "GenericResources": generic },
                },
                "Placement": {
                    "Constraints": constraints,
                    "Preferences": preferences,
                    "MaxReplicas": most,
                },
            },
            "EndpointSpec": { "Ports": ports.collect::<Vec<_>>() },
        });
        serde_json::from_value(spec).expect("a service")
    })
}

fn stack() -> impl Strategy<Value = Vec<ServiceSpec>> {
    let three = (service("a"), service("b"), service("c"), 1..4_usize);
    three.prop_map(|(a, b, c, many)| vec![a, b, c].into_iter().take(many).collect())
}

/// Tasks of a service that run before, wherever they fit or not.
fn old_tasks() -> impl Strategy<Value = Vec<(usize, u64, TaskState)>> {
    let desired = select(vec![TaskState::Running, TaskState::Running, TaskState::Shutdown]);
    prop::collection::vec((0..7_usize, 1..5_u64, desired), 0..3)
}

fn cluster(nodes: Vec<Named<Node>>, old: Vec<(usize, u64, TaskState)>) -> Cluster {
    let task = |(node, count, desired): (usize, u64, TaskState)| OldTask {
        service: plain("a".to_owned()),
        node: plain(String::new()),
        node_index: (node < nodes.len()).then_some(node),
        slot: None,
        count,
        state: TaskState::Running,
        desired,
        span: Span::default(),
    };
    let tasks = Some(old.into_iter().map(task).collect());
    Cluster { nodes, tasks, ..Cluster::default() }
}

fn run<'a>(stack: &'a [ServiceSpec], cluster: &'a Cluster, options: &'a Options) -> Schedule<'a> {
    schedule(&stack.iter().collect::<Vec<_>>(), cluster, options)
}

/// Nobody has more than there is, but for what old tasks had already.
fn check_capacity(schedule: &Schedule, fresh: bool) {
    for state in &schedule.state.nodes {
        assert!(!fresh || state.nano_cpus >= Some(0), "{:?}", state.nano_cpus);
        let ports: BTreeSet<_> = state.ports.iter().collect();
        assert!(!fresh || ports.len() == state.ports.len(), "{:?}", state.ports);
    }
}

fn check_tasks(schedule: &Schedule, cluster: &Cluster) {
    use crate::swarm::spec::Mode;
    for service in &schedule.services {
        let mut slots = BTreeSet::new();
        let mut live = Live::default();
        for task in &service.tasks {
            let node = task.node.map(|it| &cluster.nodes[it as usize].value);
            match &task.fate {
                Fate::Placed => {
                    let node = node.expect("a node");
                    assert!(node.is_ready());
                    let facts = node.facts();
                    assert!(service.demand.constraints.iter().all(|it| it.matches(&facts)));
                    live.add(task.node.expect("a node"));
                }
                Fate::Kept => live.add(task.node.expect("a node")),
                Fate::Pending(_) => {
                    assert!(service.message_of(task).is_some_and(|it| !it.is_empty()));
                }
                Fate::Leaving | Fate::Removed | Fate::Replaced | Fate::Ended => continue,
            }
            assert!(task.slot.is_none_or(|it| slots.insert(it)), "slot twice: {task:?}");
        }
        assert_eq!(live, service.live);
        if let Mode::Replicated(mode) = &service.spec.mode {
            assert_eq!(slots.len() as u64, mode.replicas.unwrap_or(1));
        }
        // Whoever waits is admitted nowhere.
        if service.message.is_some() {
            let verdicts = schedule.verdicts(service);
            assert!(verdicts.iter().all(|it| !it.refusals.is_empty()), "{verdicts:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_task_is_placed_or_waits_and_no_filter_is_broken(
        nodes in nodes(), old in old_tasks(), stack in stack(), in_turn: bool,
    ) {
        let fresh = old.is_empty();
        let cluster = cluster(nodes, old);
        let deploy = if in_turn { Deploy::Sequential } else { Deploy::Together };
        let options = Options { deploy, ..Options::default() };
        let schedule = run(&stack, &cluster, &options);
        check_tasks(&schedule, &cluster);
        check_capacity(&schedule, fresh);
        let again = run(&stack, &cluster, &options);
        let tasks = |it: &Schedule| {
            it.services.iter().map(|it| (it.tasks.clone(), it.message.clone())).collect::<Vec<_>>()
        };
        prop_assert_eq!(tasks(&schedule), tasks(&again));
    }

    #[test]
    fn a_node_less_is_never_room_more(nodes in nodes(), stack in stack(), lost in 0..7_usize) {
        let one = &stack[..1];
        let options = Options::default();
        let before = cluster(nodes.clone(), Vec::new());
        let rest = nodes.into_iter().enumerate().filter(|it| it.0 != lost).map(|it| it.1);
        let after = cluster(rest.collect(), Vec::new());
        let placed = |cluster: &Cluster| {
            let schedule = run(one, cluster, &options);
            let tasks = &schedule.services[0].tasks;
            tasks.iter().filter(|it| it.fate == Fate::Placed).count()
        };
        prop_assert!(placed(&after) <= placed(&before));
    }

    #[test]
    fn a_filter_admits_whom_it_finds_nothing_lacking(nodes in nodes(), stack in stack()) {
        let cluster = cluster(nodes, Vec::new());
        let options = Options::default();
        let schedule = run(&stack, &cluster, &options);
        for service in &schedule.services {
            for index in 0..cluster.nodes.len() as u32 {
                let candidate = Candidate {
                    node: &schedule.state.nodes[index as usize],
                    index,
                    own_tasks: service.live.on(index),
                    volumes: &schedule.state.volumes,
                };
                for it in FILTERS.iter().filter(|it| (it.applies)(&service.demand)) {
                    let lacks = (it.lacks)(&service.demand, &candidate);
                    prop_assert_eq!((it.admits)(&service.demand, &candidate), lacks.is_empty());
                }
            }
        }
    }
}

fn replicas(name: &str, replicas: u64, reserved: i64) -> ServiceSpec {
    let spec = json!({
        "Name": name,
        "Mode": { "Replicated": { "Replicas": replicas } },
        "TaskTemplate": { "Resources": { "Reservations": { "NanoCPUs": reserved } } },
    });
    serde_json::from_value(spec).expect("a service")
}

fn sized(cpus: &[i64]) -> Cluster {
    let sized = |cpus| Node { nano_cpus: Some(plain(cpus)), ..Node::default() };
    let nodes = cpus.iter().enumerate().map(|(at, &it)| node(&format!("n{at}"), sized(it)));
    cluster(nodes.collect(), Vec::new())
}

#[test]
fn the_order_of_services_can_decide() {
    let cluster = sized(&[3, 2]);
    let (large, small) = (replicas("large", 1, 3), replicas("small", 1, 2));
    let services = [&large, &small];
    let matters = order_matters(&services, &cluster, &Options::default()).expect("it matters");
    assert_eq!((matters.better_pending, matters.worse_pending), (0, 1));
    assert_eq!((matters.better, matters.worse), (vec![0, 1], vec![1, 0]));
    assert_eq!(order_matters(&services, &sized(&[3, 2, 9]), &Options::default()), None);
}

#[test]
fn an_order_that_needs_luck_is_told() {
    // Seen on a real swarm: a task of the third that happens to take the small node of its zone
    // sends one more of the second to a large node, and one of the first waits.
    let mut cluster = sized(&[4096, 2048, 8192, 8192, 1024]);
    for (node, zone) in cluster.nodes.iter_mut().zip(["a", "a", "b", "b", "c"]) {
        node.value.labels.insert("zone".to_owned(), zone.to_owned());
    }
    let mut spread = replicas("c", 3, 700);
    let zones =
        json!({ "Preferences": [{ "Spread": { "SpreadDescriptor": "node.labels.zone" } }] });
    spread.task_template.placement = Some(serde_json::from_value(zones).expect("a placement"));
    let (large, middle) = (replicas("a", 2, 5120), replicas("b", 4, 1800));
    let services = [&large, &middle, &spread];
    let matters = order_matters(&services, &cluster, &Options::default()).expect("it matters");
    assert_eq!((matters.better_pending, matters.worse_pending), (0, 1));
    assert_eq!(matters.worse, [2, 1, 0]);
    assert_eq!(order_matters(&services[..1], &cluster, &Options::default()), None);
}

#[test]
fn what_varies_is_told() {
    let cluster = sized(&[9, 9, 9]);
    let (all, one) = (replicas("all", 3, 1), replicas("one", 1, 1));
    let options = Options::default();
    let services = [&all, &one];
    let schedule = schedule(&services, &cluster, &options);
    assert_eq!(varies(&services, &cluster, &options, &schedule), [false, true]);
    let task = &schedule.service("one").expect("a service").tasks[0];
    assert_eq!((task.node, task.ties), (Some(0), 2));
}

#[test]
fn no_number_is_too_large() {
    let huge = replicas("huge", u64::MAX, 1_000_000_000);
    let options = Options::default();
    let cluster = sized(&[i64::MAX]);
    let schedule = schedule(&[&huge], &cluster, &options);
    let huge = &schedule.services[0];
    assert_eq!(huge.beyond + huge.tasks.len() as u64, u64::MAX);
}
