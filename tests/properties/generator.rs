//! Random swarms and stacks: small ones, in which tasks compete for everything.

use serde_json::{Value, json};
use swarm_plan::cluster::{Availability, Cluster, Node, NodeStatus, Platform, Plugin};
use swarm_plan::source::{Named, Spanned};
use swarm_plan::swarm::spec::{Mode, ServiceSpec, Specs};
use swarm_plan::value::constraint::Role;

/// A generator of numbers that is the same everywhere (`SplitMix64`).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    pub fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (it ^ (it >> 31)) % sides.max(1)
    }

    /// Once in so many times.
    pub fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    pub fn of<'a, T: ?Sized>(&mut self, them: &[&'a T]) -> &'a T {
        them[self.below(them.len() as u64) as usize]
    }
}

pub fn plain<T: Default>(value: T) -> Spanned<T> {
    Spanned { value, ..Spanned::default() }
}

/// One to eight nodes; some are lost, small, or of another kind.
pub fn nodes(dice: &mut Dice) -> Vec<Named<Node>> {
    let managers = dice.below(4);
    let count = 1 + dice.below(8);
    (0..count)
        .map(|at| {
            let name = format!("n{at}");
            let value = Node {
                id: plain(name.clone()),
                hostname: plain(name.clone()),
                role: plain(if at < managers { Role::Manager } else { Role::Worker }),
                availability: plain(match dice.below(12) {
                    0 => Availability::Drain,
                    1 => Availability::Pause,
                    _ => Availability::Active,
                }),
                state: plain(match dice.below(20) {
                    0 => NodeStatus::Down,
                    1 => NodeStatus::Unknown,
                    _ => NodeStatus::Ready,
                }),
                platform: Some(Platform {
                    os: "linux".to_owned(),
                    arch: if dice.one_in(5) { "aarch64" } else { "x86_64" }.to_owned(),
                }),
                nano_cpus: Some(plain(1_000_000_000 * (1 + dice.below(4)) as i64)),
                memory_bytes: Some(plain((1 + dice.below(4)) as i64 * (1 << 30))),
                labels: labels(dice),
                plugins: Some(plugins(dice)),
                zone: dice.one_in(2).then(|| plain(dice.of(&["a", "b"]).to_owned())),
                ..Node::default()
            };
            Named { name: plain(name), value }
        })
        .collect()
}

fn labels(dice: &mut Dice) -> std::collections::BTreeMap<String, String> {
    let mut labels = Vec::new();
    if !dice.one_in(4) {
        labels.push(("zone".to_owned(), dice.of(&["a", "b", "c"]).to_owned()));
    }
    if dice.one_in(2) {
        labels.push(("disk".to_owned(), dice.of(&["ssd", "hdd", "SSD"]).to_owned()));
    }
    labels.into_iter().collect()
}

fn plugins(dice: &mut Dice) -> Vec<Plugin> {
    let mut names = vec![("Network", "overlay"), ("Network", "host"), ("Volume", "local")];
    if dice.one_in(2) {
        names.push(("Volume", "rexray:latest"));
    }
    let plugin = |it: (&str, &str)| Plugin { kind: it.0.to_owned(), name: it.1.to_owned() };
    names.into_iter().map(plugin).collect()
}

pub fn cluster(dice: &mut Dice) -> Cluster {
    let nodes = nodes(dice);
    Cluster { nodes, services: Some(vec![]), tasks: Some(vec![]), ..Cluster::default() }
}

/// The settings of one service, as the Engine API has them.
pub fn service(dice: &mut Dice, name: &str) -> ServiceSpec {
    let mode = match dice.below(12) {
        0 | 1 => json!({ "Global": {} }),
        2 => json!({ "ReplicatedJob": {
            "MaxConcurrent": 1 + dice.below(3), "TotalCompletions": 1 + dice.below(5) } }),
        3 => json!({ "GlobalJob": {} }),
        _ => json!({ "Replicated": { "Replicas": dice.below(9) } }),
    };
    let is_job = mode.get("ReplicatedJob").or(mode.get("GlobalJob")).is_some();
    let mut spec = json!({
        "Name": name,
        "Mode": mode,
        "TaskTemplate": {
            "ContainerSpec": { "Image": format!("app:{}", dice.below(3)), "Mounts": mounts(dice) },
            "Placement": placement(dice),
            "Resources": { "Reservations": reservations(dice) },
            "RestartPolicy": restart(dice),
            "Networks": [{ "Target": "net" }],
        },
        "EndpointSpec": { "Ports": ports(dice) },
    });
    if !is_job && !dice.one_in(3) {
        spec["UpdateConfig"] = update(dice);
    }
    serde_json::from_value(spec).unwrap()
}

