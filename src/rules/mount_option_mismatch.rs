//! A mount has options of another kind of mount.
//!
//! ## Why
//!
//! Each type of mount has its own options, and its own rule for the source. Docker refuses what
//! belongs to another type, but only when it deploys: `docker stack config` lets it pass.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes:
//!       - {type: tmpfs, source: cache, target: /cache}
//! ```
//!
//! ## Fix
//!
//! Remove the options, or correct the type:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes:
//!       - {type: tmpfs, target: /cache}
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader/loader.go` and `cli/compose/convert/volume.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "mount-option-mismatch",
    summary: "mount has options of another kind of mount",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let message = match &problem.kind {
        Kind::BindWithoutSource => "a bind mount needs a `source`",
        Kind::MountMismatch { reason } => reason,
        _ => return,
    };
    found.report(problem, message).help("give each type of mount its own options only");
}
