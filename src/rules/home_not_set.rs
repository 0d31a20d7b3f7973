//! A path begins with `~`, and there is no home directory.
//!
//! ## Why
//!
//! Docker replaces `~` with the variable `HOME`. Where that is not set, as in many CI jobs, it
//! takes the path for a relative one and mounts the wrong folder.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes: ["~/data:/data"]
//! ```
//!
//! ## Fix
//!
//! Write the whole path:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes: ["/home/deploy/data:/data"]
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader/loader.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "home-not-set",
    summary: "path begins with `~`, and there is no home directory",
    group: Group::Variables,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    if !matches!(problem.kind, Kind::HomeUnset) {
        return;
    }
    found
        .report(problem, "`~` stays as it is, because `HOME` is not set")
        .help("write the whole path");
}
