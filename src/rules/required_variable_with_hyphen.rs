//! The message of a required variable contains `-`, which makes a default of it.
//!
//! ## Why
//!
//! Docker looks for `-` before it looks for `?`. In `${DB_PASSWORD:?missing-password}` it finds a
//! variable `DB_PASSWORD:?missing` with the default `password`: nothing is required, and the
//! variable is never read.
//!
//! ## Example
//!
//! ```console
//! $ export TAG=1.27
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: "nginx:${TAG:?set-it}"
//! ```
//!
//! ## Fix
//!
//! Write the message without `-`:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: "nginx:${TAG:?set it}"
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/template/template.go`.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::texts::{self, Item};
use crate::rules::words::code;
use crate::stack::Stack;
use crate::value::interpolation::substitute;

pub(super) const RULE: Rule = Rule {
    id: "required-variable-with-hyphen",
    summary: "message of a required variable is taken for a default",
    group: Group::Variables,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    if !texts::hold(stack, '$', found) {
        return;
    }
    texts::each(stack, &mut |_, item| {
        let Item::Text(text, node) = item else { return };
        if !text.contains('$') {
            return;
        }
        for it in &substitute(text, &|_| None).uses {
            let is_cut = it.name.len() > it.written.len();
            let rest = it.name.get(it.written.len()..).unwrap_or_default();
            if !is_cut || !(rest.starts_with('?') || rest.starts_with(":?")) {
                continue;
            }
            let message = it.name_range.end..it.range.end;
            let without = text.get(message.clone()).unwrap_or_default().replace('-', " ");
            let patch = Patch::part(node.place, &message, &without);
            let span = node.place.part(it.range.start, it.range.end);
            found
                .report(span, format!("{} is not required: `-` in the message begins a default", code(&it.written)))
                .help("write the message without `-`")
                .fix(Patch::safe(patch, "write the message without `-`"));
        }
    });
}
