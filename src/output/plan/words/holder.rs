//! Which tasks hold what a waiting one lacks.

use std::collections::BTreeMap;

use crate::output::plan::amount::{cpus_named, memory};
use crate::plan::{Plan, Reason, Service, is_running};
use crate::scheduler::Lack;
use crate::swarm::spec::Reservations;

/// What each task of a service holds, where it does.
type Held<'h> = Box<dyn Fn(&Service) -> Option<String> + 'h>;

/// The most services that are named.
const NAMED: usize = 6;

/// A line for each kind of thing that running tasks hold on the nodes: such as
/// `memory is held by shop_api ×2 (3 GiB)`.
pub(in crate::output::plan) fn holders(plan: &Plan, reason: &Reason) -> Vec<String> {
    let lacks = reason.refusals.iter().flat_map(|it| &it.lacks);
    let mut lines = Vec::new();
    for lack in lacks {
        let (what, held): (String, Held) = match lack {
            Lack::Cpus { .. } => (
                "CPUs are".to_owned(),
                Box::new(|it| {
                    amount(it, |it| it.nano_cpus).map(|it| format!(" of {} each", cpus_named(it)))
                }),
            ),
            Lack::Memory { .. } => (
                "memory is".to_owned(),
                Box::new(|it| {
                    amount(it, |it| it.memory_bytes).map(|it| format!(" of {} each", memory(it)))
                }),
            ),
            Lack::HostPort(port) => (
                format!("port {}/{} is", port.port, port.transport),
                Box::new(|it| {
                    let ports = it.spec.endpoint_spec.iter().flat_map(|it| &it.ports);
                    let holds = ports.filter(|it| it.publish_mode == "host");
                    let mut holds =
                        holds.map(|it| (it.published_port, it.protocol.to_ascii_lowercase()));
                    let is_it = |(number, protocol): (u32, String)| {
                        let protocol = if protocol.is_empty() { "tcp" } else { protocol.as_str() };
                        number == port.port && protocol == port.transport
                    };
                    holds.any(is_it).then(String::new)
                }),
            ),
            _ => continue,
        };
        let parts = tasks(plan, reason, &held);
        if !parts.is_empty() {
            lines.push(format!("{what} held by {}", parts.join(", ")));
        }
    }
    lines
}

/// What each task of a service reserves, where it does.
fn amount(service: &Service, of: fn(&Reservations) -> i64) -> Option<i64> {
    let resources = service.spec.task_template.resources.as_ref()?;
    Some(of(resources.reservations.as_ref()?)).filter(|it| *it > 0)
}

fn tasks(plan: &Plan, reason: &Reason, held: &Held) -> Vec<String> {
    let mut counts: BTreeMap<&str, (usize, String)> = BTreeMap::new();
    for service in &plan.services {
        let Some(each) = held(service) else { continue };
        let tasks = service.tasks.iter().filter(|it| is_running(it));
        let here = tasks.filter(|it| it.node.is_some_and(|it| reason.nodes.contains(&it))).count();
        if here > 0 {
            counts.insert(service.name, (here, each));
        }
    }
    let more = counts.len().saturating_sub(NAMED);
    let one =
        |(name, (tasks, each)): (&&str, &(usize, String))| format!("{name}\u{a0}×{tasks}{each}");
    let mut parts: Vec<String> = counts.iter().take(NAMED).map(one).collect();
    if more > 0 {
        parts.push(format!("{more} more"));
    }
    parts
}
