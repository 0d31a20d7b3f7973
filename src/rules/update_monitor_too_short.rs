//! A rollback watches for five seconds only.
//!
//! ## Why
//!
//! Swarm counts a task as failed if it ends within `monitor` after it started, five seconds by
//! default. Without a healthcheck a version that runs for longer and then crashes is rolled out to
//! the end, and never rolled back.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     deploy:
//!       update_config: {failure_action: rollback}
//! ```
//!
//! ## Fix
//!
//! Watch for as long as a bad version may live, or check its health:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     deploy:
//!       update_config: {failure_action: rollback, monitor: 1m}
//! ```
//!
//! ## Source
//!
//! SwarmKit's updater (`manager/orchestrator/update/updater.go`): a crash after `monitor` is not
//! seen.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::{is_checked, rolls_back, update};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "update-monitor-too-short",
    summary: "rollback that watches for five seconds only",
    group: Group::Rollout,
    severity: Severity::Info,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(action) = update(service).and_then(|it| it.failure_action.as_ref()) else { return };
    let is_short = update(service).is_some_and(|it| it.monitor.is_none());
    if rolls_back(service) && is_short && !is_checked(service) {
        found
            .report(action, "a version that crashes after five seconds is not rolled back")
            .help("add `monitor`, as long as a bad version may live, or a `healthcheck`");
    }
}
