//! A job that was deployed before runs again.
//!
//! ## Why
//!
//! Every deploy updates every service, changed or not, and an update starts a job anew: a migration or
//! an import is done once more with each deploy of the stack.
//!
//! ## Example
//!
//! ```yaml old.yml
//! services:
//!   migrate:
//!     image: nginx:1.27
//!     deploy: {mode: replicated-job}
//! ```
//!
//! ```yaml bad
//! services:
//!   migrate:
//!     image: nginx:1.27
//!     deploy: {mode: replicated-job}
//! ```
//!
//! ## Fix
//!
//! Let the job do nothing where its work is done, or keep it in a stack of its own that is deployed
//! when it is to run:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/orchestrator/jobs`.

use crate::diagnostic::Severity;
use crate::plan::diff::{Diff, Note};
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::words::code;

pub(super) const RULE: Rule = Rule {
    id: "job-runs-again",
    summary: "job that each deploy starts anew",
    group: Group::Rollout,
    severity: Severity::Info,
    preset: Preset::Default,
    check: Check::Change(check),
};

fn check(diff: &Diff, _: &Deployment, found: &mut Findings) {
    for it in diff.changes().filter(|it| it.notes.contains(&Note::RunsAgain)) {
        let Some(span) = it.span else { continue };
        let message = format!("the job {} runs again with this deploy", code(&it.name));
        let finding = found.report(span, message);
        finding.service.clone_from(&it.key);
        finding.help("let it do nothing where its work is done, or keep it in a stack of its own");
    }
}
