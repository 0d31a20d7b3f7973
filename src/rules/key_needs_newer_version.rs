//! A key is newer than the declared version.
//!
//! ## Why
//!
//! `version` decides which keys may be written. Docker refuses a file with a key that came later,
//! and says only that the key is not allowed.
//!
//! ## Example
//!
//! ```yaml bad
//! version: "3.6"
//! services:
//!   web:
//!     image: nginx:1.27
//!     init: true
//! ```
//!
//! ## Fix
//!
//! Remove `version`, so that the newest applies:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     init: true
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/schema/data`: one schema for each version.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::fixes::drop_version;
use crate::rules::words::code;
use crate::stack::check::ViolationKind;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "key-needs-newer-version",
    summary: "key that is newer than the declared version",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Shape(violation) = &problem.kind else { return };
    let ViolationKind::UnknownKey { key, needs: Some(minor), .. } = &violation.kind else { return };
    let patch = drop_version(found);
    found
        .report(problem, format!("{} needs version 3.{minor} of the format", code(key)))
        .help("remove `version`: without it the newest, 3.13, applies")
        .fix(Patch::safe(patch, "remove `version`"));
}
