//! Swarm refuses the name of a network, secret or config.
//!
//! ## Why
//!
//! Names begin and end with a letter or a digit; `-` and `_` may stand between, and in secrets and
//! configs also `.`. They have at most 64 characters (networks: 63), the name of the stack and its
//! `_` included.
//!
//! ## Example
//!
//! ```yaml bad
//! services: {}
//! secrets:
//!   key-:
//!     driver: vault
//! ```
//!
//! ## Fix
//!
//! Rename it:
//!
//! ```yaml good
//! services: {}
//! secrets:
//!   key:
//!     driver: vault
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/controlapi/common.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::refused::{Refusal, refused};
use crate::stack::problem::{Problem, Refused};

pub(super) const RULE: Rule = Rule {
    id: "object-name-invalid",
    summary: "name of a network, secret or config that Swarm refuses",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Some(Refusal { subject: Refused::ObjectName(object), .. }) = refused(problem, RULE.id)
    else {
        return;
    };
    found.report(problem, format!("Swarm does not take the name of this {}", object.word())).help(
        "use letters and digits, between them `.`, `-` and `_`, at most 64 with the stack's name",
    );
}
