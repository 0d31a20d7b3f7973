//! Inventories, and what is said about them.

use super::json_schema;
use crate::cluster::firewall::{Policy, Ports, Transport};
use crate::cluster::{Amount, Availability, Cluster, NodeStatus, Problem, TaskState};
use crate::source::SourceId;
use crate::swarm::spec::{Mode, ReplicatedMode};
use crate::value::constraint::Role;
use serde_json::{Value, json};

const FULL: &str = "\
# yaml-language-server: $schema=nodes.schema.json
cluster:
  data_path_port: 4789
  default_addr_pool: [10.0.0.0/8]
  subnet_size: 24
defaults: {os: linux, arch: x86_64, mtu: 1500}
nodes:
  manager-1: {role: manager, address: 10.1.0.11, cpus: 2, memory: 4GiB}
  worker-1:
    id: x1y2z3
    hostname: worker-one
    role: worker
    availability: active
    state: ready
    address: 10.1.0.21
    os: linux
    arch: aarch64
    cpus: 0.5
    memory: 8GiB
    labels: {storage: ssd}
    engine_labels: {zone: a}
    generic_resources: {GPU: 2, FPGA: [id-1, id-2]}
    plugins: [volume/local, network/overlay]
    zone: a
    reserved: {cpus: 0.2, memory: 512MiB}
    firewall: {default: deny, allow: [{from: cluster, ports: [2377/tcp, esp]}, {ports: [80/tcp]}]}
  worker-2: {nano_cpus: 4000000000, memory_bytes: 1024, availability: drain, state: down}
secrets: [mongo_user, mongo_password]
configs: []
networks: {traefik-public: {driver: overlay, attachable: true, subnet: 10.5.0.0/24}, br: {driver: bridge}}
services:
  redis: {replicas: 5, reservations: {cpus: 0.5, memory: 256MiB}}
  web: {Spec: {Name: web, TaskTemplate: {ContainerSpec: {Image: nginx}}, Mode: {Global: {}}}}
tasks:
  - {service: redis, node: worker-1, count: 3}
  - {service: web, node: x1y2z3, desired_state: shutdown}
";

fn read(text: &str) -> (Cluster, Vec<Problem>) {
    super::read(SourceId::default(), text)
}

/// What is said of a text: the bytes it points at, and the words.
fn said(text: &str) -> Vec<String> {
    let (_, problems) = read(text);
    let line =
        |it: &Problem| format!("{}: {}", text.get(it.span.range()).unwrap_or("?"), it.message);
    problems.iter().map(line).collect()
}

#[test]
fn an_inventory_says_what_is_there() {
    assert_eq!(said(FULL), [""; 0]);
    let (cluster, _) = read(FULL);
    assert_eq!(cluster.settings.subnet_size.as_ref().map(|it| it.value), Some(24));
    let [manager, worker, lost] = cluster.nodes.as_slice() else { panic!("three nodes") };
    assert_eq!((manager.role.value, worker.role.value), (Role::Manager, Role::Worker));
    assert_eq!((manager.id.value.as_str(), manager.hostname.as_str()), ("manager-1", "manager-1"));
    assert_eq!(manager.nano_cpus.as_ref().map(|it| it.value), Some(2_000_000_000));
    assert_eq!(manager.memory_bytes.as_ref().map(|it| it.value), Some(4 << 30));
    assert_eq!(manager.platform.as_ref().map(|it| it.arch.as_str()), Some("x86_64"));
    assert_eq!(manager.mtu.as_ref().map(|it| it.value), Some(1500));
    assert!(manager.plugins.is_none() && manager.is_ready());
    assert_eq!((worker.id.value.as_str(), worker.hostname.as_str()), ("x1y2z3", "worker-one"));
    assert_eq!(worker.nano_cpus.as_ref().map(|it| it.value), Some(500_000_000));
    assert_eq!(worker.reserved_nano_cpus.as_ref().map(|it| it.value), Some(200_000_000));
    assert_eq!(worker.labels.get("storage").map(String::as_str), Some("ssd"));
    assert_eq!(worker.engine_labels.get("zone").map(String::as_str), Some("a"));
    assert_eq!(worker.label_places.len(), 2);
    let named = Amount::Named(vec!["id-1".to_owned(), "id-2".to_owned()]);
    let amounts: Vec<_> = worker.generic_resources.iter().map(|it| &it.amount).collect();
    assert_eq!(amounts, [&Amount::Count(2), &named]);
    let plugins = worker.plugins.iter().flatten().map(|it| format!("{}/{}", it.kind, it.name));
    assert_eq!(plugins.collect::<Vec<_>>(), ["Volume/local", "Network/overlay"]);
    let firewall = worker.firewall.as_ref().expect("a firewall");
    let port = |port| Ports::Of(Transport::Tcp, port..=port);
    assert_eq!(firewall.default.value, Policy::Deny);
    assert!(firewall.lets_in(Some(("worker-2", "")), &port(2377)));
    assert!(firewall.lets_in(None, &port(80)) && !firewall.lets_in(None, &port(2377)));
    assert_eq!(lost.availability.value, Availability::Drain);
    assert_eq!((lost.state.value, lost.is_lost()), (NodeStatus::Down, true));
    assert_eq!(lost.memory_bytes.as_ref().map(|it| it.value), Some(1024));
}

