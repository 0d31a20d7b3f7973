//! A job has an `update_config`.
//!
//! ## Why
//!
//! A job runs to its end and is not updated task by task. The manager refuses the service; `docker
//! stack config` lets it pass.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   migrate:
//!     image: nginx:1.27
//!     deploy:
//!       mode: replicated-job
//!       update_config:
//!         parallelism: 1
//! ```
//!
//! ## Fix
//!
//! ```yaml good
//! services:
//!   migrate:
//!     image: nginx:1.27
//!     deploy:
//!       mode: replicated-job
//! ```

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Rule};
use crate::stack::problem::{Kind, Problem, Refused};

pub(super) const RULE: Rule = Rule {
    id: "job-update-config",
    summary: "`update_config` of a job",
    group: Group::Swarm,
    severity: Severity::Error,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Refused { subject: Refused::JobUpdate, .. } = &problem.kind else { return };
    found.report(problem, "a job cannot have an `update_config`").help("remove it");
}
