//! The stack has no services, and nothing else that Docker creates.
//!
//! ## Why
//!
//! The deploy succeeds and does nothing. A key at the wrong level or a wrong file is the usual
//! cause.
//!
//! ## Example
//!
//! ```yaml bad
//! networks:
//!   front: {}
//! ```
//!
//! ## Fix
//!
//! Declare the services:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [front]
//! networks:
//!   front: {}
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2: networks are created for services only.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::source::Span;
use crate::stack::Stack;
use crate::stack::model::is_true;

pub(super) const RULE: Rule = Rule {
    id: "empty-stack",
    summary: "stack creates nothing",
    group: Group::Compose,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    let Some(file) = stack.files.first() else { return };
    let files = stack.secrets.iter().chain(&stack.configs);
    let creates = !stack.services.is_empty() || files.into_iter().any(|it| !is_true(&it.external));
    let is_refused = stack.problems.iter().chain(&stack.incomplete).any(|it| it.refusal.is_some());
    if creates || is_refused {
        return;
    }
    let start = file.document.root.span().start();
    found
        .report(Span::new(file.source, start, start), "the stack has no services: a deploy does nothing")
        .help("declare the services under `services`");
}
