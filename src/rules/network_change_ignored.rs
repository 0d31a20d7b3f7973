//! A network that exists has other settings in the file.
//!
//! ## Why
//!
//! Docker makes a network that is missing and passes over one that exists: what changed in the file has
//! no effect, and nothing says so.
//!
//! ## Example
//!
//! ```yaml old.yml
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [front]
//! networks:
//!   front: {}
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [front]
//! networks:
//!   front: {attachable: true}
//! ```
//!
//! ## Fix
//!
//! Give the network another name, so that it is made anew, or remove the stack before the deploy:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [front2]
//! networks:
//!   front2: {attachable: true}
//! ```
//!
//! ## Source
//!
//! docker/cli, `cli/command/stack`, the creation of networks.

use crate::diagnostic::Severity;
use crate::plan::diff::{Diff, Object, Outcome};
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::words::code;

pub(super) const RULE: Rule = Rule {
    id: "network-change-ignored",
    summary: "change of a network that Docker passes over",
    group: Group::Network,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Change(check),
};

fn check(diff: &Diff, _: &Deployment, found: &mut Findings) {
    for it in diff.changes() {
        let is_ignored = it.object == Object::Network && it.outcome == Outcome::Ignored;
        let Some(span) = it.span.filter(|_| is_ignored) else { continue };
        let names: Vec<String> = it.fields.iter().map(|it| code(&it.name)).collect();
        let message = format!("the network {} keeps its old {}", code(&it.name), names.join(", "));
        found
            .report(span, message)
            .help("networks that exist are never updated: give it another name");
    }
}
