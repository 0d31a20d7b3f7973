//! Inventories that are written, and what they read back as.

use super::inventory;
use crate::cluster::inventory::read;
use crate::cluster::{Cluster, Node, Problem};
use crate::source::SourceId;
use serde_json::{Value, json};

fn node(id: &str, name: &str, role: &str) -> Value {
    json!({
        "ID": id, "Spec": { "Labels": { "zone": "a", "odd key": "yes: \"no\"\u{7}é", "port": "80" },
            "Role": role, "Availability": "active" },
        "Description": {
            "Hostname": name, "Platform": { "Architecture": "aarch64", "OS": "linux" },
            "Resources": { "NanoCPUs": 1_250_000_000_i64, "MemoryBytes": 8_254_312_448_i64,
                "GenericResources": [
                    { "NamedResourceSpec": { "Kind": "GPU", "Value": "u-1" } },
                    { "NamedResourceSpec": { "Kind": "GPU", "Value": "2" } },
                    { "DiscreteResourceSpec": { "Kind": "SSD", "Value": 3 } }] },
            "Engine": { "Labels": { "rack": "01" }, "Plugins": [{ "Type": "Log", "Name": "gelf" },
                { "Type": "Volume", "Name": "rexray/ebs:latest" }] },
            "CSIInfo": [{ "PluginName": "csi", "AccessibleTopology": { "Segments": { "r": "1" } } }],
        },
        "Status": { "State": "ready", "Addr": format!("10.1.0.1{}", &id[1..]) },
    })
}

fn snapshot() -> Value {
    let service = |id: &str, name: &str, task: Value, mode: Value| {
        json!({ "ID": id, "Spec": { "Name": name, "TaskTemplate": task, "Mode": mode,
            "EndpointSpec": { "Ports": [{ "Protocol": "udp", "TargetPort": 53, "PublishedPort": 53,
                "PublishMode": "host" }] } } })
    };
    let task = json!({
        "ContainerSpec": { "Image": "redis:7@sha256:abc", "Env": ["PASSWORD=Kx9vTq27LmW"] },
        "Placement": { "Constraints": ["node.labels.zone == a"], "MaxReplicas": 2 },
        "Resources": { "Reservations": { "NanoCPUs": 500_000_000, "MemoryBytes": 268_435_456,
            "GenericResources": [{ "DiscreteResourceSpec": { "Kind": "SSD", "Value": 1 } }] } },
        "Networks": [{ "Target": "k1" }],
    });
    let running = |id: &str, slot: u64, node: &str, state: &str, desired: &str| {
        json!({ "ID": id, "ServiceID": "s1", "NodeID": node, "Slot": slot,
            "Status": { "State": state }, "DesiredState": desired })
    };
    json!({
        "schema": "swarm-plan/snapshot/1", "source": "ssh://deploy@m1",
        "info": { "Swarm": { "Cluster": { "DefaultAddrPool": ["10.0.0.0/8"], "SubnetSize": 24,
            "DataPathPort": 7789 } } },
        "nodes": [node("n1", "m1", "manager"), node("n2", "twin", "worker"), node("n3", "twin", "worker"),
            { "ID": "silent", "Spec": { "Role": "worker", "Availability": "drain" },
              "Status": { "State": "unknown" } }],
        "services": [service("s1", "redis", task, json!({ "Replicated": { "Replicas": 5 } })),
            service("s2", "agent", json!({}), json!({ "Global": {} }))],
        "tasks": [running("t1", 1, "n1", "running", "running"), running("t2", 2, "n3", "ready", "running"),
            running("t3", 2, "n2", "failed", "shutdown"), running("t4", 3, "gone", "running", "running")],
        "networks": [{ "Id": "k1", "Name": "front", "Driver": "overlay", "Scope": "swarm", "Attachable": true,
                "IPAM": { "Config": [{ "Subnet": "10.5.0.0/24" }] }, "Options": { "encrypted": "" } },
            { "Id": "k2", "Name": "bridge", "Driver": "bridge", "Scope": "local" },
            { "Id": "k3", "Name": "front", "Driver": "bridge", "Scope": "local" },
            { "Id": "k4", "Name": "mine", "Driver": "bridge", "Scope": "local" }],
        "secrets": [{ "ID": "x", "Spec": { "Name": "null" } }],
    })
}

