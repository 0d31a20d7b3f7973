//! Where the real scheduler puts tasks: our outcome is one of its outcomes, and what we call a tie
//! is one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::{Map, Value, json};
use swarm_plan::cluster::{
    self, Amount, Availability, Cluster, Csi, Generic, NodeStatus, Platform, Plugin, Sharing,
    TaskState, Volume, VolumeAvailability,
};
use swarm_plan::scheduler::{self, Deploy, Failure, Fate, Options, Schedule, Scheduled};
use swarm_plan::source::{Named, Span, Spanned};
use swarm_plan::swarm::spec::{ServiceSpec, Specs};
use swarm_plan::swarm::validate;
use swarm_plan::value::constraint::Role;

use crate::conformance::{Tally, folder};

#[test]
fn conformance_placement() {
    let mut files: Vec<_> =
        fs::read_dir(folder().join("placement")).unwrap().map(|it| it.unwrap().path()).collect();
    files.retain(|it| it.extension().is_some_and(|it| it == "json"));
    files.sort();
    let mut tally = Tally::default();
    for file in files {
        let case: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        judge(&file.file_stem().unwrap().to_string_lossy(), &case, &mut tally);
    }
    tally.finish();
}

fn judge(name: &str, case: &Value, tally: &mut Tally) {
    let (doc, oracle) = (&case["input"], &case["oracle"]);
    let specs: Vec<ServiceSpec> = list(&doc["services"]).map(service).collect();
    let refused = refusals(&specs);
    let accepted: Vec<&ServiceSpec> =
        specs.iter().filter(|it| !refused.contains_key(&it.name)).collect();
    let cluster = cluster(doc);
    let options = options(doc, &cluster);
    let schedule = scheduler::schedule(&accepted, &cluster, &options);
    let mut own = Map::new();
    for spec in &specs {
        let outcome = match (refused.get(&spec.name), schedule.service(&spec.name)) {
            (Some(refusal), _) => json!({ "nodes": {}, "rejected": refusal }),
            (None, Some(it)) => outcome(it, doc),
            (None, None) => Value::Null,
        };
        own.insert(spec.name.clone(), outcome);
    }
    let own = Value::Object(own);
    let outcomes = oracle["outcomes"].as_array().unwrap();
    let agrees = if oracle["complete_likely"] == true {
        outcomes.iter().any(|it| it["services"] == own)
    } else {
        let shapes = |name: &String| &oracle["per_service"][name]["count_shapes"];
        let fits = |(name, it)| list(shapes(name)).any(|shape| *shape == self::shape(it));
        own.as_object().unwrap().iter().all(fits)
    };
    tally.count("placement", name, agrees, || {
        let recorded: Vec<_> = outcomes.iter().map(|it| it["services"].to_string()).collect();
        format!("\n    here:  {own}\n    Swarm: {}", recorded.join("\n           "))
    });
    if oracle["complete_likely"] == true {
        ties(name, &accepted, &cluster, &options, &schedule, oracle, tally);
    }
}

fn ties(
    name: &str,
    services: &[&ServiceSpec],
    cluster: &Cluster,
    options: &Options,
    schedule: &Schedule,
    oracle: &Value,
    tally: &mut Tally,
) {
    let varies = scheduler::varies(services, cluster, options, schedule);
    for (service, varies) in schedule.services.iter().zip(varies) {
        let recorded = oracle["per_service"][service.name]["deterministic"] == false;
        tally.count("placement: ties", name, varies == recorded, || {
            format!("{}: Swarm varies: {recorded}, here: {varies}", service.name)
        });
        let told = service.tasks.iter().any(|it| it.ties > 0);
        tally.count("placement: ties told of single tasks", name, !told || varies, || {
            format!("{}: told, but nothing varies", service.name)
        });
    }
}

