//! A comment silences a rule that has nothing to say.
//!
//! ## Why
//!
//! Either the cause is mended, or the comment stands at the wrong place. If it stays, it hides the
//! next finding that nobody has seen yet.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27  # swarm-plan: ignore[image-missing] not needed
//! ```
//!
//! ## Fix
//!
//! Remove it, or move it to the line of the finding:
//!
//! ```yaml good
//! services:
//!   # swarm-plan: ignore[image-missing] the override file names it
//!   web:
//!     deploy: {replicas: 2}
//! ```
//!
//! ## Source
//!
//! The comments that swarm-plan reads; see README.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::suppression::{Directive, Standing};

pub(super) const RULE: Rule = Rule {
    id: "unused-ignore",
    summary: "ignore comment silences nothing",
    group: Group::Suppressions,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Suppression(check),
};

fn check(directive: &Directive, found: &mut Findings) {
    for name in directive.names.iter().filter(|it| it.standing == Standing::Unused) {
        found
            .report(name.span, format!("{} has nothing to silence here", code(&name.id)))
            .help("remove it");
    }
}