#[test]
fn services_come_in_short_or_in_full() {
    let (cluster, _) = read(FULL);
    let redis = cluster.service("redis").expect("redis");
    assert_eq!(redis.spec.mode, Mode::Replicated(ReplicatedMode { replicas: Some(5) }));
    let reserved = redis.spec.task_template.resources.clone().and_then(|it| it.reservations);
    let reserved = reserved.expect("reservations");
    assert_eq!((reserved.nano_cpus, reserved.memory_bytes), (500_000_000, 256 << 20));
    let web = cluster.service("web").expect("web");
    assert_eq!(web.spec.task_template.container_spec.image, "nginx");
    assert_eq!((redis.is_short, web.is_short), (true, false));
    let tasks = cluster.tasks.as_deref().expect("tasks");
    let lines: Vec<_> = tasks.iter().map(|it| (it.node_index, it.count, it.desired)).collect();
    assert_eq!(lines, [(Some(1), 3, TaskState::Running), (Some(1), 1, TaskState::Shutdown)]);
}

#[test]
fn an_absent_list_is_not_known_and_an_empty_one_is_empty() {
    let existing = read(FULL).0.existing();
    assert_eq!(existing.secrets, Some(vec!["mongo_user".to_owned(), "mongo_password".to_owned()]));
    assert_eq!(existing.configs, Some(Vec::new()));
    let networks: Vec<_> = existing.networks.iter().flatten().collect();
    let pair = |name: &str, scope: &str| (name.to_owned(), scope.to_owned());
    let expected = [pair("br", "local"), pair("traefik-public", "swarm")];
    assert_eq!(networks, expected.iter().map(|(a, b)| (a, b)).collect::<Vec<_>>());
    let (cluster, _) = read("nodes: {a: {}}\nnetworks: [b]\nsecrets:\n");
    let existing = cluster.existing();
    assert_eq!((existing.secrets, existing.configs), (Some(Vec::new()), None));
    assert_eq!(existing.networks.and_then(|it| it.get("b").cloned()).as_deref(), Some("swarm"));
    assert!(cluster.services.is_none() && cluster.tasks.is_none() && cluster.volumes.is_none());
}

#[test]
fn nothing_is_said_of_what_is_well() {
    for text in ["", "{}", "nodes:\n", "nodes: {a: }\n", "x-mine: {a: b}", "[]", "volumes: [a]"] {
        assert_eq!(said(text), [""; 0], "{text}");
    }
}

#[test]
fn what_is_wrong_is_said_at_its_place() {
    for (text, expected) in [
        ("nodes: [a]", "[a]: `nodes` must be a mapping, not a list"),
        ("nodes: {a: {rol: worker}}", "rol: unknown key `rol`"),
        ("nodes: {a: {role: boss}}", "boss: `role` cannot be `boss`, only worker, manager"),
        ("nodes: {a: {cpus: -1}}", "-1: `cpus` cannot be `-1`"),
        ("nodes: {a: {cpus: 1e300}}", "1e300: `cpus` cannot be `1"),
        ("nodes: {a: {cpus: many}}", "many: `cpus` cannot be `many`"),
        ("nodes: {a: {cpus: [1]}}", "[1]: `cpus` must be a number, not a list"),
        ("nodes: {a: {memory: 4GX}}", "4GX: `memory` cannot be `4GX`"),
        ("nodes: {a: {memory_bytes: -4}}", "-4: `memory_bytes` cannot be `-4`"),
        ("nodes: {a: {labels: {b: true}}}", "true: the label `b` is not a string: write \"true\""),
        ("nodes: {a: {labels: {b: {}}}}", "{}: `b` must be a text, not a mapping"),
        ("nodes: {a: {address: 10.0.0}}", "10.0.0: `address` cannot be `10.0.0`"),
        ("nodes: {a: {plugins: [local]}}", "local: `plugins` cannot be `local`"),
        ("nodes: {a: {firewall: {allow: [{ports: [x]}]}}}", "x: `ports` cannot be `x`"),
        ("nodes: {a: {}, a: {}}", "a: two nodes have the name `a`"),
        ("nodes: {a: {id: x}, b: {id: x}}", "x: two nodes have the id `x`"),
        (
            "nodes: {a: {address: 10.0.0.1}, b: {address: '::ffff:10.0.0.1'}}",
            "'::ffff:10.0.0.1': two nodes have the address `::ffff:10.0.0.1`",
        ),
        ("cluster: {subnet_size: 33}", "33: `subnet_size` cannot be `33`"),
        ("cluster: {default_addr_pool: [10.0.0.1]}", "10.0.0.1: `default_addr_pool` cannot be"),
        ("tasks: [{service: a, node: b}]", "b: there is no node `b`"),
        ("services: {}\nnodes: {b: }\ntasks: [{service: a, node: b}]", "a: there is no service"),
        ("tasks: [{service: a}]", "{service: a}: `node` is missing"),
        ("services: {a: {Spec: {Mode: {Often: {}}}}}", "{Spec: {Mode: {Often: {}}}}: not a serv"),
        ("secrets: [1]", "1: `secrets` must be a text, not a number"),
        ("a: b: c", "b: c: a value without quotes"),
        ("[{ID: a}]", "{ID: a}: `the inventory` must be a node as `docker node inspect`"),
    ] {
        let said = said(text);
        assert!(said.len() == 1 && said[0].starts_with(expected), "{text}: {said:?}");
    }
}

