//! The content of a secret changed under its name.
//!
//! ## Why
//!
//! Swarm does not let the content of a secret change. The deploy stops in the middle: networks, and
//! what comes before, are changed already, and no service is.
//!
//! ## Example
//!
//! ```text old/key.txt
//! one
//! ```
//!
//! ```text key.txt
//! two
//! ```
//!
//! ```yaml old.yml
//! services:
//!   web:
//!     image: nginx:1.27
//!     secrets: [{source: key, target: key}]
//! secrets:
//!   key: {file: ./key.txt}
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     secrets: [{source: key, target: key}]
//! secrets:
//!   key: {file: ./key.txt}
//! ```
//!
//! ## Fix
//!
//! Give it a name that changes with the content:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     secrets: [{source: key, target: key}]
//! secrets:
//!   key:
//!     name: key-2
//!     file: ./key.txt
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/controlapi/secret.go`.

use crate::diagnostic::Severity;
use crate::plan::diff::{Diff, Object, Outcome};
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::words::code;

pub(super) const RULE: Rule = Rule {
    id: "secret-content-changed",
    summary: "secret has another content under the same name",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Change(check),
};

fn check(diff: &Diff, _: &Deployment, found: &mut Findings) {
    for it in diff.changes().filter(|it| it.object == Object::Secret) {
        let is_other = |it: &crate::plan::diff::Field| {
            it.path == "Data" && it.outcome == Outcome::Fails
        };
        let Some(span) = it.span.filter(|_| it.fields.iter().any(is_other)) else { continue };
        let message = format!("the content of the secret {} is another one", code(&it.name));
        let finding = found.report(span, message);
        finding.help("give it a `name` that changes with the content");
        finding.notes.extend(it.message.iter().map(|it| format!("Docker says: {it}")));
    }
}
