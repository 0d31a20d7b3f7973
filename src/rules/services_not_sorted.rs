//! Services do not stand in the order of their names.
//!
//! ## Why
//!
//! In a long file a service is found faster, and two branches that add one each meet less often.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!   api:
//!     image: example/api:4.2
//! ```
//!
//! ## Fix
//!
//! Sort them:
//!
//! ```yaml good
//! services:
//!   api:
//!     image: example/api:4.2
//!   web:
//!     image: nginx:1.27
//! ```
//!
//! ## Source
//!
//! A matter of taste.

use crate::diagnostic::{Fix, Severity};
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::Stack;

pub(super) const RULE: Rule = Rule {
    id: "services-not-sorted",
    summary: "services not in the order of their names",
    group: Group::Style,
    severity: Severity::Hint,
    preset: Preset::All,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    // After a merge of several files Docker has them in order anyway.
    if stack.files.len() != 1 {
        return;
    }
    for pair in stack.services.windows(2) {
        if pair[0].name.value > pair[1].name.value {
            let (before, after) = (code(&pair[0].name.value), code(&pair[1].name.value));
            let services = found.site(pair[1].name.span()).and_then(|it| it.up());
            let patch = services.and_then(|it| it.sort_entries());
            found
                .report(pair[1].name.place, format!("{after} stands after {before}"))
                .help("sort the services")
                .fix(Patch::safe(patch, "sort the services").map(Fix::without_effect));
            return;
        }
    }
}
