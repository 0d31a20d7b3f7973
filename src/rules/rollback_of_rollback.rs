//! A failed rollback is told as a success.
//!
//! ## Why
//!
//! There is nothing to roll a rollback back to. With `failure_action: rollback` in `rollback_config`
//! Swarm reports "update completed" where the rollback failed.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     deploy:
//!       rollback_config: {failure_action: rollback}
//! ```
//!
//! ## Fix
//!
//! Let it pause, which is the default, or go on:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     deploy:
//!       rollback_config: {failure_action: pause}
//! ```
//!
//! ## Source
//!
//! SwarmKit's updater (`manager/orchestrator/update/updater.go`): the state is overwritten with
//! "update completed".

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "rollback-of-rollback",
    summary: "failed rollback that is told as a success",
    group: Group::Rollout,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let own = service.deploy.as_ref().and_then(|it| it.rollback_config.as_ref());
    let Some(action) = own.and_then(|it| it.failure_action.as_ref()) else { return };
    if action.value != "rollback" {
        return;
    }
    let patch = found.site(action.place.span).and_then(|it| it.replace("pause"));
    found
        .report(action, "a rollback that fails is told as completed")
        .help("write `pause`")
        .fix(Patch::safe(patch, "pause"));
}
