//! A job has a restart condition that means another one.
//!
//! ## Why
//!
//! A job is done when its task ends well. `any` restarts what failed, exactly as `on-failure`
//! does.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   migrate:
//!     image: nginx:1.27
//!     deploy:
//!       mode: replicated-job
//!       restart_policy: {condition: any}
//! ```
//!
//! ## Fix
//!
//! Write what happens:
//!
//! ```yaml good
//! services:
//!   migrate:
//!     image: nginx:1.27
//!     deploy:
//!       mode: replicated-job
//!       restart_policy: {condition: on-failure}
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/orchestrator/restart/restart.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::mode;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "job-restart-condition",
    summary: "job with `condition: any`",
    group: Group::Placement,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let policy = service.deploy.as_ref().and_then(|it| it.restart_policy.as_ref());
    let Some(condition) = policy.and_then(|it| it.condition.as_ref()) else { return };
    if mode(service).ends_with("-job") && condition.value == "any" {
        found
            .report(condition, "a job that ended well is not restarted: `any` means `on-failure` here")
            .help("write `on-failure`");
    }
}
