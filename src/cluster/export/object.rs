//! Networks, services and tasks of an inventory.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::cluster::export::scalar::{cpus, list, memory, scalar};
use crate::cluster::{Cluster, Network, Service, Task, TaskState};
use crate::swarm::spec::{GenericResource, Mode, PortConfig, Reservations};

/// Networks that every machine has.
const EVERYWHERE: [&str; 3] = ["bridge", "host", "none"];

pub(super) fn networks(cluster: &Cluster, out: &mut String) {
    let Some(all) = &cluster.networks else { return out.push_str("# networks: not known\n") };
    let is_swarm = |it: &Network| it.scope.value == "swarm";
    // Of two with one name that of the swarm counts.
    let ours: BTreeSet<&str> =
        all.iter().filter(|it| is_swarm(&it.value)).map(|it| it.name.value.as_str()).collect();
    let mut seen = BTreeSet::new();
    let mut lines = String::new();
    for it in all {
        let name = it.name.value.as_str();
        let is_told = is_swarm(&it.value) || !(EVERYWHERE.contains(&name) || ours.contains(name));
        if is_told && seen.insert(name) {
            let _ = writeln!(lines, "  {}: {{{}}}", scalar(name), network(&it.value));
        }
    }
    block("networks", "{}", &lines, out);
}

fn block(key: &str, empty: &str, lines: &str, out: &mut String) {
    let _ = match lines {
        "" => writeln!(out, "{key}: {empty}"),
        _ => write!(out, "{key}:\n{lines}"),
    };
}

fn network(it: &Network) -> String {
    let mut parts = vec![format!("driver: {}", scalar(&it.driver.value))];
    let usual = if it.driver.value == "overlay" { "swarm" } else { "local" };
    if it.scope.value != usual && ["swarm", "local"].contains(&it.scope.value.as_str()) {
        parts.push(format!("scope: {}", it.scope.value));
    }
    for (key, is_so) in [("attachable", it.attachable), ("encrypted", it.encrypted)] {
        if is_so {
            parts.push(format!("{key}: true"));
        }
    }
    if let Some(subnet) = it.subnet.as_ref().filter(|it| !it.value.is_empty()) {
        parts.push(format!("subnet: {}", scalar(&subnet.value)));
    }
    parts.join(", ")
}

/// The services in short: what decides where their tasks may run.
pub(super) fn services(cluster: &Cluster, out: &mut String) {
    let Some(all) = &cluster.services else { return out.push_str("# services: not known\n") };
    let mut seen = BTreeSet::new();
    let mut lines = String::new();
    for it in all.iter().filter(|it| seen.insert(it.name.value.as_str())) {
        let _ = writeln!(lines, "  {}: {{{}}}", scalar(&it.name.value), service(&it.value));
    }
    block("services", "{}", &lines, out);
}

fn service(it: &Service) -> String {
    let task = &it.spec.task_template;
    let mut fields = Vec::new();
    let image = &task.container_spec.image;
    if !image.is_empty() {
        fields.push(format!("image: {}", scalar(image)));
    }
    let (mode, count) = match &it.spec.mode {
        Mode::Replicated(it) => (None, Some(it.replicas.unwrap_or(1))),
        Mode::Global(_) => (Some("global"), None),
        Mode::ReplicatedJob(it) => {
            (Some("replicated-job"), it.total_completions.or(it.max_concurrent))
        }
        Mode::GlobalJob(_) => (Some("global-job"), None),
    };
    fields.extend(mode.map(|it| format!("mode: {it}")));
    fields.extend(count.map(|it| format!("replicas: {}", it.min(i64::MAX as u64))));
    let placement = task.placement.clone().unwrap_or_default();
    if !placement.constraints.is_empty() {
        let constraints = list(placement.constraints.iter().map(String::as_str));
        fields.push(format!("constraints: {constraints}"));
    }
    if placement.max_replicas > 0 {
        let most = placement.max_replicas.min(i64::MAX as u64);
        fields.push(format!("max_replicas_per_node: {most}"));
    }
    let reserved = task.resources.as_ref().and_then(|it| it.reservations.as_ref());
    if let Some(reserved) = reserved.map(reservations).filter(|it| !it.is_empty()) {
        fields.push(format!("reservations: {{{}}}", reserved.join(", ")));
    }
    let ports = it.spec.endpoint_spec.iter().flat_map(|it| &it.ports);
    let ports: Vec<_> = ports.filter_map(port).collect();
    if !ports.is_empty() {
        fields.push(format!("ports: [{}]", ports.join(", ")));
    }
    if !task.networks.is_empty() {
        let networks = list(task.networks.iter().map(|it| it.target.as_str()));
        fields.push(format!("networks: {networks}"));
    }
    fields.join(", ")
}

fn reservations(it: &Reservations) -> Vec<String> {
    let mut parts = Vec::new();
    if it.nano_cpus > 0 {
        parts.push(cpus(it.nano_cpus));
    }
    if it.memory_bytes > 0 {
        parts.push(memory(it.memory_bytes));
    }
    let kind = |it: &GenericResource| {
        let counted = it.discrete_resource_spec.as_ref()?;
        Some(format!("{}: {}", scalar(&counted.kind), counted.value.max(0)))
    };
    let generic: Vec<_> = it.generic_resources.iter().filter_map(kind).collect();
    if !generic.is_empty() {
        parts.push(format!("generic_resources: {{{}}}", generic.join(", ")));
    }
    parts
}

/// A published port; none where Swarm is to choose it.
fn port(it: &PortConfig) -> Option<String> {
    let is_port = |it: u32| (1..=65535).contains(&it);
    if !is_port(it.published_port) {
        return None;
    }
    let mut parts = vec![format!("published: {}", it.published_port)];
    if is_port(it.target_port) {
        parts.push(format!("target: {}", it.target_port));
    }
    if it.transport() != "tcp" {
        parts.push(format!("protocol: {}", it.transport()));
    }
    if !it.is_ingress() {
        parts.push("mode: host".to_owned());
    }
    Some(format!("{{{}}}", parts.join(", ")))
}

/// The tasks that are on nodes, by the names that these have in the inventory. Those that ended and
/// are only remembered are left out.
pub(super) fn tasks(cluster: &Cluster, names: &[String], out: &mut String) {
    let Some(all) = &cluster.tasks else { return out.push_str("# tasks: not known\n") };
    let mut lines = String::new();
    for it in all.iter().filter(|it| !is_history(it)) {
        let Some(node) = it.node_index.and_then(|at| names.get(at)) else { continue };
        let _ =
            write!(lines, "  - {{service: {}, node: {}", scalar(&it.service.value), scalar(node));
        if let Some(slot) = it.slot {
            let _ = write!(lines, ", slot: {slot}");
        }
        if it.count != 1 {
            let _ = write!(lines, ", count: {}", it.count);
        }
        for (key, state) in [("state", it.state), ("desired_state", it.desired)] {
            if state != TaskState::Running {
                let _ = write!(lines, ", {key}: {}", state.as_str());
            }
        }
        lines.push_str("}\n");
    }
    block("tasks", "[]", &lines, out);
}

fn is_history(it: &Task) -> bool {
    it.desired > TaskState::Complete && it.state > TaskState::Running
}
