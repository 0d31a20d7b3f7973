//! The inventory of nodes holds something that cannot be used.
//!
//! ## Why
//!
//! The inventory says what exists and where tasks may run. What is wrong in it is left out, so
//! answers about placement and external objects may be wrong as well.
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
//!
//! ## Source
//!
//! `swarm-plan schema nodes`.

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
    let Some(help) = help(&problem.kind) else { return };
    let finding = found.report(problem.span, problem.message.clone());
    finding.help(help);
    match &problem.kind {
        Kind::DuplicateKey { first, .. } | Kind::DuplicateNode { first, .. } => {
            finding.related(*first, "the first is here");
        }
        Kind::LabelNotText { .. } => {
            finding.at_most(Severity::Warning);
        }
        _ => {}
    }
}

/// What to do; none where it is another rule's.
fn help(kind: &Kind) -> Option<String> {
    Some(match kind {
        Kind::Drift(_) => return None,
        Kind::Syntax => "correct the text here, or just above".to_owned(),
        Kind::DuplicateKey { .. } => "keep one of the two".to_owned(),
        Kind::UnknownKey { key, known } => {
            let known = known.iter().copied();
            did_you_mean(key, known.clone())
                .unwrap_or_else(|| format!("known here are {}", listed(known)))
        }
        Kind::UnknownWord { word, known, .. } => {
            let known = known.iter().copied();
            did_you_mean(word, known.clone())
                .unwrap_or_else(|| format!("write one of {}", listed(known)))
        }
        Kind::WrongType { wanted, .. } => format!("write {wanted}"),
        Kind::BadValue { .. } => {
            "correct the value: `swarm-plan schema nodes` says what may stand here".to_owned()
        }
        Kind::MissingKey { key } => format!("add {}", code(&format!("{key}:"))),
        Kind::LabelNotText { text, .. } => {
            format!("put it in quotes: {}", code(&format!("\"{text}\"")))
        }
        Kind::DuplicateNode { what, .. } => {
            format!("remove one of the nodes, or correct its {}", what.word())
        }
        Kind::UnknownNode { .. } => "correct the name, or add the node under `nodes`".to_owned(),
        Kind::UnknownService { .. } => {
            "correct the name, or add the service under `services`".to_owned()
        }
        Kind::BadSpec => "write what `docker service inspect` prints, or the short form".to_owned(),
    })
}