/// What becomes of a service, as the recording writes it.
fn outcome(service: &Scheduled, doc: &Value) -> Value {
    let node = |index: u32| doc["nodes"][index as usize]["id"].as_str().unwrap().to_owned();
    let mut counts: BTreeMap<&str, BTreeMap<String, u64>> = BTreeMap::new();
    let mut slots: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    let mut generic: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (mut errors, mut pending_on) = (BTreeMap::<_, u64>::new(), BTreeMap::new());
    for task in &service.tasks {
        let mut count = |kind| {
            *counts.entry(kind).or_default().entry(node(task.node.unwrap())).or_default() += 1;
        };
        match &task.fate {
            Fate::Placed => {
                count("new");
                count("nodes");
            }
            Fate::Kept => count("nodes"),
            Fate::Leaving => count("leaving"),
            Fate::Removed | Fate::Replaced | Fate::Ended => continue,
            Fate::Pending(_) => {
                let message = service.message_of(task).unwrap().to_owned();
                match task.node {
                    Some(it) => _ = pending_on.insert(node(it), message),
                    None => *errors.entry(message).or_default() += 1,
                }
                continue;
            }
        }
        let at = node(task.node.unwrap());
        if task.fate != Fate::Leaving {
            slots.entry(at.clone()).or_default().extend(task.slot);
        }
        let names = task.resources.iter().map(|(kind, name)| format!("{kind}={name}"));
        generic.entry(at).or_default().extend(names);
    }
    generic.retain(|_, names| !names.is_empty());
    let mut found = json!({ "nodes": counts.remove("nodes").unwrap_or_default() });
    if !errors.is_empty() {
        found["pending"] = json!(errors.values().sum::<u64>());
        found["errors"] = json!(errors);
    }
    let mut tell = |key: &str, value: Value| {
        if value.as_object().is_some_and(|it| !it.is_empty()) {
            found[key] = value;
        }
    };
    tell("pending_on", json!(pending_on));
    tell("leaving", json!(counts.remove("leaving").unwrap_or_default()));
    tell("generic", json!(generic));
    if doc["tasks"].is_array() {
        tell("new", json!(counts.remove("new").unwrap_or_default()));
    }
    if doc["show_slots"] == true {
        tell("slots", json!(slots));
    }
    found
}

/// How many tasks nodes have, whichever they are, and how many wait.
fn shape(outcome: &Value) -> Value {
    let nodes = outcome["nodes"].as_object().unwrap();
    let mut counts: Vec<_> = nodes.values().filter_map(Value::as_u64).collect();
    counts.sort_by_key(|it| std::cmp::Reverse(*it));
    json!({ "counts": counts, "pending": outcome["pending"].as_u64().unwrap_or_default() })
}

/// Swarm's words for services that it refuses, created in the order of the list.
fn refusals(specs: &[ServiceSpec]) -> BTreeMap<String, String> {
    let mut refused = BTreeMap::new();
    for spec in specs {
        if let Some(refusal) = validate::service(spec).first() {
            // The Engine prints a code where the manager gives none.
            let words = refusal.to_string();
            let words = words.strip_prefix("rpc error: code = Unknown desc = ").unwrap_or(&words);
            refused.insert(spec.name.clone(), words.to_owned());
        }
    }
    let numbered = specs.iter().enumerate().map(|(at, it)| (format!("{at:04}"), it.clone()));
    let numbered = numbered.filter(|(_, it)| !refused.contains_key(&it.name));
    let services: BTreeMap<_, _> = numbered.collect();
    let all = Specs { services, ..Specs::default() };
    for clash in validate::stack(&all) {
        let validate::Subject::Service(key) = &clash.subject else { continue };
        let name = all.services[key].name.clone();
        refused.entry(name).or_insert_with(|| clash.refusal.to_string());
    }
    refused
}

pub(super) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

pub(super) fn texts(value: &Value) -> BTreeMap<String, String> {
    let entries = value.as_object().into_iter().flatten();
    entries.map(|(name, it)| (name.clone(), text(it))).collect()
}

