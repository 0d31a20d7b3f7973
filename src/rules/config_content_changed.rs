//! The content of a config changed under its name.
//!
//! ## Why
//!
//! Swarm does not let the content of a config change. The deploy stops in the middle: networks, and
//! what comes before, are changed already, and no service is.
//!
//! ## Example
//!
//! ```text old/site.conf
//! one
//! ```
//!
//! ```text site.conf
//! two
//! ```
//!
//! ```yaml old.yml
//! services:
//!   web:
//!     image: nginx:1.27
//!     configs: [{source: site, target: /etc/site}]
//! configs:
//!   site: {file: ./site.conf}
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     configs: [{source: site, target: /etc/site}]
//! configs:
//!   site: {file: ./site.conf}
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
//!     configs: [{source: site, target: /etc/site}]
//! configs:
//!   site:
//!     name: site-2
//!     file: ./site.conf
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/controlapi/config.go`.

use crate::diagnostic::Severity;
use crate::plan::diff::{Diff, Object, Outcome};
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::words::code;

pub(super) const RULE: Rule = Rule {
    id: "config-content-changed",
    summary: "config has another content under the same name",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Change(check),
};

fn check(diff: &Diff, _: &Deployment, found: &mut Findings) {
    for it in diff.changes().filter(|it| it.object == Object::Config) {
        let is_other = |it: &crate::plan::diff::Field| {
            it.path == "Data" && it.outcome == Outcome::Fails
        };
        let Some(span) = it.span.filter(|_| it.fields.iter().any(is_other)) else { continue };
        let message = format!("the content of the config {} is another one", code(&it.name));
        let finding = found.report(span, message);
        finding.help("give it a `name` that changes with the content");
        finding.notes.extend(it.message.iter().map(|it| format!("Docker says: {it}")));
    }
}
