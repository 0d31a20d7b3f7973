//! A key stands twice in one mapping.
//!
//! ## Why
//!
//! Nobody can know which of the two was meant, and Docker refuses the file.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.26
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Keep one of the two, or merge their contents:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//! ```
//!
//! ## Source
//!
//! `gopkg.in/yaml.v3` 3.0.1, which Docker CLI 28.2.2 reads files with.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-key",
    summary: "key stands twice in one mapping",
    group: Group::Yaml,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::DuplicateKey { key, first } = &problem.kind else { return };

    if key == "<<" {
        return;
    }
    found
        .report(problem, format!("key {} stands twice in one mapping", code(key)))
        .related(*first, "first written here")
        .help("keep one of the two");
}
