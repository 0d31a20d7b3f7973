//! An external object has options.
//!
//! ## Why
//!
//! What is external exists already: options for its creation contradict that. Docker refuses a
//! volume with them and drops them elsewhere, as it refuses two names.
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
//! Remove the options, or `external`:
//!
//! ```yaml good
//! services: {}
//! volumes:
//!   data:
//!     external: true
//! ```

use crate::diagnostic::Severity;
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
    found.report(problem, message).help(format!("remove `{key}`, or `external`"));
}
