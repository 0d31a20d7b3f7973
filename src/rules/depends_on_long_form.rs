//! `depends_on` is a mapping.
//!
//! ## Why
//!
//! The long form with conditions belongs to `docker compose`. `docker stack` reads a list, drops
//! it, and starts all services at once.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     depends_on:
//!       db: {condition: service_healthy}
//!   db:
//!     image: postgres:17
//! ```
//!
//! ## Fix
//!
//! Remove it and let the service itself wait for what it needs:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!   db:
//!     image: postgres:17
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/schema/data/config_schema_v3.13.json`.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::types;
use crate::stack::check::ViolationKind;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "depends-on-long-form",
    summary: "`depends_on` is a mapping",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Shape(violation) = &problem.kind else { return };
    let ViolationKind::WrongType { .. } = &violation.kind else { return };
    if !types::is_long_depends_on(violation) {
        return;
    }
    let patch = found.site(problem.span).and_then(|it| it.keys_to_list());
    found
        .report(problem, "`depends_on` is a list in a stack file, not a mapping")
        .help("remove it: Swarm starts all services at once, whatever it says")
        .fix(Patch::safe(patch, "write it as a list"));
}
