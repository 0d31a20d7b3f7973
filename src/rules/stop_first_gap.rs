//! Each update takes a published service down.
//!
//! ## Why
//!
//! With one replica and `order: stop-first`, which is the default, nothing serves from the moment
//! the old task stops until the new one runs; the image is pulled in that time as well.
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
//! Start the new task first, or run two replicas, where the program stands it:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     ports: ["80:8080"]
//!     deploy:
//!       update_config: {order: start-first}
//! ```
//!
//! ## Source
//!
//! SwarmKit's updater (`manager/orchestrator/update/updater.go`); moby/moby#30321.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::{head, host_port, known, replicas, start_first};
use crate::source::Named;
use crate::stack::model::is_true;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "stop-first-gap",
    summary: "each update takes a published service down",
    group: Group::Rollout,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let single = replicas(service) == Some(1) && start_first(service).is_none();
    let routed = service.ports.iter().any(|it| host_port(it).is_none());
    let stateful = known(service).is_some_and(|it| it.product.single_writer);
    if single && routed && !stateful && service.volumes.iter().all(|it| is_true(&it.read_only)) {
        found
            .report(head(service), "nothing serves while an update replaces the one task")
            .help("add `update_config: {order: start-first}`, or a second replica");
    }
}
