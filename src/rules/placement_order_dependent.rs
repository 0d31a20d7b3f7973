//! Whether all tasks find a node depends on the order in which Docker deploys the services.
//!
//! ## Why
//!
//! `docker stack deploy` takes the services in random order, and Swarm places the tasks of each as it
//! comes. On a nearly full swarm a service that may go anywhere can take the room that another needs.
//!
//! ## Example
//!
//! ```yaml nodes.yml
//! nodes:
//!   w1: {cpus: 2, labels: {disk: ssd}}
//!   w2: {cpus: 2}
//! ```
//!
//! ```yaml bad also unplaceable-task
//! services:
//!   api:
//!     image: registry.example.com/api:1.4
//!     deploy:
//!       replicas: 2
//!       resources:
//!         reservations: {cpus: "1"}
//!   db:
//!     image: postgres:17
//!     deploy:
//!       placement:
//!         constraints: [node.labels.disk == ssd]
//!       resources:
//!         reservations: {cpus: "2"}
//! ```
//!
//! ## Fix
//!
//! Keep services that may go anywhere off the nodes that others need, reserve less, or add a node:
//!
//! ```yaml good
//! services:
//!   api:
//!     image: registry.example.com/api:1.4
//!     deploy:
//!       replicas: 2
//!       placement:
//!         constraints: [node.labels.disk != ssd]
//!       resources:
//!         reservations: {cpus: "1"}
//!   db:
//!     image: postgres:17
//!     deploy:
//!       placement:
//!         constraints: [node.labels.disk == ssd]
//!       resources:
//!         reservations: {cpus: "2"}
//! ```
//!
//! ## Source
//!
//! Docker CLI, `cli/command/stack/deploy_composefile.go`; moby/moby#38322.

use crate::diagnostic::Severity;
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::scheduler::{Options, order_matters};
use crate::swarm::spec::ServiceSpec;

pub(super) const RULE: Rule = Rule {
    id: "placement-order-dependent",
    summary: "tasks that find a node with luck only",
    group: Group::Placement,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Cluster(check),
};

/// The most nodes and tasks for which many orders are tried.
const MOST: usize = 20_000;

fn check(deployment: &Deployment, found: &mut Findings) {
    let Some(schedule) = deployment.schedule else { return };
    let tasks: usize = schedule.services.iter().map(|it| it.tasks.len()).sum();
    // What waits in any order is another rule's.
    let waits = schedule.services.iter().any(|it| it.pending() > 0);
    if waits && deployment.specs.services.len() < 2 || tasks + deployment.cluster.nodes.len() > MOST {
        return;
    }
    let services: Vec<&ServiceSpec> = deployment.specs.services.values().collect();
    let options = Options { networks: deployment.networks.clone(), ..Options::default() };
    let Some(order) = order_matters(&services, deployment.cluster, &options) else { return };
    if order.better_pending > 0 {
        return;
    }
    let keys: Vec<&str> = deployment.specs.services.keys().map(String::as_str).collect();
    let names = |them: &[usize]| {
        them.iter().map(|&it| code(keys[it])).collect::<Vec<_>>().join(", ")
    };
    let Some(&last) = order.worse.last() else { return };
    let service = deployment.stack.services.iter().find(|it| it.name.value == keys[last]);
    let Some(service) = service else { return };
    found
        .report(
            service.name.place,
            "whether all tasks get a node depends on the order in which Docker deploys the services",
        )
        .note(format!("in the order {} {} of them wait", names(&order.worse), order.worse_pending))
        .note(format!("in the order {} none does", names(&order.better)))
        .help("leave room, or keep services that may go anywhere off the nodes that others need");
}
