//! An `env_file` is a mapping.
//!
//! ## Why
//!
//! The long form with `path` and `required` belongs to `docker compose`. `docker stack` reads paths
//! only, and every file has to exist.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     env_file:
//!       - {path: web.env, required: false}
//! ```
//!
//! ## Fix
//!
//! Write the path, or put the variables under `environment`:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     environment:
//!       LOG_LEVEL: info
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/schema/data/config_schema_v3.13.json`.

use crate::diagnostic::Severity;
use crate::edit::{Patch, Site};
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::types;
use crate::stack::check::ViolationKind;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "env-file-long-form",
    summary: "`env_file` is a mapping",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Shape(violation) = &problem.kind else { return };
    let ViolationKind::WrongType { .. } = &violation.kind else { return };
    if !types::is_long_env_file(violation) {
        return;
    }
    let patch = found.site(problem.span).and_then(|it| alone(&it));
    found
        .report(problem, "an env file is a path in a stack file, not a mapping")
        .help("write the path alone; the file has to exist")
        .fix(Patch::risky(patch, "write the path alone"));
}

/// The path in place of the mapping that holds it.
fn alone(item: &Site) -> Option<Patch> {
    let path = item.child("path")?;
    let comments = item.as_written().contains('#');
    let fits = path.is_single() && !comments && item.key().is_none();
    fits.then(|| Patch::raw(item.node().span(), path.as_written()))
}
