//! A variable without braces is followed by a character that Docker takes for an operator.
//!
//! ## Why
//!
//! In `$HOST-$PORT` and `http://$HOST?a=1` Docker reads `-` and `?` as in `${HOST-default}`: what
//! follows is a default or a message, and never a part of the text.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     environment:
//!       ADDRESS: $HOST-$PORT
//! ```
//!
//! ## Fix
//!
//! Put the name in braces:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     environment:
//!       ADDRESS: ${HOST:-localhost}-${PORT:-80}
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
    id: "variable-without-braces",
    summary: "what follows a variable is taken for an operator",
    group: Group::Variables,
    severity: Severity::Warning,
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
            // A command after a name is no text that was meant to follow it.
            let is_command = it.argument.contains(char::is_whitespace);
            if is_command || it.braced || it.operator.is_none() || it.written.is_empty() || it.name != it.written {
                continue;
            }
            let name = it.name_range.clone();
            let patch = Patch::part(node.place, &name, &format!("{{{}}}", it.written));
            let span = node.place.part(it.range.start, it.range.end);
            found
                .report(span, format!("what follows {} is no text, but its default or message", code(&format!("${}", it.written))))
                .help(format!("put the name in braces: {}", code(&format!("${{{}}}", it.written))))
                .fix(Patch::risky(patch, "put the name in braces"));
        }
    });
}
