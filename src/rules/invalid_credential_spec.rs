//! A credential spec cannot be used.
//!
//! ## Why
//!
//! A credential spec names exactly one source: a config, a file or a registry key. A config must
//! belong to the stack and must not have a `name` of its own.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     credential_spec:
//!       file: spec.json
//!       registry: spec
//! ```
//!
//! ## Fix
//!
//! Name exactly one source:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     credential_spec:
//!       file: spec.json
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/convert/service.go`; SwarmKit, `manager/controlapi/service.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::refused::refused;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "invalid-credential-spec",
    summary: "credential spec cannot be used",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let reason = match &problem.kind {
        Kind::CredentialSpec { reason } => reason,
        _ => match refused(problem, RULE.id) {
            Some(refusal) => refusal.reason,
            None => return,
        },
    };
    found
        .report(problem, format!("the credential spec cannot be used: {reason}"))
        .help("name exactly one of `config`, `file` and `registry`");
}
