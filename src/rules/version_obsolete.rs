//! `version` has been without use since Docker 23.
//!
//! ## Why
//!
//! Without it Docker takes its newest schema. An old number only forbids keys that came later.
//!
//! ## Example
//!
//! ```yaml bad
//! version: "3.8"
//! services:
//!   web:
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Remove it, unless clients before version 23 read the file:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/schema/schema.go`: the default version.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::source::Place;
use crate::stack::Stack;

pub(super) const RULE: Rule = Rule {
    id: "version-obsolete",
    summary: "`version` says nothing any more",
    group: Group::Compose,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    for file in &stack.files {
        let root = file.document.root.as_map();
        let Some(entry) = root.and_then(|it| it.entry("version")) else { continue };
        // Files of one stack must agree, and what Docker refuses comes first.
        let alone = stack.files.len() == 1 && stack.problems.iter().all(|it| it.refusal.is_none());
        let site = found.site(entry.key.span).filter(|_| alone);
        found
            .report(Place::at(entry.key.span), "`version` has no use any more")
            .help("remove it, unless clients before Docker 23 read the file")
            .fix(Patch::safe(site.and_then(|it| it.remove()), "remove `version`"));
    }
}
