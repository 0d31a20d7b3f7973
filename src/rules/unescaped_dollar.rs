//! A dollar sign that is meant for the container is taken by Docker.
//!
//! ## Why
//!
//! Docker puts variables of the shell that deploys into every text. A variable of the container,
//! or a hash such as `$apr1$…`, has to be written with `$$`, or nothing stands in its place.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   db:
//!     image: nginx:1.27
//!     environment: {DB_NAME: shop}
//!     command: sh -c "serve --db $DB_NAME"
//! ```
//!
//! ## Fix
//!
//! Double the dollar sign:
//!
//! ```yaml good
//! services:
//!   db:
//!     image: nginx:1.27
//!     environment: {DB_NAME: shop}
//!     command: sh -c "serve --db $$DB_NAME"
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/template/template.go`: `$$` stands for one dollar sign.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::dollars::is_meant_for_container;
use crate::rules::words::code;
use crate::stack::Stack;

pub(super) const RULE: Rule = Rule {
    id: "unescaped-dollar",
    summary: "dollar sign that is meant for the container",
    group: Group::Variables,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    for it in &stack.variables {
        if !is_meant_for_container(it, stack, found) {
            continue;
        }
        let dollar = it.range.start..it.range.start + 1;
        let patch = Patch::part(it.place, &dollar, "$$");
        found
            .report(
                it.place.part(it.range.start, it.range.end),
                format!("{} is not set here, and the container does not see it", code(&it.name)),
            )
            .help(format!("double the dollar sign: {}", code(&format!("$${}", it.name))))
            .fix(Patch::risky(patch, "double the dollar sign"));
    }
}
