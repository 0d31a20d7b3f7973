//! A mapping has two merge keys.
//!
//! ## Why
//!
//! Two `<<` are a key that stands twice. Docker refuses the file.
//!
//! ## Example
//!
//! ```yaml bad
//! x-a: &a {init: true}
//! x-b: &b {tty: true}
//! services:
//!   web:
//!     image: nginx:1.27
//!     <<: *a
//!     <<: *b
//! ```
//!
//! ## Fix
//!
//! Give one merge key a list. The earlier entry wins:
//!
//! ```yaml good
//! x-a: &a {init: true}
//! x-b: &b {tty: true}
//! services:
//!   web:
//!     image: nginx:1.27
//!     <<: [*a, *b]
//! ```
//!
//! ## Source
//!
//! `gopkg.in/yaml.v3` 3.0.1, which Docker CLI 28.2.2 reads files with.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-merge-key",
    summary: "mapping has two merge keys",
    group: Group::Yaml,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::DuplicateKey { key, first } = &problem.kind else { return };

    if key != "<<" {
        return;
    }
    found
        .report(problem, "a second merge key `<<` in one mapping")
        .related(*first, "first written here")
        .help("write one merge key with a list: `<<: [*a, *b]`");
}
