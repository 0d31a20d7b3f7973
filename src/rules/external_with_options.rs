//! An external object has options.
//!
//! ## Why
//!
//! What is external exists already, so options for its creation contradict it. Docker refuses an
//! external volume that has them, and any object with both a `name` and the old `external.name`.
//!
//! ## Example
//!
//! ```yaml bad
//! services: {}
//! volumes:
//!   data:
//!     external: true
//!     driver: local
//! ```
//!
//! ## Fix
//!
//! Remove the options, or remove `external`:
//!
//! ```yaml good
//! services: {}
//! volumes:
//!   data:
//!     external: true
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader/loader.go`.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "external-with-options",
    summary: "external object has options",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::ExternalConflict { object, key } = &problem.kind else { return };

    let object = object.word();
    let message = if *key == "name" {
        format!("the {object} has a `name` and the old `external.name`")
    } else {
        format!("an external {object} takes no `{key}`")
    };
    let site = found.site(problem.span).filter(|_| *key != "name");
    let patch = site.and_then(|it| it.remove());
    found
        .report(problem, message)
        .help(format!("remove `{key}`, or `external`"))
        .fix(Patch::risky(patch, format!("remove `{key}`")));
}
