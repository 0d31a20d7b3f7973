//! Two files give a service a health check, and Docker joins the two.
//!
//! ## Why
//!
//! When files are merged, the words of the second test follow those of the first: `[CMD, a]` and
//! `[CMD, b]` become `[CMD, a, CMD, b]`, and `a` is run with arguments that nobody meant.
//!
//! ## Example
//!
//! ```yaml stack.yml
//! services:
//!   web:
//!     image: nginx:1.27
//!     healthcheck:
//!       test: [CMD, curl, "http://localhost/"]
//! ```
//!
//! ```yaml override.yml bad
//! services:
//!   web:
//!     healthcheck:
//!       test: [CMD, curl, "http://localhost/health"]
//! ```
//!
//! ## Fix
//!
//! Keep the test in one of the files:
//!
//! ```yaml override.yml good
//! services:
//!   web:
//!     deploy: {replicas: 2}
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader/merge.go`: lists are appended.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::merged::{both, pairs};
use crate::stack::Stack;

pub(super) const RULE: Rule = Rule {
    id: "healthcheck-tests-joined",
    summary: "health checks of two files become one",
    group: Group::Rollout,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    for (base, over) in pairs(stack) {
        for (_, theirs, ours) in both(base, over) {
            let test = |it: &'_ crate::yaml::Node| {
                let test = it.get("healthcheck")?.get("test")?;
                let is_empty = test.is_null() || test.as_text() == Some("");
                (!is_empty).then_some(test.place)
            };
            if let (Some(first), Some(second)) = (test(theirs), test(ours)) {
                found
                    .report(second, "Docker puts these words behind those of the other file")
                    .related(first.span, "the first part")
                    .help("keep the test in one of the files");
            }
        }
    }
}
