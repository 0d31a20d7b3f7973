//! A service that runs has another mode in the file.
//!
//! ## Why
//!
//! Swarm changes no mode of a service: not from replicated to global, nor to a job. The deploy stops at
//! this service; others are updated or not, by chance.
//!
//! ## Example
//!
//! ```yaml old.yml
//! services:
//!   agent:
//!     image: nginx:1.27
//! ```
//!
//! ```yaml bad
//! services:
//!   agent:
//!     image: nginx:1.27
//!     deploy: {mode: global}
//! ```
//!
//! ## Fix
//!
//! Remove the service before the deploy, with `docker service rm`, or give it another name:
//!
//! ```yaml good
//! services:
//!   agent-everywhere:
//!     image: nginx:1.27
//!     deploy: {mode: global}
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/controlapi/service.go`.

use crate::diagnostic::Severity;
use crate::plan::diff::{Diff};
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::words::code;

pub(super) const RULE: Rule = Rule {
    id: "service-mode-changed",
    summary: "mode of a running service cannot change",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Change(check),
};

fn check(diff: &Diff, _: &Deployment, found: &mut Findings) {
    for it in diff.changes() {
        let Some(field) = it.fields.iter().find(|it| it.path == "Mode") else { continue };
        let Some(span) = field.span.or(it.span) else { continue };
        let word = |it: &Option<serde_json::Value>| {
            it.as_ref().and_then(|it| it.as_str()).unwrap_or_default().to_owned()
        };
        let (old, new) = (word(&field.old), word(&field.new));
        let message = format!("the service {} runs as {old}, not as {new}", code(&it.name));
        let finding = found.report(span, message);
        finding.service.clone_from(&it.key);
        finding.help(format!("remove it first: `docker service rm {}`", it.name));
        finding.notes.extend(it.message.iter().map(|it| format!("Docker says: {it}")));
    }
}
