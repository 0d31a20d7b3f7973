//! A snapshot in the place of an inventory.

use crate::cluster::inventory::service;
use crate::cluster::snapshot::SCHEMA;
use crate::cluster::{Cluster, Network, Problem, Settings, Task, TaskState, inspect};
use crate::source::{Named, Place, Spanned};
use crate::yaml::{Node, Value};
use std::collections::BTreeMap;

/// Whether a tree is the document.
pub(super) fn is_snapshot(root: &Node) -> bool {
    root.get("schema").and_then(Node::as_text) == Some(SCHEMA)
}

/// The document as an inventory, and which services of it cannot be read.
pub(super) fn cluster(root: &Node) -> (Cluster, Vec<Problem>) {
    let list = |key: &str| root.get(key).and_then(Node::as_list).unwrap_or_default();
    let is_known = |key: &str| root.get(key).is_some_and(|it| it.as_list().is_some());
    let empty = Node::default();
    let (mut cluster, mut problems) = inspect::nodes(root.get("nodes").unwrap_or(&empty));
    cluster.settings = settings(root);
    let networks = list("networks");
    let names: BTreeMap<&str, &str> = networks.iter().filter_map(id_and_name).collect();
    let mut services = Vec::new();
    for node in list("services") {
        match service::inspected(node) {
            Ok(mut it) => {
                for network in &mut it.value.spec.task_template.networks {
                    if let Some(name) = names.get(network.target.as_str()) {
                        (*name).clone_into(&mut network.target);
                    }
                }
                services.push(it);
            }
            Err(problem) => problems.push(problem),
        }
    }
    let ids: BTreeMap<&str, &str> =
        services.iter().map(|it| (it.value.id.as_str(), it.name.value.as_str())).collect();
    let nodes: BTreeMap<&str, usize> =
        cluster.nodes.iter().enumerate().map(|(at, it)| (it.value.id.value.as_str(), at)).collect();
    let tasks = list("tasks").iter().filter_map(|it| task(it, &ids, &nodes)).collect();
    let object = |it: &Node| Some(named(it.get("Spec")?.get("Name")?));
    let objects =
        |key| is_known(key).then(|| list(key).iter().filter_map(object).collect::<Vec<_>>());
    cluster.tasks = Some(tasks).filter(|_| is_known("tasks") && is_known("services"));
    cluster.networks = is_known("networks").then(|| networks.iter().filter_map(network).collect());
    cluster.secrets = objects("secrets");
    cluster.configs = objects("configs");
    cluster.services = Some(services).filter(|_| is_known("services"));
    (cluster, problems)
}

/// What the manager says of the swarm as a whole; 0 is nothing.
fn settings(root: &Node) -> Settings {
    let path = ["info", "Swarm", "Cluster"];
    let Some(node) = path.iter().try_fold(root, |node, key| node.get(key)) else {
        return Settings::default();
    };
    let number = |key: &str| match node.get(key).map(|it| (&it.value, it.place)) {
        Some((Value::Int(it), place)) if *it > 0 => Some(Spanned::new(*it, place)),
        _ => None,
    };
    let pools = node.get("DefaultAddrPool").and_then(Node::as_list).unwrap_or_default();
    let port = number("DataPathPort").filter(|it| it.value <= 65535);
    let size = number("SubnetSize").filter(|it| it.value <= 32);
    Settings {
        data_path_port: port.map(|it| it.map(|it| it as u16)),
        default_addr_pool: pools.iter().map(named).collect(),
        subnet_size: size.map(|it| it.map(|it| it as u8)),
    }
}

fn text<'n>(node: &'n Node, key: &str) -> &'n str {
    node.get(key).and_then(Node::as_text).unwrap_or_default()
}

fn named(node: &Node) -> Spanned<String> {
    Spanned::new(node.as_text().unwrap_or_default().to_owned(), Place::at(node.span()))
}

fn id_and_name(node: &Node) -> Option<(&str, &str)> {
    Some((node.get("Id").or(node.get("ID"))?.as_text()?, node.get("Name")?.as_text()?))
}

