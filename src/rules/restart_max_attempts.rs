//! A service stays down after some restarts.
//!
//! ## Why
//!
//! When the attempts are used up, Swarm starts the task no more, not even after the cause is gone,
//! and not on another node.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     deploy:
//!       restart_policy: {condition: any, max_attempts: 3}
//! ```
//!
//! ## Fix
//!
//! Leave the number out, or count anew after a while with `window`:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     deploy:
//!       restart_policy: {condition: any, max_attempts: 3, window: 2m}
//! ```
//!
//! ## Source
//!
//! SwarmKit's restart supervisor (`manager/orchestrator/restart/restart.go`).

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::is_job;
use crate::source::Named;
use crate::stack::model::text;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "restart-max-attempts",
    summary: "service that stays down after some restarts",
    group: Group::Rollout,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(policy) = service.deploy.as_ref().and_then(|it| it.restart_policy.as_ref()) else { return };
    let Some(most) = policy.max_attempts.as_ref().filter(|it| it.value > 0) else { return };
    if policy.window.is_none() && text(policy.condition.as_ref()) != "none" && !is_job(service) {
        found
            .report(most, format!("after {} restarts the task stays down", most.value))
            .help("leave it out, or add `window`");
    }
}
