//! A mapping has two merge keys.
//!
//! ## Why
//!
//! Docker refuses the file: two `<<` are two equal keys.
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
