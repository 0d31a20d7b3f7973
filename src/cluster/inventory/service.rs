//! Services that run already: in the Engine API's form, as `docker service inspect` prints them, or
//! in short.

use crate::cluster::inventory::keys::{PUBLISHED, RESERVATIONS, SERVICE};
use crate::cluster::inventory::node::{cpus, generic, memory, named};
use crate::cluster::inventory::reader::{Reader, Record};
use crate::cluster::{Amount, Generic, Kind, Problem, Service};
use crate::source::{Named, Place, Spanned};
use crate::swarm::spec::{
    DiscreteResource, EndpointSpec, GenericResource, GlobalMode, JobMode, Mode, NetworkAttachment,
    Placement, PortConfig, ReplicatedMode, Reservations, Resources, ServiceSpec, TaskSpec,
};
use crate::yaml::{Node, Value};

pub(super) fn all(reader: &mut Reader, node: Option<&Node>) -> Vec<Named<Service>> {
    if let Some(list) = node.and_then(Node::as_list) {
        return list.iter().filter_map(|it| listed(reader, it)).collect();
    }
    let entries = reader.entries("services", node);
    entries.iter().filter_map(|it| Some(named(it, one(reader, &it.key.text, &it.node)?))).collect()
}

/// One of a list, as Docker prints it.
fn listed(reader: &mut Reader, node: &Node) -> Option<Named<Service>> {
    inspected(node).map_err(|it| reader.problems.push(it)).ok()
}

/// One as Docker prints it.
pub(super) fn inspected(node: &Node) -> Result<Named<Service>, Problem> {
    let value = read(node)?;
    let name = Spanned::new(value.spec.name.clone(), Place::at(node.span()));
    Ok(Named { name, value })
}

fn one(reader: &mut Reader, name: &str, node: &Node) -> Option<Service> {
    let is_full = ["Spec", "TaskTemplate", "Mode"].iter().any(|it| node.get(it).is_some());
    let mut service = if is_full { full(reader, node)? } else { short(reader, name, node) };
    name.clone_into(&mut service.spec.name);
    Some(service)
}

fn full(reader: &mut Reader, node: &Node) -> Option<Service> {
    read(node).map_err(|it| reader.problems.push(it)).ok()
}

fn read(node: &Node) -> Result<Service, Problem> {
    let spec = node.get("Spec").unwrap_or(node);
    let spec = serde_json::from_value::<ServiceSpec>(json(spec)).map_err(|error| {
        let mut problem = Problem::new(Kind::BadSpec, node.span());
        problem.message = format!("{}: {error}", problem.message);
        problem
    })?;
    let id = node.get("ID").and_then(Node::as_text).unwrap_or_default().to_owned();
    Ok(Service { spec, id, is_short: false })
}

/// The same as JSON, without what is null; the tree is no deeper than the reader of YAML goes.
fn json(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(it) => (*it).into(),
        Value::Int(it) => (*it).into(),
        Value::Uint(it) => (*it).into(),
        Value::Float(it) => (*it).into(),
        Value::Timestamp(it) => it.rfc3339.clone().into(),
        Value::Text(it) => it.clone().into(),
        Value::List(items) => items.iter().map(json).collect(),
        Value::Map(map) => {
            // Go writes null for what is empty.
            let entries = map.entries.iter().filter(|it| !it.node.is_null());
            entries.map(|it| (it.key.text.clone(), json(&it.node))).collect()
        }
    }
}

fn short(reader: &mut Reader, name: &str, node: &Node) -> Service {
    let record = reader.record(name, node, &SERVICE);
    let mut task_template = TaskSpec {
        placement: Some(Placement {
            constraints: values(reader.texts("constraints", record.get("constraints"))),
            max_replicas: number(reader, record, "max_replicas_per_node").unwrap_or_default(),
            ..Placement::default()
        }),
        resources: reservations(reader, record),
        networks: values(reader.texts("networks", record.get("networks")))
            .into_iter()
            .map(|target| NetworkAttachment { target, ..NetworkAttachment::default() })
            .collect(),
        ..TaskSpec::default()
    };
    let image = reader.text(record, "image").map(|it| it.value);
    task_template.container_spec.image = image.unwrap_or_default();
    let ports = reader.items("ports", record.get("ports"));
    let ports: Vec<_> = ports.iter().map(|it| port(reader, it)).collect();
    let endpoint_spec =
        (!ports.is_empty()).then(|| EndpointSpec { ports, ..EndpointSpec::default() });
    let mode = mode(reader, record);
    let spec = ServiceSpec { task_template, mode, endpoint_spec, ..ServiceSpec::default() };
    Service { spec, id: String::new(), is_short: true }
}

fn values(texts: Vec<Spanned<String>>) -> Vec<String> {
    texts.into_iter().map(|it| it.value).collect()
}

fn number(reader: &mut Reader, record: Record, key: &str) -> Option<u64> {
    reader.number(record, key, 0..=i64::MAX as u64).map(|it| it.value)
}

fn mode(reader: &mut Reader, record: Record) -> Mode {
    let replicas = number(reader, record, "replicas");
    let job = JobMode { max_concurrent: replicas, total_completions: replicas };
    let words = ["replicated", "global", "replicated-job", "global-job"];
    let mode = reader.word(record, "mode", &words, |word| match word {
        "replicated" => Some(Mode::Replicated(ReplicatedMode { replicas })),
        "global" => Some(Mode::Global(GlobalMode {})),
        "replicated-job" => Some(Mode::ReplicatedJob(job.clone())),
        "global-job" => Some(Mode::GlobalJob(GlobalMode {})),
        _ => None,
    });
    mode.map_or(Mode::Replicated(ReplicatedMode { replicas }), |it| it.value)
}

fn reservations(reader: &mut Reader, record: Record) -> Option<Resources> {
    let record = reader.record("reservations", record.get("reservations")?, &RESERVATIONS);
    let count = |it: Generic| match it.amount {
        Amount::Count(value) => (it.kind, value),
        Amount::Named(names) => (it.kind, names.len() as i64),
    };
    let resource = |(kind, value)| GenericResource {
        named_resource_spec: None,
        discrete_resource_spec: Some(DiscreteResource { kind, value }),
    };
    let generic = generic(reader, record.get("generic_resources")).into_iter().map(count);
    let reservations = Reservations {
        generic_resources: generic.map(resource).collect(),
        nano_cpus: cpus(reader, record).map_or(0, |it| it.value),
        memory_bytes: memory(reader, record).map_or(0, |it| it.value),
    };
    Some(Resources { limits: None, reservations: Some(reservations) })
}

fn port(reader: &mut Reader, node: &Node) -> PortConfig {
    let record = reader.record("ports", node, &PUBLISHED);
    let mut port = |key| reader.number(record, key, 1..=65535).map_or(0, |it| it.value as u32);
    let (published_port, target_port) = (port("published"), port("target"));
    let mut word = |key, known: &[&'static str]| {
        let read = |word: &str| known.contains(&word).then(|| word.to_owned());
        reader.word(record, key, known, read).map(|it| it.value).unwrap_or_default()
    };
    PortConfig {
        name: String::new(),
        protocol: word("protocol", &["tcp", "udp", "sctp"]),
        target_port,
        published_port,
        publish_mode: word("mode", &["ingress", "host"]),
    }
}
