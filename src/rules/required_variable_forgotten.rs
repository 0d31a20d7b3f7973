//! A text requires a variable, and another one after it makes Docker forget that.
//!
//! ## Why
//!
//! Docker keeps what it found wrong with the last variable of a text only. In `${A:?} ${B}`
//! nothing is said when `A` is missing: an empty text takes its place.
//!
//! ## Example
//!
//! ```console
//! $ export NAME=shop
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     environment:
//!       ADDRESS: ${NAME:?}:${PORT:-80}
//! ```
//!
//! ## Fix
//!
//! Write the required variable last, or require the last one as well:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     environment:
//!       ADDRESS: ${NAME:?}:80
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/template/template.go`: the error of a match replaces that of
//! the one before.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::texts::{self, Item};
use crate::rules::words::code;
use crate::stack::Stack;
use crate::value::interpolation::{ErrorKind, substitute};

pub(super) const RULE: Rule = Rule {
    id: "required-variable-forgotten",
    summary: "a later variable makes Docker forget a required one",
    group: Group::Variables,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    if !texts::hold(stack, '?', found) {
        return;
    }
    texts::each(stack, &mut |_, item| {
        let Item::Text(text, node) = item else { return };
        if !text.contains('?') || !text.contains('$') {
            return;
        }
        // A variable that is required further on stops the deploy all the same.
        let names = substitute(text, &|_| None);
        let last = names.result.is_err();
        for it in names.lost.iter().filter(|_| !last) {
            let ErrorKind::Required { name, .. } = &it.kind else { continue };
            let span = node.place.part(it.range.start, it.range.end);
            found
                .report(span, format!("Docker forgets that {} is required: a variable follows", code(name)))
                .help("write it last, or require the last variable of the text as well");
        }
    });
}
