//! A task may stop for longer than Swarm waits for it: old and new run side by side.
//!
//! ## Why
//!
//! In an update with `order: stop-first`, and when a node is drained, Swarm waits a minute for the old
//! task at most. With a longer `stop_grace_period` the new one starts while the old one still stops,
//! and both write to the same volume.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   db:
//!     image: postgres:17
//!     stop_grace_period: 2m
//!     volumes: ["data:/var/lib/postgresql/data"]
//! volumes: {data: {}}
//! ```
//!
//! ## Fix
//!
//! Stop within a minute, or see to it that two of them do no harm.
//!
//! ```yaml good
//! services:
//!   db:
//!     image: postgres:17
//!     stop_grace_period: 1m
//!     volumes: ["data:/var/lib/postgresql/data"]
//! volumes: {data: {}}
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/orchestrator/restart/restart.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "stop-grace-over-minute",
    summary: "task that may stop for longer than Swarm waits",
    group: Group::Rollout,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

/// A minute, in nanoseconds.
const MOST: i64 = 60_000_000_000;

fn check(service: &Named<Service>, _stack: &Stack, found: &mut Findings) {
    let Some(grace) = service.stop_grace_period.as_ref().filter(|it| it.value > MOST) else {
        return;
    };
    let update = service.deploy.as_ref().and_then(|it| it.update_config.as_ref());
    let order = update.and_then(|it| it.order.as_ref());
    let message = "Swarm starts the next task after a minute, though this one may still stop";
    let finding = found.report(grace, message);
    finding.help("stop within a minute, or see to it that two of them do no harm");
    let writes = service.volumes.iter().any(|it| {
        let is_read_only = it.read_only.as_ref().is_some_and(|it| it.value);
        let has_source = it.source.as_ref().is_some_and(|it| !it.value.is_empty());
        has_source && !is_read_only
    });
    // Where they share nothing, or run side by side anyway, it is good to know only.
    if !writes || order.is_some_and(|it| it.value == "start-first") {
        finding.at_most(Severity::Info);
    }
}
