//! An overlay network has fewer addresses than its tasks, services and nodes take.
//!
//! ## Why
//!
//! Each task takes an address, each service one for itself, each node that runs a task one for its
//! load balancer; an update holds two for what it replaces. Without an address a task stays `New`:
//! no message says why, but for the manager's log.
//!
//! ## Example
//!
//! ```yaml nodes.yml
//! nodes:
//!   m1: {role: manager, memory: 2GiB}
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [front]
//!     deploy: {replicas: 12}
//! networks:
//!   front:
//!     ipam:
//!       config:
//!         - subnet: 10.5.0.0/28
//! ```
//!
//! ## Fix
//!
//! Give the network a larger subnet (a network that exists has to be made anew), spread the services
//! over several networks, or use `endpoint_mode: dnsrr`, which takes no address for the service:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [front]
//!     deploy: {replicas: 12}
//! networks:
//!   front:
//!     ipam:
//!       config:
//!         - subnet: 10.5.0.0/24
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/allocator/network.go`; moby/moby#37338.

use crate::diagnostic::Severity;
use crate::plan;
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::grounds::real_name;
use crate::rules::words::code;
use crate::source::Place;

pub(super) const RULE: Rule = Rule {
    id: "subnet-too-small",
    summary: "network with too few addresses",
    group: Group::Placement,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Cluster(check),
};

fn check(deployment: &Deployment, found: &mut Findings) {
    let Some(schedule) = deployment.schedule else { return };
    let all = plan::addresses_of(schedule, deployment.specs, deployment.cluster);
    for it in all.iter().filter(|it| it.is_short_in_update()) {
        let Some((size, place)) = it.size.zip(place(&it.name, deployment)) else { continue };
        let (wanted, when) = if it.is_exhausted() {
            (it.used(), "are needed")
        } else {
            (it.used() + it.surge, "are needed in an update")
        };
        let message = format!("the network {} has {size} addresses, {wanted} {when}", code(&it.name));
        let finding = found.report(place, message);
        finding.note(format!(
            "{} tasks, {} services with an address, {} nodes",
            it.tasks, it.services_with_address, it.nodes
        ));
        finding.help("take a larger subnet, or `endpoint_mode: dnsrr` for services that need none");
        if !it.is_exhausted() {
            finding.at_most(Severity::Warning);
        }
    }
}

/// Where the network stands in the file, or the first service that joins it.
fn place(name: &str, deployment: &Deployment) -> Option<Place> {
    let stack = deployment.stack;
    let network = stack.networks.iter().find(|it| real_name(it, deployment) == name);
    let subnet = network.and_then(|it| it.subnets.iter().flatten().next().map(|it| it.place));
    let joins = |key: &str| {
        let spec = deployment.specs.services.get(key);
        spec.is_some_and(|it| it.task_template.networks.iter().any(|it| it.target == name))
    };
    let service = stack.services.iter().find(|it| joins(&it.name.value));
    let service = service.or_else(|| stack.services.iter().find(|it| !it.ports.is_empty()));
    subnet
        .or_else(|| network.map(|it| it.name.place))
        .or_else(|| service.map(|it| it.name.place))
}
