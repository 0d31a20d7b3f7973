//! A published service has one task.
//!
//! ## Why
//!
//! While its node restarts or is lost, nothing serves: Swarm notices after about a quarter of a
//! minute, and then starts another task. A second task bridges that, where the program allows two.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     ports: ["80:8080"]
//! ```
//!
//! ## Fix
//!
//! Run two tasks, on two nodes:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     ports: ["80:8080"]
//!     deploy:
//!       replicas: 2
//!       placement: {max_replicas_per_node: 1}
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/orchestrator/restart`; the default of `replicas` is 1.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::{head, host_port, known, replicas};
use crate::source::Named;
use crate::stack::model::is_true;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "single-replica",
    summary: "published service with one task",
    group: Group::Placement,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let routed = service.ports.iter().any(|it| host_port(it).is_none());
    let stateful = known(service).is_some_and(|it| it.product.single_writer || it.is_stateful())
        || !service.volumes.iter().all(|it| is_true(&it.read_only));
    if replicas(service) == Some(1) && routed && !stateful {
        let replicas = service.deploy.as_ref().and_then(|it| it.replicas.as_ref());
        found
            .report(replicas.map_or_else(|| head(service), |it| it.place), "nothing serves while its node is down")
            .help("run two tasks, if the program allows it");
    }
}
