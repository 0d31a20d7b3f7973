//! A service has no tasks.
//!
//! ## Why
//!
//! With `replicas: 0` Swarm keeps the service and starts nothing. Each deploy brings it back to
//! zero, whatever it was scaled to.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   worker:
//!     image: example/shop:4.2
//!     deploy: {replicas: 0}
//! ```
//!
//! ## Fix
//!
//! Give it tasks, or take the service out of the file. Programs that start services at times, such
//! as swarm-cronjob, are known by their labels:
//!
//! ```yaml good
//! services:
//!   worker:
//!     image: example/shop:4.2
//!     deploy:
//!       replicas: 0
//!       labels:
//!         swarm.cronjob.enable: "true"
//!         swarm.cronjob.schedule: "0 3 * * *"
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/orchestrator/replicated`; the manual of crazy-max/swarm-cronjob.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::replicas;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "no-replicas",
    summary: "service without tasks",
    group: Group::Placement,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

/// The beginnings of labels for programs that start tasks.
const STARTERS: &[&str] = &["swarm.cronjob.", "swarm.autoscaler", "sablier."];

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(deploy) = &service.deploy else { return };
    let is_started = |name: &str| STARTERS.iter().any(|it| name.starts_with(it));
    if deploy.labels.iter().any(|it| is_started(&it.name.value)) || replicas(service) != Some(0) {
        return;
    }
    if let Some(at) = &deploy.replicas {
        found
            .report(at, "each deploy stops all tasks of the service")
            .help("give it tasks, or take it out of the file");
    }
}
