//! The healthcheck is turned off where an update relies on it.
//!
//! ## Why
//!
//! Without it a task counts as running as soon as its process starts. With `start-first` the old
//! task goes before the new one can serve, and a version that starts but does not work is never
//! rolled back.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     healthcheck: {disable: true}
//!     deploy:
//!       update_config: {order: start-first}
//! ```
//!
//! ## Fix
//!
//! Replace the image's check by one that fits:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     healthcheck:
//!       test: [CMD, curl, -fsS, "http://localhost:8080/health"]
//!     deploy:
//!       update_config: {order: start-first}
//! ```
//!
//! ## Source
//!
//! SwarmKit's updater (`manager/orchestrator/update/updater.go`).

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::{rolls_back, start_first};
use crate::source::Named;
use crate::stack::model::is_true;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "healthcheck-disabled",
    summary: "healthcheck turned off where an update relies on it",
    group: Group::Rollout,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(healthcheck) = &service.healthcheck else { return };
    let none = healthcheck.test.first().is_some_and(|it| it.value == "NONE");
    let relies = start_first(service).is_some() || rolls_back(service);
    if relies && (none || is_true(&healthcheck.disable)) {
        found
            .report(healthcheck.place, "the update relies on the check that is turned off here")
            .help("write a `test` that fits, in place of the image's");
    }
}
