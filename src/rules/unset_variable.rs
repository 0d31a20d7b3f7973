//! A variable has neither a value nor a default.
//!
//! ## Why
//!
//! Docker puts nothing in its place and says nothing. Where an image, a port or a number needs the
//! variable the deploy fails; elsewhere the service starts with an empty value. `docker stack`
//! reads no `.env` file: only variables of the shell count, or those that `--env-file` names here.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: "nginx:${TAG}"
//! ```
//!
//! ## Fix
//!
//! Export the variable before the deploy, or write a default:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: "nginx:${TAG:-1.27}"
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/template/template.go`.

use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::dollars::is_meant_for_container;
use crate::rules::words::code;
use crate::source::{Place, Span};
use crate::stack::{Kind, Stack, VariableUse};

/// The most further uses of a variable that are shown.
const MOST_USES: usize = 4;

pub(super) const RULE: Rule = Rule {
    id: "unset-variable",
    summary: "variable without a value and without a default",
    group: Group::Variables,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    let mut uses: BTreeMap<&str, Vec<&VariableUse>> = BTreeMap::new();
    let casts: Vec<Span> = stack
        .problems
        .iter()
        .filter(|it| matches!(it.kind, Kind::Cast { .. }))
        .map(|it| it.span)
        .collect();
    for it in stack.variables.iter().filter(|it| !it.is_set && !it.has_default && !it.is_required) {
        // What becomes of a typed field, and a dollar sign to be doubled, are told by other rules.
        if casts.contains(&it.place.span) || is_meant_for_container(it, stack, found) {
            continue;
        }
        uses.entry(&it.name).or_default().push(it);
    }
    for (name, uses) in uses {
        if found.allows(name) {
            continue;
        }
        // The use that hurts most, else the first.
        let worst = uses.iter().find_map(|it| Some((*it, refusal(stack, it)?)));
        let (shown, docker) = worst.map_or((uses[0], None), |(it, docker)| (it, Some(docker)));
        let span = shown.place.part(shown.range.start, shown.range.end);
        let at = Place { span, ..shown.place };
        let finding = found.report(at, format!("the variable {} is not set", code(name)));
        match docker {
            Some(docker) => {
                finding.note(format!("with nothing in its place Docker says: {docker}"))
            }
            None => finding.at_most(Severity::Warning).note("Docker puts nothing in its place"),
        };
        for other in uses.iter().filter(|it| it.place != shown.place).take(MOST_USES) {
            let span = other.place.part(other.range.start, other.range.end);
            finding.related(span, "also used here");
        }
        finding.help(format!(
            "export {}, give it a default as in {}, or name a file with `--env-file`",
            code(name),
            code(&format!("${{{name}:-default}}"))
        ));
    }
}

/// What Docker says of the text that uses the variable, where it refuses it.
fn refusal<'s>(stack: &'s Stack, it: &VariableUse) -> Option<&'s str> {
    let inside = |span: Span| {
        let outer = it.place.span;
        span.source == outer.source && span.start() < outer.end() && outer.start() <= span.start()
    };
    let problem = stack.incomplete.iter().find(|it| it.refusal.is_some() && inside(it.span))?;
    problem.refusal.as_ref().map(|it| it.text.as_str())
}