/// A spec in the Engine API's form.
pub(super) fn service(doc: &Value) -> ServiceSpec {
    let amounts = |it: &Value| {
        let generic = list(&it["generic_resources"]).map(
            |it| json!({ "DiscreteResourceSpec": { "Kind": it["kind"], "Value": it["value"] } }),
        );
        json!({
            "NanoCPUs": it["nano_cpus"].as_i64().unwrap_or_default(),
            "MemoryBytes": it["memory_bytes"].as_i64().unwrap_or_default(),
            "GenericResources": generic.collect::<Vec<_>>(),
        })
    };
    let mount = |it: &Value| {
        let driver = json!({ "Name": text(&it["driver"]) });
        json!({
            "Type": it["type"].as_str().unwrap_or("volume"),
            "Source": text(&it["source"]),
            "Target": text(&it["target"]),
            "ReadOnly": it["read_only"] == true,
            "VolumeOptions": it["driver"].is_string().then(|| json!({ "DriverConfig": driver })),
        })
    };
    let port = |it: &Value| {
        json!({
            "Protocol": text(&it["protocol"]),
            "TargetPort": it["target"].as_u64().unwrap_or_default(),
            "PublishedPort": it["published"].as_u64().unwrap_or_default(),
            "PublishMode": text(&it["mode"]),
        })
    };
    let replicas = doc["replicas"].as_u64().unwrap_or(1);
    let job = json!({
        "MaxConcurrent": doc["max_concurrent"],
        "TotalCompletions": doc["total_completions"],
    });
    let mode = match doc["mode"].as_str().unwrap_or("replicated") {
        "global" => json!({ "Global": {} }),
        "global-job" => json!({ "GlobalJob": {} }),
        "replicated-job" => json!({ "ReplicatedJob": job }),
        _ => json!({ "Replicated": { "Replicas": replicas } }),
    };
    let preferences = list(&doc["preferences"])
        .map(|it| json!({ "Spread": { "SpreadDescriptor": text(it).replacen("spread=", "", 1) } }));
    let platforms =
        list(&doc["platforms"]).map(|it| json!({ "OS": it["os"], "Architecture": it["arch"] }));
    let update = doc["update_config"].as_object();
    let update = update.map(|_| json!({ "Parallelism": 1, "MaxFailureRatio": 0, "Order": "" }));
    let spec = json!({
        "Name": doc["name"],
        "Labels": texts(&doc["labels"]),
        "TaskTemplate": {
            "ContainerSpec": {
                "Image": doc["image"].as_str().unwrap_or("nginx:1.27"),
                "Env": list(&doc["env"]).collect::<Vec<_>>(),
                "Mounts": list(&doc["mounts"]).map(mount).collect::<Vec<_>>(),
            },
            "Resources": {
                "Reservations": amounts(&doc["reservations"]),
                "Limits": amounts(&doc["limits"]),
            },
            "Placement": {
                "Constraints": list(&doc["constraints"]).collect::<Vec<_>>(),
                "Preferences": preferences.collect::<Vec<_>>(),
                "MaxReplicas": doc["max_replicas_per_node"].as_u64().unwrap_or_default(),
                "Platforms": platforms.collect::<Vec<_>>(),
            },
            "Networks": list(&doc["networks"])
                .map(|it| json!({ "Target": it }))
                .collect::<Vec<_>>(),
            "LogDriver": doc["log_driver"].as_str().map(|it| json!({ "Name": it })),
        },
        "Mode": mode,
        "UpdateConfig": update,
        "EndpointSpec": {
            "Mode": text(&doc["endpoint_mode"]),
            "Ports": list(&doc["ports"]).map(port).collect::<Vec<_>>(),
        },
    });
    serde_json::from_value(spec).unwrap()
}

fn plain<T>(value: T) -> Spanned<T> {
    Spanned { value, place: swarm_plan::source::Place::default() }
}

/// What dockerd has without anyone's doing.
const STOCK: &str = "Log/awslogs Log/fluentd Log/gcplogs Log/gelf Log/journald Log/json-file \
                     Log/local Log/splunk Log/syslog Network/bridge Network/host Network/ipvlan \
                     Network/macvlan Network/null Network/overlay Volume/local";

