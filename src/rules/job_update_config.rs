//! A job has an update config.
//!
//! ## Why
//!
//! A job runs to its end and is never updated step by step. The manager refuses the service.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   job:
//!     image: alpine:3.20
//!     deploy:
//!       mode: replicated-job
//!       update_config:
//!         parallelism: 1
//! ```
//!
//! ## Fix
//!
//! Remove `update_config`:
//!
//! ```yaml good
//! services:
//!   job:
//!     image: alpine:3.20
//!     deploy:
//!       mode: replicated-job
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/controlapi/service.go`.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::refused::refused;
use crate::stack::problem::Problem;

pub(super) const RULE: Rule = Rule {
    id: "job-update-config",
    summary: "job has an update config",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Some(_) = refused(problem, RULE.id) else { return };
    let patch = found.site(problem.span).and_then(|it| it.remove());
    found
        .report(problem, "a job has no `update_config`")
        .help("remove `update_config`")
        .fix(Patch::safe(patch, "remove `update_config`"));
}
