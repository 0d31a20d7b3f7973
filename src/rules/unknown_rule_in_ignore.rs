//! A comment silences a rule that does not exist.
//!
//! ## Why
//!
//! It silences nothing: the finding that it was meant for is still reported.
//!
//! ## Example
//!
//! ```yaml bad also image-missing
//! services:
//!   # swarm-plan: ignore[image-mising] the override file names it
//!   web:
//!     deploy: {replicas: 2}
//! ```
//!
//! ## Fix
//!
//! Correct the name; `swarm-plan rules` lists all:
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
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules;
use crate::rules::words::code;
use crate::suppression::{Directive, Standing};

pub(super) const RULE: Rule = Rule {
    id: "unknown-rule-in-ignore",
    summary: "ignore comment names no rule",
    group: Group::Suppressions,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Suppression(check),
};

fn check(directive: &Directive, found: &mut Findings) {
    for name in directive.names.iter().filter(|it| it.standing == Standing::Unknown) {
        let patch = rules::nearest(&name.id).map(|it| Patch::raw(name.span, it));
        let help = rules::nearest(&name.id).map(|it| format!("did you mean `{it}`?"));
        found
            .report(name.span, format!("no rule is named {}", code(&name.id)))
            .help(help.unwrap_or_else(|| "`swarm-plan rules` lists all rules".to_owned()))
            .fix(Patch::risky(patch, "name the rule that is meant"));
    }
}
