//! An update relies on health that nobody checks.
//!
//! ## Why
//!
//! Without a healthcheck a task counts as running as soon as its process starts. With `start-first`
//! the old task goes before the new one can serve, and a version that starts but does not work is
//! never rolled back. Docker's official images bring no healthcheck; other images may.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       update_config: {order: start-first}
//! ```
//!
//! ## Fix
//!
//! Check what clients rely on:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     healthcheck:
//!       test: [CMD, curl, -fsS, "http://localhost/"]
//!       interval: 10s
//!     deploy:
//!       update_config: {order: start-first, failure_action: rollback}
//! ```
//!
//! ## Source
//!
//! SwarmKit's updater (`manager/orchestrator/update/updater.go`): a slot is done when its task is
//! running, and a task with a healthcheck is running when it is healthy.

use crate::diagnostic::Severity;
use crate::image::repository;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::{image, is_job, replicas, rolls_back, start_first, update};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "service-without-healthcheck",
    summary: "update that relies on health that nobody checks",
    group: Group::Rollout,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    if service.healthcheck.is_some() || is_job(service) {
        return;
    }
    let (order, image) = (start_first(service), image(service));
    let relies = order.is_some() || rolls_back(service);
    let rolling = update(service).is_some() || replicas(service).is_some_and(|it| it > 1);
    let (Some(image), true) = (image, relies || rolling) else { return };
    let at = order.or_else(|| update(service).and_then(|it| it.failure_action.as_ref()));
    let finding = found.report(at.unwrap_or(image), "a task counts as healthy as soon as its process starts");
    finding.help("add a `healthcheck`, unless the image brings one");
    // Other images may bring a check of their own.
    let is_official = !repository(&image.value).contains('/');
    if !relies || !is_official {
        finding.at_most(Severity::Info);
    }
}
