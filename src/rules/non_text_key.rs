//! A key is a number, a boolean, null or a time.
//!
//! ## Why
//!
//! YAML gives keys a type just as it does values. Docker needs text; with anything else it stops at
//! `json: unsupported type`, without naming the place.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     labels:
//!       8080: web
//! ```
//!
//! ## Fix
//!
//! Quote the key:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     labels:
//!       "8080": web
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader` and `cli/compose/schema`: the file goes through JSON.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "non-text-key",
    summary: "key is not text",
    group: Group::Yaml,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    if !matches!(problem.kind, Kind::KeyNotText { .. }) {
        return;
    }
    let key = found.text(problem.span);
    found.report(problem, format!("key {} is not text", code(key))).help("put the key in quotes");
}
