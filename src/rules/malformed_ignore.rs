//! A comment for swarm-plan cannot be read.
//!
//! ## Why
//!
//! Such a comment silences nothing, and the findings that it was meant for are still reported.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27  # swarm-plan: ingore[image-missing]
//! ```
//!
//! ## Fix
//!
//! Write `ignore[rule]` on the line or above the block, or `ignore-file[rule]` above the first key:
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
use crate::suppression::{Directive, Malformed};

pub(super) const RULE: Rule = Rule {
    id: "malformed-ignore",
    summary: "ignore comment cannot be read",
    group: Group::Suppressions,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Suppression(check),
};

fn check(directive: &Directive, found: &mut Findings) {
    let Some(malformed) = directive.malformed else { return };
    let (message, help) = match malformed {
        Malformed::Verb => (
            "swarm-plan knows `ignore[…]` and `ignore-file[…]` only",
            "write `# swarm-plan: ignore[rule-id] reason`",
        ),
        Malformed::NoRules => {
            ("no rule is named in brackets", "write `# swarm-plan: ignore[rule-id] reason`")
        }
        Malformed::NotAtTop => (
            "`ignore-file` stands below the first key and silences nothing",
            "move it to the top of the file, or write `ignore[…]` for the block below",
        ),
    };
    found.report(directive.span, message).help(help);
}