fn cluster(text: &str) -> Cluster {
    let (cluster, problems) = read(SourceId::default(), text);
    let messages: Vec<_> = problems.iter().map(|it: &Problem| &it.message).collect();
    assert!(problems.is_empty(), "{messages:?}\n{text}");
    cluster
}

/// Everything that is known of a node, but where it was written.
fn facts(node: &Node) -> String {
    let Node { id, hostname, role, availability, state, address, platform, .. } = node;
    let number = |it: &Option<crate::source::Spanned<i64>>| it.as_ref().map(|it| it.value);
    format!(
        "{} {} {:?} {:?} {:?} {} {platform:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        id.value,
        hostname.value,
        role.value,
        availability.value,
        state.value,
        address.value,
        number(&node.nano_cpus),
        number(&node.memory_bytes),
        node.labels,
        node.engine_labels,
        node.generic_resources,
        node.plugins,
        node.csi,
    )
}

#[test]
fn what_is_written_reads_back_as_the_same_nodes() {
    let told = cluster(&snapshot().to_string());
    let text = inventory(&told, "ssh://deploy@m1\n x");
    let again = cluster(&text);
    // Docker's own JSON of nodes says the same.
    let inspected = cluster(&snapshot()["nodes"].to_string());
    for other in [&told, &inspected] {
        for (a, b) in again.nodes.iter().zip(&other.nodes) {
            assert_eq!(facts(&a.value), facts(&b.value), "{text}");
        }
        assert_eq!(again.nodes.len(), other.nodes.len());
    }
    let names: Vec<_> = again.nodes.iter().map(|it| it.name.value.as_str()).collect();
    assert_eq!(names, ["m1", "twin-n2", "twin-n3", "silent"]);
    // And so it goes on.
    assert_eq!(inventory(&again, "ssh://deploy@m1\n x"), text);
}

#[test]
fn what_exists_is_told_and_what_is_not_known_is_not() {
    let again = cluster(&inventory(&cluster(&snapshot().to_string()), "here"));
    assert_eq!(again.settings.data_path_port.as_ref().map(|it| it.value), Some(7789));
    assert_eq!(again.settings.subnet_size.as_ref().map(|it| it.value), Some(24));
    assert_eq!(again.settings.default_addr_pool[0].value, "10.0.0.0/8");
    let existing = again.existing();
    assert_eq!((existing.secrets, existing.configs), (Some(vec!["null".to_owned()]), None));
    let networks = again.networks.as_deref().expect("networks");
    let lines: Vec<_> = networks
        .iter()
        .map(|it| (it.name.value.as_str(), it.value.scope.value.as_str(), it.value.encrypted))
        .collect();
    assert_eq!(lines, [("front", "swarm", true), ("mine", "local", false)]);
    let tasks = again.tasks.as_deref().expect("tasks");
    let tasks: Vec<_> =
        tasks.iter().map(|it| (it.node_index, it.slot, it.state.as_str())).collect();
    assert_eq!(tasks, [(Some(0), Some(1), "running"), (Some(2), Some(2), "ready")]);
    let redis = again.service("redis").expect("redis");
    assert!(redis.is_short);
    let shown = serde_json::to_string(&redis.spec).expect("JSON");
    for part in
        ["node.labels.zone == a", "\"MaxReplicas\":2", "500000000", "268435456", "\"SSD\"", "front"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

#[test]
fn an_inventory_shows_no_secret_and_a_swarm_of_nothing_is_one() {
    let text = inventory(&cluster(&snapshot().to_string()), "here");
    assert!(!text.contains("Kx9vTq27LmW"), "{text}");
    let text = inventory(&Cluster::default(), "here");
    let again = cluster(&text);
    assert!(again.nodes.is_empty() && again.secrets.is_none() && again.tasks.is_none(), "{text}");
}

#[test]
fn a_machine_that_joined_again_has_its_address_once() {
    let mut again = node("n2", "m1", "worker");
    again["Status"] = json!({ "State": "down", "Addr": "10.1.0.11" });
    let nodes = json!([again, node("n1", "m1", "manager")]).to_string();
    let (told, problems) = read(SourceId::default(), &nodes);
    assert_eq!(problems.len(), 1);
    let again = cluster(&inventory(&told, "here"));
    let addresses: Vec<_> = again.nodes.iter().map(|it| it.value.address.value.as_str()).collect();
    assert_eq!(addresses, ["", "10.1.0.11"]);
}