fn network(node: &Node) -> Option<Named<Network>> {
    let at = |key: &str| Spanned::new(text(node, key).to_owned(), Place::at(node.span()));
    let ranges = node.get("IPAM").and_then(|it| it.get("Config")).and_then(Node::as_list);
    let subnet = ranges.unwrap_or_default().first().and_then(|it| it.get("Subnet")).map(named);
    let value = Network {
        driver: at("Driver"),
        scope: at("Scope"),
        attachable: node.get("Attachable").and_then(Node::as_bool).unwrap_or_default(),
        encrypted: node.get("Options").is_some_and(|it| it.get("encrypted").is_some()),
        subnet,
    };
    Some(Named { name: named(node.get("Name")?), value })
}

/// A task that is, or was, on a node, of a service.
fn task(node: &Node, ids: &BTreeMap<&str, &str>, nodes: &BTreeMap<&str, usize>) -> Option<Task> {
    let service = ids.get(text(node, "ServiceID"))?;
    let on = node.get("NodeID").filter(|it| it.as_text().is_some_and(|it| !it.is_empty()))?;
    let state = |word: &str| TaskState::read(word).unwrap_or(TaskState::New);
    let status = node.get("Status").map(|it| text(it, "State")).unwrap_or_default();
    let slot = match node.get("Slot").map(|it| &it.value) {
        Some(Value::Int(it)) => u64::try_from(*it).ok().filter(|it| *it > 0),
        _ => None,
    };
    let place = Place::at(node.span());
    Some(Task {
        service: Spanned::new((*service).to_owned(), place),
        node: named(on),
        node_index: nodes.get(on.as_text().unwrap_or_default()).copied(),
        slot,
        count: 1,
        state: state(status),
        desired: state(text(node, "DesiredState")),
        span: node.span(),
    })
}

#[cfg(test)]
mod tests {
    use crate::cluster::TaskState;
    use crate::cluster::inventory::read;
    use crate::source::SourceId;
    use serde_json::json;

    #[test]
    fn a_snapshot_stands_for_an_inventory() {
        let text = json!({
            "schema": "swarm-plan/snapshot/1",
            "source": "unix:///var/run/docker.sock",
            "nodes": [{ "ID": "n1", "Spec": { "Role": "manager", "Availability": "active" },
                "Description": { "Hostname": "m1" }, "Status": { "State": "ready" } }],
            "services": [{ "ID": "s1", "Version": { "Index": 7 }, "Spec": { "Name": "shop_web",
                "TaskTemplate": { "ContainerSpec": { "Image": "nginx:1.27", "Env": null },
                    "Networks": [{ "Target": "k1" }] } } }],
            "tasks": [
                { "ID": "t1", "ServiceID": "s1", "NodeID": "n1", "Slot": 2,
                    "Status": { "State": "running" }, "DesiredState": "running" },
                { "ID": "t2", "ServiceID": "s1", "Slot": 3,
                    "Status": { "State": "pending" }, "DesiredState": "running" }],
            "networks": [{ "Id": "k1", "Name": "shop_default", "Driver": "overlay",
                "Scope": "swarm", "IPAM": { "Config": [{ "Subnet": "10.0.1.0/24" }] } }],
            "secrets": [{ "ID": "x", "Spec": { "Name": "shop_key" } }],
            "configs": [],
        });
        let (cluster, problems) = read(SourceId::default(), &text.to_string());
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(cluster.nodes[0].name.value, "m1");
        let service = cluster.service("shop_web").map(|it| &it.value.spec.task_template);
        assert_eq!(service.map(|it| it.networks[0].target.as_str()), Some("shop_default"));
        let tasks: Vec<_> = cluster.tasks.iter().flatten().collect();
        assert_eq!(tasks.len(), 1);
        assert_eq!((tasks[0].slot, tasks[0].node_index), (Some(2), Some(0)));
        assert_eq!(tasks[0].state, TaskState::Running);
        let networks: Vec<_> = cluster.networks.iter().flatten().collect();
        assert_eq!(networks[0].subnet.as_ref().map(|it| it.value.as_str()), Some("10.0.1.0/24"));
        let names = |them: Option<Vec<crate::source::Spanned<String>>>| {
            them.map(|them| them.into_iter().map(|it| it.value).collect::<Vec<_>>())
        };
        assert_eq!(names(cluster.secrets), Some(vec!["shop_key".to_owned()]));
        assert_eq!(names(cluster.configs), Some(vec![]));
    }
}
