//! A secret is declared and used by no service.
//!
//! ## Why
//!
//! Docker creates every secret of the file, also one that no service gets. It is a remnant, or a
//! service lacks it.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//! secrets:
//!   spare:
//!     external: true
//! ```
//!
//! ## Fix
//!
//! Remove it, or give it to the service that is meant to have it.
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     secrets: [back]
//! secrets:
//!   back:
//!     external: true
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/command/stack/swarm/deploy_composefile.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::unused;
use crate::stack::Stack;
use crate::stack::model::{Text, is_true};
use crate::stack::problem::Object;

pub(super) const RULE: Rule = Rule {
    id: "unused-secret",
    summary: "secret is declared and used by no service",
    group: Group::References,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    let references = stack.services.iter().flat_map(|it| &it.secrets);
    let used: Vec<&Text> = references.filter_map(|it| it.source.as_ref()).collect();
    let declared = stack.secrets.iter().map(|it| (&it.name, is_true(&it.external)));
    unused::report(Object::Secret, declared, &used, stack, found);
}
