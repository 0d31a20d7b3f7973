//! `docker stack` does not know the declared version.
//!
//! ## Why
//!
//! The versions 3.0 to 3.13 exist. They are compared as text, before variables are replaced: `2.4`,
//! `3.14` and `${VERSION}` are all refused. Without `version` the newest applies.
//!
//! ## Example
//!
//! ```yaml bad
//! version: "2.4"
//! services:
//!   web:
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Remove the key:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/schema/schema.go`.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::fixes::drop_version;
use crate::rules::words::code;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "version-unsupported",
    summary: "declared version that `docker stack` does not know",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::UnsupportedVersion { found: version } = &problem.kind else { return };

    let patch = drop_version(found);
    found
        .report(problem, format!("version {} is none that `docker stack` knows", code(version)))
        .help("remove `version`: the newest, 3.13, applies without it")
        .fix(Patch::safe(patch, "remove `version`"));
}
