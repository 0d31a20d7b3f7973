//! A key that `docker compose` knows and `docker stack` does not.
//!
//! ## Why
//!
//! Both programs read Compose files, but `docker stack deploy` stayed with version 3 of the format.
//! It refuses the whole file for a key of the newer specification.
//!
//! ## Example
//!
//! ```yaml bad
//! name: shop
//! services:
//!   web:
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Remove the key. Where Swarm has another way, the finding names it.
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/schema/data/config_schema_v3.13.json`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::compose;
use crate::rules::words::code;
use crate::stack::check::ViolationKind;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "compose-only-key",
    summary: "key of `docker compose` that `docker stack` refuses",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Shape(violation) = &problem.kind else { return };
    let ViolationKind::UnknownKey { key, needs: None, .. } = &violation.kind else { return };
    let Some(advice) = compose::advice(&violation.path, key) else { return };
    found
        .report(problem, format!("`docker compose` knows {}, `docker stack` does not", code(key)))
        .help(advice);
}
