//! A placeholder cannot be filled in.
//!
//! ## Why
//!
//! In host names, environment variables and mounts Swarm fills in placeholders such as
//! `{{.Node.Hostname}}` and `{{.Task.Slot}}`. The manager refuses a service with one that it does
//! not know.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     hostname: "{{.Node.Name}}"
//! ```
//!
//! ## Fix
//!
//! Use a placeholder that exists:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     hostname: "{{.Node.Hostname}}"
//! ```
//!
//! ## Source
//!
//! SwarmKit, `template`, called by `manager/controlapi/service.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::refused::refused;
use crate::rules::words::code;
use crate::stack::problem::Problem;

pub(super) const RULE: Rule = Rule {
    id: "invalid-template",
    summary: "placeholder cannot be filled in",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Some(refusal) = refused(problem, RULE.id) else { return };
    // The rest of the manager's words repeats the value, which may be a secret.
    let inside = refusal.reason.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    let message = match inside {
        Some((field, _)) => format!("Swarm knows no placeholder {}", code(field)),
        None => "Swarm cannot read the placeholder".to_owned(),
    };
    found
        .report(problem, message)
        .help("use `{{.Service.Name}}`, `{{.Node.Hostname}}`, `{{.Task.Slot}}` and their like");
}