pub(super) fn node(doc: &Value) -> Named<cluster::Node> {
    let is = |key: &str| doc[key] == true;
    let id = text(&doc["id"]);
    let described = !is("no_description");
    let engine = described && !is("no_engine");
    let number = |key: &str, usual: i64| {
        Some(plain(if described { doc[key].as_i64().unwrap_or(usual) } else { 0 }))
    };
    let word = |key: &str, usual: &str| doc[key].as_str().unwrap_or(usual).to_owned();
    let stock = STOCK.split(' ').map(|it| it.split_once('/').unwrap());
    let plugin = |(kind, name): (&str, &str)| Plugin { kind: kind.into(), name: name.into() };
    let own = |it: &Value| plugin((it["type"].as_str().unwrap(), it["name"].as_str().unwrap()));
    let plugins = match &doc["plugins"] {
        Value::Array(them) => them.iter().map(own).collect(),
        _ => stock.map(plugin).collect(),
    };
    let generic = |it: &Value| {
        let named = it["named"].as_array().map(|names| names.iter().map(text).collect());
        let count = Amount::Count(it["value"].as_i64().unwrap_or_default());
        Generic { kind: text(&it["kind"]), amount: named.map_or(count, Amount::Named) }
    };
    let csi = |it: &Value| Csi { plugin: text(&it["plugin"]), topology: texts(&it["topology"]) };
    let role = if doc["role"] == "manager" { Role::Manager } else { Role::Worker };
    let hostname = if described { word("hostname", &id) } else { String::new() };
    let platform = Platform { os: word("os", "linux"), arch: word("arch", "x86_64") };
    let value = cluster::Node {
        hostname: plain(hostname),
        role: plain(role),
        availability: plain(Availability::read(&word("availability", "active")).unwrap()),
        state: plain(NodeStatus::read(&word("state", "ready")).unwrap()),
        address: plain(text(&doc["addr"])),
        platform: (described && !is("no_platform")).then_some(platform),
        nano_cpus: number("nano_cpus", 4_000_000_000),
        memory_bytes: number("memory_bytes", 8 << 30),
        labels: texts(&doc["labels"]),
        engine_labels: if engine { texts(&doc["engine_labels"]) } else { BTreeMap::new() },
        generic_resources: list(&doc["generic_resources"])
            .filter(|_| described)
            .map(generic)
            .collect(),
        plugins: engine.then_some(plugins),
        csi: list(&doc["csi"]).map(csi).collect(),
        id: plain(id.clone()),
        ..cluster::Node::default()
    };
    Named { name: plain(id), value }
}

fn volume(doc: &Value) -> Named<Volume> {
    let value = Volume {
        driver: text(&doc["driver"]),
        group: text(&doc["group"]),
        availability: match doc["availability"].as_str() {
            Some("pause") => VolumeAvailability::Pause,
            Some("drain") => VolumeAvailability::Drain,
            _ => VolumeAvailability::Active,
        },
        multi_node: doc["scope"] == "multi",
        sharing: match doc["sharing"].as_str() {
            Some("all") => Sharing::All,
            Some("readonly") => Sharing::ReadOnly,
            Some("onewriter") => Sharing::OneWriter,
            _ => Sharing::None,
        },
        topology: list(&doc["topology"]).map(texts).collect(),
    };
    Named { name: plain(text(&doc["name"])), value }
}

pub(super) fn cluster(doc: &Value) -> Cluster {
    let index = |it: &Value| list(&doc["nodes"]).position(|node| node["id"] == *it);
    let state = |it: &Value| TaskState::read(it.as_str().unwrap_or("running")).unwrap();
    let task = |it: &Value| cluster::Task {
        service: plain(text(&it["service"])),
        node: plain(text(&it["node"])),
        node_index: index(&it["node"]),
        slot: it["slot"].as_u64(),
        count: it["count"].as_u64().unwrap_or(1),
        state: state(&it["state"]),
        desired: state(&it["desired"]),
        span: Span::default(),
    };
    Cluster {
        nodes: list(&doc["nodes"]).map(node).collect(),
        volumes: Some(list(&doc["volumes"]).map(volume).collect()),
        tasks: Some(list(&doc["tasks"]).map(task).collect()),
        ..Cluster::default()
    }
}

fn options(doc: &Value, cluster: &Cluster) -> Options {
    let failure = |it: &Value| Failure {
        service: text(&it["service"]),
        node: cluster.node(it["node"].as_str().unwrap()).unwrap(),
        count: it["count"].as_u64().unwrap() as u32,
    };
    let network = |it: &Value| (text(&it["name"]), text(&it["driver"]));
    let alone = list(&doc["services"]).filter(|it| it["one_off"] == true);
    Options {
        deploy: if doc["deploy"] == "sequential" { Deploy::Sequential } else { Deploy::Together },
        networks: list(&doc["networks"]).map(network).collect(),
        failures: list(&doc["failures"]).map(failure).collect(),
        one_by_one: alone.map(|it| text(&it["name"])).collect(),
        enforce: doc["enforce"] == true,
    }
}
