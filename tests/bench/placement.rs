//! Placing tasks, on the sizes of which it is known how long `SwarmKit`'s own scheduler takes.

use divan::Bencher;
use divan::counter::ItemsCount;
use serde_json::json;
use swarm_plan::cluster::{Cluster, Node};
use swarm_plan::scheduler::{Options, schedule};
use swarm_plan::source::{Named, Spanned};
use swarm_plan::swarm::spec::ServiceSpec;

/// Nodes, tasks, services; behind them what `SwarmKit` takes for services that ask for nothing, in
/// milliseconds: its first pass alone, without reading and writing its store.
const SIZES: [(usize, u64, u64); 12] = [
    (50, 3_000, 1),
    (50, 1_000, 200),
    (1_000, 1_000, 1),       // 1.3
    (1_000, 1_000, 1_000),   // 148, each task for itself
    (1_000, 10_000, 1),      // 67
    (1_000, 10_000, 100),    // 77
    (1_000, 10_000, 1_000),  // 571
    (10_000, 100_000, 1),    // 1,050; with a constraint or a preference 1,900
    (10_000, 100_000, 100),  // 3,100
    (100_000, 1_000, 1),     // 81; 490 with the reading of its store
    (100_000, 100_000, 1),   // 1,400; with a preference 2,600
    (100_000, 1_000_000, 1), // 55,000
];

fn cluster(nodes: usize) -> Cluster {
    let plain = |value: String| Spanned { value, ..Spanned::default() };
    let node = |at: usize| {
        let labels = [("zone", at % 3), ("rack", at % 30), ("disk", at % 2)];
        let labels = labels.map(|(key, value)| (key.to_owned(), value.to_string()));
        let value = Node {
            id: plain(format!("node-{at:06}")),
            hostname: plain(format!("node-{at:06}")),
            nano_cpus: Some(Spanned { value: 16_000_000_000, ..Spanned::default() }),
            memory_bytes: Some(Spanned { value: 64 << 30, ..Spanned::default() }),
            labels: labels.into_iter().collect(),
            ..Node::default()
        };
        Named { name: plain(format!("node-{at:06}")), value }
    };
    let nodes = (0..nodes).map(node).collect();
    Cluster { nodes, tasks: Some(Vec::new()), ..Cluster::default() }
}

fn services(number: u64, tasks: u64, rich: bool) -> Vec<ServiceSpec> {
    let placement = json!({
        "Constraints": ["node.labels.disk==1"],
        "Preferences": [
            { "Spread": { "SpreadDescriptor": "node.labels.zone" } },
            { "Spread": { "SpreadDescriptor": "node.labels.rack" } },
        ],
    });
    let resources = json!({ "Reservations": { "NanoCPUs": 100_000_000, "MemoryBytes": 1 << 24 } });
    let service = |at| {
        let spec = json!({
            "Name": format!("service-{at:04}"),
            "Mode": { "Replicated": { "Replicas": tasks / number } },
            "TaskTemplate": {
                "Placement": rich.then(|| placement.clone()),
                "Resources": rich.then(|| resources.clone()),
            },
        });
        serde_json::from_value(spec).unwrap()
    };
    (0..number).map(service).collect()
}

fn run(bencher: Bencher, (nodes, tasks, number): (usize, u64, u64), rich: bool) {
    let (cluster, services) = (cluster(nodes), services(number, tasks, rich));
    let services: Vec<&ServiceSpec> = services.iter().collect();
    let options = Options::default();
    bencher
        .counter(ItemsCount::new(tasks))
        .bench_local(|| schedule(&services, &cluster, &options).services.len());
}

/// Services that ask for nothing.
#[divan::bench(args = SIZES, max_time = 3)]
fn plain(bencher: Bencher, size: (usize, u64, u64)) {
    run(bencher, size, false);
}

/// A constraint, two preferences and reservations.
#[divan::bench(args = SIZES, max_time = 3)]
fn rich(bencher: Bencher, size: (usize, u64, u64)) {
    run(bencher, size, true);
}
