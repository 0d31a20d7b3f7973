//! The file of a secret is larger than Swarm takes.
//!
//! ## Why
//!
//! A secret holds at most 511 999 bytes. The deploy stops there: the networks exist by then, the
//! services do not.
//!
//! ## Example
//!
//! ```console
//! $ wc -c keystore.p12
//! 512000 keystore.p12
//! ```
//!
//! ```yaml bad
//! services: {}
//! secrets:
//!   keystore:
//!     file: ./keystore.p12
//! ```
//!
//! ## Fix
//!
//! Make the file smaller or split it, and move what is not secret into the image or a volume:
//!
//! ```console good
//! $ wc -c keystore.p12
//! 511999 keystore.p12
//! ```
//!
//! ## Source
//!
//! SwarmKit, `api/validation/secrets.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::problem::{Kind, Object, Problem};

pub(super) const RULE: Rule = Rule {
    id: "secret-too-large",
    summary: "file of a secret is larger than Swarm takes",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::FileSize { object: Object::Secret, size } = &problem.kind else { return };
    if *size < LIMIT {
        return;
    }
    found
        .report(problem, format!("the file has {size} bytes, a secret holds at most {}", LIMIT - 1))
        .help("make it smaller, or split it");
}

/// The first size that the manager refuses, in bytes.
const LIMIT: u64 = 512_000;
