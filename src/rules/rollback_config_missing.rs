//! A rollback goes by other rules than the update.
//!
//! ## Why
//!
//! `rollback_config` takes nothing over from `update_config`. By default a rollback stops the old
//! task first, one at a time, even where updates start the new one first.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     healthcheck: {test: [CMD, /health]}
//!     deploy:
//!       update_config: {order: start-first, failure_action: rollback}
//! ```
//!
//! ## Fix
//!
//! Say how to roll back:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     healthcheck: {test: [CMD, /health]}
//!     deploy:
//!       update_config: {order: start-first, failure_action: rollback}
//!       rollback_config: {order: start-first}
//! ```
//!
//! ## Source
//!
//! SwarmKit's defaults (`api/defaults/service.go`).

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::{rolls_back, start_first};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "rollback-config-missing",
    summary: "rollback goes by other rules than the update",
    group: Group::Rollout,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(order) = start_first(service) else { return };
    let own = service.deploy.as_ref().and_then(|it| it.rollback_config.as_ref());
    if rolls_back(service) && own.is_none_or(|it| it.order.is_none()) {
        found
            .report(order, "a rollback stops the running task first all the same")
            .help("add `rollback_config` with `order: start-first`");
    }
}
