//! A service uses a network that the stack does not declare.
//!
//! ## Why
//!
//! Docker looks under the top-level `networks` only. It notices when it deploys, after other parts
//! of the stack were created; `docker stack config` lets it pass.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [front]
//! ```
//!
//! ## Fix
//!
//! Declare the network; add `external: true` if it exists already:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [front]
//! networks:
//!   front: {}
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/convert/service.go`.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::near;
use crate::rules::fixes::declare;
use crate::rules::words::{code, did_you_mean};
use crate::stack::problem::{Kind, Object, Problem};

pub(super) const RULE: Rule = Rule {
    id: "undefined-network",
    summary: "service uses a network that the stack does not declare",
    group: Group::References,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Undefined { object: Object::Network, name, known } = &problem.kind else { return };
    let near = near(name, known.iter().map(String::as_str)).is_some();
    let patch = declare(found, problem.span.source, "networks", name).filter(|_| !near);
    let fix = Patch::risky(patch, "declare it at the top level");
    found.report(problem, format!("the stack declares no network {}", code(name))).help(
        did_you_mean(name, known.iter().map(String::as_str))
            .unwrap_or_else(|| format!("declare {} under the top-level `networks`", code(name))),
    ).fix(fix);
}
