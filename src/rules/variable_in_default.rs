//! A default contains a variable, which Docker does not put in.
//!
//! ## Why
//!
//! Defaults are taken as they stand: `${A:-${B}}` becomes `${B}`, and so does the value in the
//! container.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     environment:
//!       URL: ${URL:-http://${NAME}}
//! ```
//!
//! ## Fix
//!
//! Write the value out, or set the variable before the deploy:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     environment:
//!       URL: ${URL:-http://localhost}
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/template/template.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::texts::{self, Item};
use crate::rules::words::code;
use crate::stack::Stack;
use crate::value::interpolation::{Operator, substitute};

pub(super) const RULE: Rule = Rule {
    id: "variable-in-default",
    summary: "variable inside the default of another",
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
            let is_default = matches!(it.operator, Some(Operator::DefaultIfEmpty | Operator::DefaultIfUnset));
            let begins = it.argument.find('$').and_then(|at| it.argument.get(at + 1..));
            let is_variable = begins.is_some_and(|it| it.starts_with(|c: char| c == '{' || c == '_' || c.is_ascii_alphabetic()));
            if !is_default || !is_variable || !it.braced {
                continue;
            }
            let span = node.place.part(it.range.start, it.range.end);
            found
                .report(span, format!("the default of {} contains a variable, which is not put in", code(&it.written)))
                .help("write the value out, or set the variable before the deploy");
        }
    });
}
