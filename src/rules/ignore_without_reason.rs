//! A comment silences a rule and does not say why.
//!
//! ## Why
//!
//! Whoever reads it later cannot tell a considered exception from a finding that somebody wanted
//! out of the way.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   # swarm-plan: ignore[image-missing]
//!   web:
//!     deploy: {replicas: 2}
//! ```
//!
//! ## Fix
//!
//! Say why behind the bracket:
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
use crate::suppression::Directive;

pub(super) const RULE: Rule = Rule {
    id: "ignore-without-reason",
    summary: "ignore comment without a reason",
    group: Group::Suppressions,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Suppression(check),
};

fn check(directive: &Directive, found: &mut Findings) {
    if directive.malformed.is_none() && found.text(directive.reason).trim().is_empty() {
        found
            .report(directive.span, "the comment does not say why")
            .help("write the reason behind the bracket");
    }
}
