//! A secret has a driver and a file.
//!
//! ## Why
//!
//! The content of a secret comes from one of the two. Docker refuses a secret that has both.
//!
//! ## Example
//!
//! ```yaml bad
//! services: {}
//! secrets:
//!   key:
//!     driver: vault
//!     file: ./key
//! ```
//!
//! ## Fix
//!
//! Keep one of the two:
//!
//! ```yaml good
//! services: {}
//! secrets:
//!   key:
//!     driver: vault
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader/loader.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "secret-driver-and-file",
    summary: "secret has a driver and a file",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    if !matches!(problem.kind, Kind::DriverAndFile) {
        return;
    }
    found.report(problem, "the secret has a `driver` and a `file`").help("keep one of the two");
}
