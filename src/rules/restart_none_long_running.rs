//! A published service is not started again.
//!
//! ## Why
//!
//! With `condition: none` a task that ends is never replaced: after a crash, a drained node or a
//! node that is lost, the service stays down.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     ports: ["80:8080"]
//!     deploy:
//!       restart_policy: {condition: none}
//! ```
//!
//! ## Fix
//!
//! Leave the condition out: `any` is the default.
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     ports: ["80:8080"]
//! ```
//!
//! ## Source
//!
//! SwarmKit's restart supervisor; a drained node loses such tasks for good.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::is_job;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "restart-none-long-running",
    summary: "published service that is not started again",
    group: Group::Rollout,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(policy) = service.deploy.as_ref().and_then(|it| it.restart_policy.as_ref()) else { return };
    let Some(condition) = policy.condition.as_ref().filter(|it| it.value == "none") else { return };
    if !service.ports.is_empty() && !is_job(service) {
        let patch = found.site(condition.place.span).and_then(|it| it.replace("any"));
        found
            .report(condition, "a task that ends is never replaced, and clients wait for it")
            .help("write `any`, which is the default")
            .fix(Patch::risky(patch, "start it again"));
    }
}
