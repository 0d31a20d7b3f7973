//! A value is not an amount of bytes.
//!
//! ## Why
//!
//! Docker reads a number with one of the units `b`, `k`, `m`, `g`, `t` and `p`, which may also be
//! written like `kb` or `kib`. All of them are powers of 1024.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       resources:
//!         limits:
//!           memory: 512 megs
//! ```
//!
//! ## Fix
//!
//! Write a number and a unit:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       resources:
//!         limits:
//!           memory: 512M
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader/loader.go`; sizes are read by
//! `github.com/docker/go-units`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::problem::{Grammar, Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "invalid-byte-size",
    summary: "value is not an amount of memory",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Value { grammar: Grammar::Size, text, .. } = &problem.kind else { return };
    found
        .report(problem, format!("{} is not an amount of memory", code(text)))
        .help("write a number and a unit, such as `512M` or `2G`");
}
