//! A port is published by another service of the stack as it runs.
//!
//! ## Why
//!
//! A published port belongs to one service. One that runs under an old name holds it on: Docker removes
//! nothing without `--prune`. One that gives the port up in the same deploy may come later, as Docker
//! takes services in random order. In both cases the deploy stops in the middle.
//!
//! ## Example
//!
//! ```yaml old.yml
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports: ["80:80"]
//!   admin:
//!     image: nginx:1.27
//!     ports: ["81:80"]
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports: ["82:80"]
//!   admin:
//!     image: nginx:1.27
//!     ports: ["80:80"]
//! ```
//!
//! ## Fix
//!
//! Free the port in a deploy of its own, or publish another one:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports: ["82:80"]
//!   admin:
//!     image: nginx:1.27
//!     ports: ["83:80"]
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/controlapi/service.go`.

use crate::diagnostic::Severity;
use crate::plan::diff::{Change, Diff, Note};
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::words::code;

pub(super) const RULE: Rule = Rule {
    id: "port-held-by-another-service",
    summary: "port that another service holds when the deploy comes",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Change(check),
};

fn check(diff: &Diff, deployment: &Deployment, found: &mut Findings) {
    for it in diff.changes() {
        let freed = it.notes.iter().find_map(|it| match it {
            Note::PortFreed { port, by } => Some((port, by)),
            _ => None,
        });
        let message = match freed {
            Some((port, by)) => format!("port {port} is held by {} until it is updated", code(by)),
            // Where the inventory lists services, another rule says so.
            None if is_refused(it) && deployment.cluster.services.is_none() => {
                "a published port is held by a service that runs".to_owned()
            }
            None => continue,
        };
        let port = it.fields.iter().find(|it| it.path.contains("Ports[") && it.new.is_some());
        let Some(span) = port.and_then(|it| it.span).or(it.span) else { continue };
        let finding = found.report(span, message);
        finding.service.clone_from(&it.key);
        finding.help("publish another port, or free it in a deploy of its own");
        let word = if freed.is_some() { "Docker may say" } else { "Docker says" };
        finding.notes.extend(it.message.iter().map(|it| format!("{word}: {it}")));
    }
}

fn is_refused(it: &Change) -> bool {
    it.message.as_ref().is_some_and(|it| it.contains("is already in use by service"))
}