fn mounts(dice: &mut Dice) -> Value {
    match dice.below(8) {
        0 => json!([{ "Type": "volume", "Source": "data", "Target": "/data" }]),
        1 => json!([{ "Type": "volume", "Source": "far", "Target": "/far",
            "VolumeOptions": { "DriverConfig": { "Name": "rexray" } } }]),
        _ => json!([]),
    }
}

fn placement(dice: &mut Dice) -> Value {
    let constraints = [
        "node.role == worker",
        "node.role != manager",
        "node.labels.disk==ssd",
        "node.labels.zone!=a",
        "node.labels.zone == b",
        "node.hostname==n1",
        "node.platform.arch == x86_64",
    ];
    let mut chosen = Vec::new();
    while dice.one_in(4) {
        chosen.push(dice.of(&constraints));
    }
    let spread = |it: &str| json!({ "Spread": { "SpreadDescriptor": it } });
    let preferences = match dice.below(5) {
        0 => vec![spread("node.labels.zone")],
        1 => vec![spread("node.labels.zone"), spread("node.labels.disk")],
        _ => vec![],
    };
    let platforms = match dice.below(8) {
        0 => json!([{ "OS": "linux", "Architecture": "amd64" }]),
        1 => json!([{ "OS": "linux", "Architecture": "arm64" }, { "OS": "windows" }]),
        _ => json!([]),
    };
    json!({
        "Constraints": chosen,
        "Preferences": preferences,
        "MaxReplicas": if dice.one_in(4) { 1 + dice.below(2) } else { 0 },
        "Platforms": platforms,
    })
}

fn reservations(dice: &mut Dice) -> Value {
    let cpus = if dice.one_in(3) { 500_000_000 * (1 + dice.below(4)) } else { 0 };
    let memory = if dice.one_in(3) { (1 << 28) * (1 + dice.below(6)) } else { 0 };
    json!({ "NanoCPUs": cpus, "MemoryBytes": memory })
}

fn restart(dice: &mut Dice) -> Value {
    match dice.below(8) {
        0 => json!({ "Condition": "none" }),
        1 => json!({ "Condition": "on-failure", "MaxAttempts": 3 }),
        _ => Value::Null,
    }
}

fn ports(dice: &mut Dice) -> Value {
    if !dice.one_in(5) {
        return json!([]);
    }
    json!([{
        "Protocol": dice.of(&["tcp", "udp"]), "TargetPort": 80,
        "PublishedPort": 8000 + dice.below(3), "PublishMode": "host",
    }])
}

fn update(dice: &mut Dice) -> Value {
    json!({
        "Parallelism": dice.below(4),
        "Delay": 1_000_000_000 * dice.below(8),
        "Monitor": 1_000_000_000 * dice.below(8),
        "FailureAction": dice.of(&["pause", "continue", "rollback"]),
        "Order": dice.of(&["stop-first", "start-first"]),
    })
}

/// A stack of one to five services.
pub fn stack(dice: &mut Dice) -> Specs {
    let count = 1 + dice.below(5);
    let services = (0..count).map(|it| (format!("s{it}"), service(dice, &format!("x_s{it}"))));
    Specs { services: services.collect(), ..Specs::default() }
}

/// The same stack with something changed here and there.
pub fn changed(dice: &mut Dice, specs: &Specs) -> Specs {
    let mut specs = specs.clone();
    for (key, spec) in &mut specs.services {
        let other = service(dice, &format!("x_{key}"));
        match (dice.below(6), &mut spec.mode) {
            (0 | 1, _) => {}
            (2, Mode::Replicated(mode)) => mode.replicas = Some(dice.below(9)),
            (3, _) => spec.task_template.placement = other.task_template.placement,
            (4, mode) if std::mem::discriminant(mode) == std::mem::discriminant(&other.mode) => {
                *spec = other;
            }
            _ => "app:next".clone_into(&mut spec.task_template.container_spec.image),
        }
    }
    if dice.one_in(3) {
        specs.services.pop_first();
    }
    specs
}
