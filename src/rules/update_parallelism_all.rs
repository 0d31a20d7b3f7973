//! An update stops all replicas at once.
//!
//! ## Why
//!
//! With `order: stop-first` as many tasks stop at a time as `parallelism` says; 0 means all. When it
//! covers every replica the service is down until new tasks run, and a bad version reaches all of
//! them.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     deploy:
//!       replicas: 3
//!       update_config: {parallelism: 3}
//! ```
//!
//! ## Fix
//!
//! Replace some at a time, or start new ones first:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     deploy:
//!       replicas: 3
//!       update_config: {parallelism: 1}
//! ```
//!
//! ## Source
//!
//! SwarmKit's updater (`manager/orchestrator/update/updater.go`): a config with parallelism 0 takes
//! all slots at once.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::{replicas, start_first, update};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "update-parallelism-all",
    summary: "update that stops all replicas at once",
    group: Group::Rollout,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(count) = replicas(service).filter(|it| *it > 1) else { return };
    let written = update(service).and_then(|it| it.parallelism.as_ref());
    let Some(at_once) = written.filter(|it| !it.place.is_unset()) else { return };
    if start_first(service).is_none() && (at_once.value == 0 || at_once.value >= count) {
        found
            .report(at_once, format!("an update stops all {count} replicas at once"))
            .help("write a smaller number, or `order: start-first`");
    }
}
