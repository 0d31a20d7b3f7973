//! A failed update stops half-way.
//!
//! ## Why
//!
//! By default a failed update pauses: some tasks run the new version, some the old one, and nobody
//! is told. The broken tasks start anew every few seconds until somebody deploys again.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     deploy:
//!       replicas: 3
//!       update_config: {delay: 10s}
//! ```
//!
//! ## Fix
//!
//! Roll back:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     deploy:
//!       replicas: 3
//!       update_config: {delay: 10s, failure_action: rollback, monitor: 30s}
//! ```
//!
//! ## Source
//!
//! SwarmKit's updater (`manager/orchestrator/update/updater.go`); moby/moby#36782.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::{is_job, replicas, update};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "update-no-failure-action",
    summary: "failed update stops half-way",
    group: Group::Rollout,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(update) = update(service).filter(|it| it.failure_action.is_none()) else { return };
    if replicas(service).is_none_or(|it| it > 1) && !is_job(service) {
        found
            .report(update.place, "a failed update stops half-way")
            .help("add `failure_action: rollback`");
    }
}
