//! The file of a config is empty.
//!
//! ## Why
//!
//! Swarm refuses a config without content. The deploy stops there: the networks exist by then, the
//! services do not.
//!
//! ## Example
//!
//! ```console
//! $ wc -c site.conf
//! 0 site.conf
//! ```
//!
//! ```yaml bad
//! services: {}
//! configs:
//!   site:
//!     file: ./site.conf
//! ```
//!
//! ## Fix
//!
//! Put something into the file; a line break is enough:
//!
//! ```console good
//! $ wc -c site.conf
//! 1 site.conf
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/controlapi/config.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::problem::{Kind, Object, Problem};

pub(super) const RULE: Rule = Rule {
    id: "config-empty",
    summary: "file of a config is empty",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::FileSize { object: Object::Config, size: 0 } = &problem.kind else { return };
    found
        .report(problem, "the file is empty, and Swarm refuses a config without content")
        .help("put something into it, if only a line break");
}
