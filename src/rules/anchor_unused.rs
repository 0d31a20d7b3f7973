//! An anchor is used by no alias.
//!
//! ## Why
//!
//! It is a remnant, or an alias is misspelt or was forgotten.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web: &web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Remove it, or use it:
//!
//! ```yaml good
//! services:
//!   web: &web
//!     image: nginx:1.27
//!   other: *web
//! ```
//!
//! ## Source
//!
//! YAML 1.2, section 6.9.2.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::Stack;

pub(super) const RULE: Rule = Rule {
    id: "anchor-unused",
    summary: "anchor that nothing uses",
    group: Group::Yaml,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    let anchors = stack.files.iter().flat_map(|it| &it.document.anchors);
    for it in anchors.filter(|it| it.uses.is_empty()) {
        found
            .report(it.span, format!("nothing uses the anchor {}", code(&it.name)))
            .help("remove it");
    }
}
