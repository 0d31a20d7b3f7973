//! The manager refuses what it is sent.
//!
//! ## Why
//!
//! Docker sends the stack part by part, and the manager checks each. The deploy stops there: what
//! came before is created already.
//!
//! ## Fix
//!
//! Correct the value that the finding names.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::refused::refused;
use crate::stack::problem::Problem;

pub(super) const RULE: Rule = Rule {
    id: "spec-refused",
    summary: "manager refuses what it is sent",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Some(refusal) = refused(problem, RULE.id) else { return };
    let finding = found.report(problem, format!("Swarm refuses this: {}", refusal.reason));
    finding.help("correct the value, or remove it");
    if let Some((span, text)) = refusal.other {
        finding.related(*span, text);
    }
}
