//! A service of the stack runs that the file has no more.
//!
//! ## Why
//!
//! Docker removes nothing by itself: a service that was taken out of the file, or got another name, runs
//! on, holds its ports and memory, and answers under its old name.
//!
//! ## Example
//!
//! ```yaml old.yml
//! services:
//!   web:
//!     image: nginx:1.27
//!   legacy:
//!     image: redis:7.4
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Deploy with `--prune`, or remove it with `docker service rm`. A service that is still wanted belongs
//! into the file:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!   legacy:
//!     image: redis:7.4
//! ```
//!
//! ## Source
//!
//! docker/cli, `cli/command/stack`, `--prune`.

use crate::diagnostic::Severity;
use crate::plan::diff::{Diff, Note, Object};
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::words::code;

pub(super) const RULE: Rule = Rule {
    id: "orphaned-service",
    summary: "service that runs on without the file",
    group: Group::Rollout,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Change(check),
};

fn check(diff: &Diff, deployment: &Deployment, found: &mut Findings) {
    let top = deployment.stack.files.first().map(|it| {
        let services = it.document.root.as_map().and_then(|it| it.entry("services"));
        services.map_or(it.document.root.span(), |it| it.key.span)
    });
    for left in diff.left.iter().filter(|it| it.object == Object::Service) {
        let renamed = diff.changes().find(|it| {
            let is_it = |it: &Note| matches!(it, Note::RenamedFrom { old, .. } if *old == left.name);
            it.notes.iter().any(is_it)
        });
        let Some(span) = renamed.and_then(|it| it.span).or(top) else { continue };
        let message = match renamed {
            Some(it) => format!("{} runs on beside {}", code(&left.name), code(&it.name)),
            None => format!("{} runs on, though the file has it no more", code(&left.name)),
        };
        let help = format!("deploy with `--prune`, or `docker service rm {}`", left.name);
        found.report(span, message).help(help);
    }
}
