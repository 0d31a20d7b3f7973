//! Two files of a stack declare different versions.
//!
//! ## Why
//!
//! Docker merges only files of the same version. A file without `version` counts as 3.13, so a
//! first file with `version: "3.8"` cannot be merged with one that has none.
//!
//! ## Example
//!
//! ```yaml stack.yml
//! version: "3.8"
//! services:
//!   web:
//!     image: nginx:1.27
//! ```
//!
//! ```yaml override.yml bad
//! version: "3.9"
//! services:
//!   web:
//!     init: true
//! ```
//!
//! ## Fix
//!
//! Declare the same version in each file, or better remove `version` from all of them:
//!
//! ```yaml override.yml good
//! version: "3.8"
//! services:
//!   web:
//!     init: true
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader/loader.go` and `cli/compose/schema/schema.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "version-mismatch",
    summary: "files of one stack declare different versions",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::VersionMismatch { first, found: version } = &problem.kind else { return };

    found
        .report(
            problem,
            format!("this file has version {}, the first one {}", code(version), code(first)),
        )
        .help("remove `version` from all files; a file without it counts as 3.13");
}
