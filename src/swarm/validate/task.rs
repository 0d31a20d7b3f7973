//! Resources, restart policy and placement.

use crate::swarm::spec::{NetworkAttachment, Placement, Resources, RestartPolicy};
use crate::swarm::validate::network::is_ingress;
use crate::swarm::validate::refusal::{By, Code, Field, INVALID, Refusal};
use crate::value::constraint;
use crate::value::number;
use crate::value::quote::quote;

/// The least that a limit or reservation may be, unless it is 0: a thousandth of a processor.
const LEAST_CPU: i64 = 1_000_000;

/// The least that a limit or reservation may be, unless it is 0: 4 MiB.
const LEAST_MEMORY: i64 = 4 * 1024 * 1024;

pub(crate) fn resources(resources: &Resources) -> Vec<Refusal> {
    let limits = resources.limits.as_ref().map_or((0, 0), |it| (it.nano_cpus, it.memory_bytes));
    let kept = resources.reservations.as_ref();
    let kept = kept.map_or((0, 0), |it| (it.nano_cpus, it.memory_bytes));
    [
        cpu("TaskTemplate.Resources.Limits.NanoCPUs", limits.0),
        memory("TaskTemplate.Resources.Limits.MemoryBytes", limits.1),
        cpu("TaskTemplate.Resources.Reservations.NanoCPUs", kept.0),
        memory("TaskTemplate.Resources.Reservations.MemoryBytes", kept.1),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn cpu(path: &'static str, nano: i64) -> Option<Refusal> {
    let cpus = number::format_float(nano as f64 / 1e9);
    let message = format!("invalid cpu value {cpus}: Must be at least 0.001");
    let too_small = nano != 0 && nano < LEAST_CPU;
    too_small.then(|| Refusal::new(Field::of(path), INVALID, message))
}

fn memory(path: &'static str, bytes: i64) -> Option<Refusal> {
    let message = format!("invalid memory value {bytes}: Must be at least 4MiB");
    let too_small = bytes != 0 && bytes < LEAST_MEMORY;
    too_small.then(|| Refusal::new(Field::of(path), INVALID, message))
}

pub(crate) fn restart(policy: &RestartPolicy) -> Vec<Refusal> {
    let negative = |time: Option<i64>, path, message: &str| {
        let field = Field::of(path);
        time.is_some_and(|it| it < 0).then(|| Refusal::new(field, INVALID, message))
    };
    [
        negative(
            policy.delay,
            "TaskTemplate.RestartPolicy.Delay",
            "TaskSpec: restart-delay cannot be negative",
        ),
        negative(
            policy.window,
            "TaskTemplate.RestartPolicy.Window",
            "TaskSpec: restart-window cannot be negative",
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

pub(crate) fn placement(placement: &Placement) -> Vec<Refusal> {
    let constraints = placement.constraints.iter().enumerate();
    constraints
        .filter_map(|(index, text)| {
            let field = Field::item("TaskTemplate.Placement.Constraints[]", index);
            let refusal = constraint::parse(text).err()?;
            Some(Refusal::new(field, By::Manager(Code::Unknown), refusal.to_string()))
        })
        .collect()
}

/// Swarm itself attaches services to the mesh, by the ports that they publish.
pub(crate) fn networks(networks: &[NetworkAttachment]) -> Option<Refusal> {
    let index = networks.iter().position(|it| is_ingress(&it.target))?;
    let field = Field::item("TaskTemplate.Networks[]", index);
    let name = quote(&networks.get(index)?.target);
    let message = format!("Service cannot be explicitly attached to the ingress network {name}");
    Some(Refusal::new(field, INVALID, message))
}
