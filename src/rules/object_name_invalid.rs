//! A network, secret or config has a name that Swarm does not take.
//!
//! ## Why
//!
//! Names are made of letters and digits, between them `.`, `-` and `_`. Those of secrets and
//! configs have at most 64 characters, the name of the stack and `_` included.
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

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::refused::{Refusal, refused};
use crate::stack::problem::{Problem, Refused};

pub(super) const RULE: Rule = Rule {
    id: "object-name-invalid",
    summary: "name of a network, secret or config is not taken",
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
