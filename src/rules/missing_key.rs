//! A mapping lacks a key that it must have.
//!
//! ## Why
//!
//! The mapping means nothing without the key, and Docker refuses the file.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes:
//!       - {source: data, target: /data}
//! volumes:
//!   data: {}
//! ```
//!
//! ## Fix
//!
//! Write the key:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes:
//!       - {type: volume, source: data, target: /data}
//! volumes:
//!   data: {}
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/schema/data/config_schema_v3.13.json`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::check::ViolationKind;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "missing-key",
    summary: "mapping lacks a key that it must have",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Shape(violation) = &problem.kind else { return };
    let ViolationKind::MissingKey { key } = &violation.kind else { return };
    found
        .report(problem, format!("{} is missing here", code(key)))
        .help(format!("add {}", code(&format!("{key}:"))));
}