#[test]
fn dockers_own_json_is_taken() {
    let text = json!([{
        "ID": "abc",
        "Spec": { "Labels": { "disk": "ssd" }, "Role": "manager", "Availability": "pause" },
        "Description": {
            "Hostname": "host",
            "Platform": { "Architecture": "aarch64", "OS": "linux" },
            "Resources": {
                "NanoCPUs": 2_000_000_000_u64,
                "MemoryBytes": 1024,
                "GenericResources": [
                    { "NamedResourceSpec": { "Kind": "GPU", "Value": "u1" } },
                    { "DiscreteResourceSpec": { "Kind": "SSD", "Value": 3 } },
                    { "NamedResourceSpec": { "Kind": "GPU", "Value": "u2" } },
                ],
            },
            "Engine": { "Labels": { "rack": "1" }, "Plugins": [{ "Type": "Log", "Name": "gelf" }] },
        },
        "Status": { "State": "down", "Addr": "10.0.0.9" },
    }, { "ID": "silent", "Spec": { "Role": "worker", "Availability": "active" } }]);
    let (cluster, problems) = read(&text.to_string());
    assert!(problems.is_empty());
    let [host, silent] = cluster.nodes.as_slice() else { panic!("two nodes") };
    assert_eq!((host.name.value.as_str(), silent.name.value.as_str()), ("host", "silent"));
    assert_eq!((host.role.value, host.state.value), (Role::Manager, NodeStatus::Down));
    assert_eq!((host.availability.value, host.address.as_str()), (Availability::Pause, "10.0.0.9"));
    let facts = host.facts();
    assert_eq!((facts.arch, facts.labels.len(), facts.engine_labels.len()), ("aarch64", 1, 1));
    let gpus = Amount::Named(vec!["u1".to_owned(), "u2".to_owned()]);
    let amounts: Vec<_> = host.generic_resources.iter().map(|it| &it.amount).collect();
    assert_eq!(amounts, [&gpus, &Amount::Count(3)]);
    assert!(silent.platform.is_none() && silent.plugins.is_none() && silent.is_ready());
    assert_eq!(silent.nano_cpus.as_ref().map(|it| it.value), Some(0));
}

/// Whether the schema takes a text.
fn fits(schema: &jsonschema::Validator, text: &str) -> bool {
    let value: Value = serde_json::from_str(text).expect("JSON");
    schema.is_valid(&value)
}

#[test]
fn the_schema_takes_what_the_reader_takes() {
    let schema = jsonschema::validator_for(&json_schema()).expect("a schema");
    for text in [
        "{}",
        r#"{"nodes": {"a": null, "b": {"cpus": "0.5", "memory": "4GiB"}}}"#,
        r#"{"nodes": {"a": {"generic_resources": {"GPU": 2, "FPGA": ["x"]}, "role": "manager"}}}"#,
        r#"{"services": {"a": {"replicas": 2}, "b": {"Spec": {"Name": "b"}}}, "tasks": []}"#,
        r#"{"networks": ["a"], "volumes": {"v": {"scope": "multi"}}, "x-own": 1}"#,
        "[]",
        r#"{"nodes": {"a": {"rol": "worker"}}}"#,
        r#"{"nodes": {"a": {"role": "boss"}}}"#,
        r#"{"nodes": {"a": {"cpus": -1}}}"#,
        r#"{"nodes": {"a": {"memory": "4GX"}}}"#,
        r#"{"nodes": {"a": {"labels": {"b": true}}}}"#,
        r#"{"nodes": []}"#,
        r#"{"cluster": {"subnet_size": 33}}"#,
        r#"{"tasks": [{"service": 1}]}"#,
    ] {
        assert_eq!(fits(&schema, text), said(text).is_empty(), "{text}: {:?}", said(text));
    }
}
