//! Docker announces that it ignores `restart`, and applies it all the same.
//!
//! ## Why
//!
//! Docker prints that it ignores `restart`. In truth the key applies where `deploy.restart_policy`
//! is absent; where that is present, `restart` is dropped, even with a value that is wrong.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     restart: on-failure:3
//! ```
//!
//! ## Fix
//!
//! Write `deploy.restart_policy`:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       restart_policy:
//!         condition: on-failure
//!         max_attempts: 3
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/types/types.go` lists `restart` as unsupported,
//! `cli/compose/convert/service.go` uses it.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "restart-key",
    summary: "`restart` is announced as ignored, but applies",
    group: Group::Compose,
    severity: Severity::Info,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    match &problem.kind {
        Kind::UnsupportedKey { key } if key == "restart" => {}
        _ => return,
    }
    found
        .report(problem, "Docker claims to ignore `restart`, and applies it")
        .help("write `deploy.restart_policy`; where that is set, `restart` really is ignored");
}
