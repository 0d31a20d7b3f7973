//! Two secrets or two configs of a service have one target.
//!
//! ## Why
//!
//! Both would be mounted as the same file in the container. Docker refuses the deploy.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     secrets:
//!       - {source: a, target: key}
//!       - {source: b, target: key}
//! secrets:
//!   a: {external: true}
//!   b: {external: true}
//! ```
//!
//! ## Fix
//!
//! Give each a `target` of its own:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     secrets:
//!       - {source: a, target: key-a}
//!       - {source: b, target: key-b}
//! secrets:
//!   a: {external: true}
//!   b: {external: true}
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader/loader.go`; SwarmKit, `manager/controlapi/service.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::refused::{Refusal, refused};
use crate::rules::words::code;
use crate::stack::problem::{Kind, Problem, Refused};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-file-target",
    summary: "two secrets or two configs of a service have one target",
    group: Group::References,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    match (&problem.kind, refused(problem, RULE.id)) {
        (Kind::DuplicateTarget { object, name }, _) => {
            found
                .report(
                    problem,
                    format!("a second {} with the target of {}", object.word(), code(name)),
                )
                .help("give each a `target` of its own");
        }
        (_, Some(Refusal { subject: Refused::Target(object), other, .. })) => {
            let message = format!("a second {} with the same target", object.word());
            let finding = found.report(problem, message);
            finding.help("give each a `target` of its own");
            if let Some((span, text)) = other {
                finding.related(*span, text);
            }
        }
        _ => {}
    }
}
