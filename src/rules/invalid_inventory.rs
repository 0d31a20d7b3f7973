//! The inventory of nodes holds something that cannot be used.
//!
//! ## Why
//!
//! The inventory says what exists and where tasks may run. What is wrong in it is left out, so answers
//! about placement and external objects may be wrong as well.
//!
//! ## Example
//!
//! ```yaml nodes.yml bad
//! nodes:
//!   m1: {role: manager, memmory: 8GiB}
//! ```
//!
//! ## Fix
//!
//! Correct the place that the finding names; `swarm-plan schema nodes` prints what may stand where.
//!
//! ```yaml nodes.yml good
//! nodes:
//!   m1: {role: manager, memory: 8GiB}
//! ```

use crate::cluster::{Kind, Problem};
use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::{code, did_you_mean, listed};

pub(super) const RULE: Rule = Rule {
    id: "invalid-inventory",
    summary: "inventory holds something that cannot be used",
    group: Group::Inventory,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Inventory(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let finding = found.report(problem.span, problem.message.clone());
    match &problem.kind {
        Kind::DuplicateKey { first, .. } | Kind::DuplicateNode { first, .. } => {
            finding.related(*first, "the first is here");
        }
        Kind::UnknownKey { key, known } => {
            finding.help(
                did_you_mean(key, known.iter().copied())
                    .unwrap_or_else(|| format!("known here are {}", listed(known.iter().copied()))),
            );
        }
        Kind::UnknownWord { word, known, .. } => {
            finding.help(
                did_you_mean(word, known.iter().copied())
                    .unwrap_or_else(|| format!("write one of {}", listed(known.iter().copied()))),
            );
        }
        Kind::LabelNotText { text, .. } => {
            finding.at_most(Severity::Warning).help(format!("quote it: {}", code(&format!("\"{text}\""))));
        }
        _ => {}
    }
}
