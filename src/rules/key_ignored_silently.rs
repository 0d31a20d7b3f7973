//! Docker drops a key without a word.
//!
//! ## Why
//!
//! The file is accepted and nothing is printed, but the key has no effect in a swarm.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     depends_on: [db]
//!   db:
//!     image: postgres:17
//! ```
//!
//! ## Fix
//!
//! Remove the key. Where Swarm has another way, the finding names it.
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!   db:
//!     image: postgres:17
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/convert`: what is not converted is not sent.

use crate::diagnostic::{Fix, Severity};
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "key-ignored-silently",
    summary: "Docker drops the key without a word",
    group: Group::Compose,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::IgnoredKey { key } = &problem.kind else { return };

    // The file systems are meant, and Swarm has another way to write them.
    let site = found.site(problem.span).filter(|_| key != "tmpfs");
    let patch = site.and_then(|it| it.remove());
    found
        .report(problem, format!("Docker drops {} without a word", code(key)))
        .help(instead(key).unwrap_or("remove it"))
        .fix(Patch::risky(patch, format!("remove {}", code(key))).map(Fix::without_effect));
}

fn instead(key: &str) -> Option<&'static str> {
    Some(match key {
        "depends_on" => "remove it: services start in any order, and have to wait for each other",
        "tmpfs" => "mount it in long form: `volumes: [{type: tmpfs, target: /path}]`",
        _ => return None,
    })
}
