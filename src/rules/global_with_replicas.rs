//! `replicas` stands beside a global mode.
//!
//! ## Why
//!
//! A global service has one task on each node. Docker refuses a number of replicas, but only when
//! it deploys: `docker stack config` lets it pass.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       mode: global
//!       replicas: 2
//! ```
//!
//! ## Fix
//!
//! Remove `replicas`, or the mode:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       mode: global
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/convert/service.go`.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "global-with-replicas",
    summary: "`replicas` beside a global mode",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::ReplicasWithoutReplicated { mode } = &problem.kind else { return };

    let patch = found.site(problem.span).and_then(|it| it.remove());
    found
        .report(problem, format!("`replicas` has no meaning with mode {}", code(mode)))
        .help("remove `replicas`, or write `mode: replicated`")
        .fix(Patch::safe(patch, "remove `replicas`"));
}
