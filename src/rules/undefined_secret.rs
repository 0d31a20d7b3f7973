//! A service uses a secret that the stack does not declare.
//!
//! ## Why
//!
//! Docker looks under the top-level `secrets` only. It notices when it deploys, after other parts
//! of the stack were created; `docker stack config` lets it pass.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     secrets: [key]
//! ```
//!
//! ## Fix
//!
//! Declare the secret, as external if it exists already:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     secrets: [key]
//! secrets:
//!   key: {external: true}
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
    id: "undefined-secret",
    summary: "service uses a secret that the stack does not declare",
    group: Group::References,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Undefined { object: Object::Secret, name, known } = &problem.kind else { return };
    let near = near(name, known.iter().map(String::as_str)).is_some();
    let patch = declare(found, problem.span.source, "secrets", name).filter(|_| !near);
    let fix = Patch::risky(patch, "declare it at the top level");
    found.report(problem, format!("the stack declares no secret {}", code(name))).help(
        did_you_mean(name, known.iter().map(String::as_str))
            .unwrap_or_else(|| format!("declare {} under the top-level `secrets`", code(name))),
    ).fix(fix);
}
