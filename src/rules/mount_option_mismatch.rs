//! A mount has options of another kind of mount.
//!
//! ## Why
//!
//! Each type of mount has options and a source of its own; Docker refuses the others when it
//! deploys, and `docker stack config` lets them pass.
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
