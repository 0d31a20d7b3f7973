//! The file holds a second document.
//!
//! ## Why
//!
//! Docker reads the first document of a file and drops the others without a word. What they declare
//! is never deployed.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//! ---
//! services:
//!   db:
//!     image: postgres:17
//! ```
//!
//! ## Fix
//!
//! Put the documents into files of their own, or join them:
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
//! `gopkg.in/yaml.v3` 3.0.1, which Docker CLI 28.2.2 reads files with.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "multi-document",
    summary: "second document is never read",
    group: Group::Yaml,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    if !matches!(problem.kind, Kind::SecondDocument) {
        return;
    }
    found
        .report(problem, "Docker reads only the first document; everything from here on is dropped")
        .help("move it to a file of its own and name both: `-c one.yml -c two.yml`");
}
