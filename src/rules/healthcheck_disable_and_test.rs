//! A healthcheck is disabled and has a test.
//!
//! ## Why
//!
//! Docker refuses the deploy, while `docker stack config` lets it pass. A merge is the usual cause:
//! one file has the test and the other disables it.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     healthcheck:
//!       disable: true
//!       test: [CMD, "true"]
//! ```
//!
//! ## Fix
//!
//! Keep one of the two:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     healthcheck:
//!       disable: true
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/convert/service.go`.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "healthcheck-disable-and-test",
    summary: "healthcheck is disabled and has a test",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    if !matches!(problem.kind, Kind::TestAndDisable) {
        return;
    }
    let test = found.site(problem.span).and_then(|it| it.child("test"));
    let patch = test.and_then(|it| it.remove());
    found
        .report(problem, "the healthcheck is disabled and has a `test`")
        .help("remove `test`, or `disable: true`")
        .fix(Patch::safe(patch, "remove `test`"));
}
