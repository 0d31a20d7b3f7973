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

use crate::diagnostic::{Fix, Severity};
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::source::Span;
use crate::suppression::{Directive, Name, Standing};

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
        let fix = Patch::safe(without(name, directive, found.whole_text(name.span)), "remove it");
        found
            .report(name.span, format!("{} has nothing to silence here", code(&name.id)))
            .help("remove it")
            .fix(fix.map(Fix::without_effect));
    }
}

/// The comment without a name; no comment where no name is of use.
fn without(name: &Name, directive: &Directive, text: &str) -> Option<Patch> {
    if directive.names.iter().all(|it| it.standing == Standing::Unused) {
        return Some(Patch::comment(text, directive.span));
    }
    let (start, end) = (name.span.start(), name.span.end());
    let behind = text.get(end..)?;
    let before = text.get(..start)?.trim_end();
    let range = match behind.trim_start().strip_prefix(',') {
        Some(rest) => start..text.len() - rest.trim_start().len(),
        None => before.strip_suffix(',')?.len()..end,
    };
    Some(Patch::raw(Span::new(name.span.source, range.start, range.end), ""))
}
