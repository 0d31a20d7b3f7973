//! A mapping has two merge keys.
//!
//! ## Why
//!
//! Two `<<` are a key that stands twice. Docker refuses the file.
//!
//! ## Example
//!
//! ```yaml bad
//! x-a: &a {init: true}
//! x-b: &b {tty: true}
//! services:
//!   web:
//!     image: nginx:1.27
//!     <<: *a
//!     <<: *b
//! ```
//!
//! ## Fix
//!
//! Give one merge key a list. The earlier entry wins:
//!
//! ```yaml good
//! x-a: &a {init: true}
//! x-b: &b {tty: true}
//! services:
//!   web:
//!     image: nginx:1.27
//!     <<: [*a, *b]
//! ```
//!
//! ## Source
//!
//! `gopkg.in/yaml.v3` 3.0.1, which Docker CLI 28.2.2 reads files with.

use std::ops::Range;

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::source::Span;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-merge-key",
    summary: "mapping has two merge keys",
    group: Group::Yaml,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::DuplicateKey { key, first } = &problem.kind else { return };

    if key != "<<" {
        return;
    }
    let patch = join(found.whole_text(problem.span), *first, problem.span);
    found
        .report(problem, "a second merge key `<<` in one mapping")
        .related(*first, "first written here")
        .help("write one merge key with a list: `<<: [*a, *b]`")
        .fix(Patch::safe(patch, "merge both with one key"));
}

/// Brings the aliases of the second key to those of the first.
fn join(text: &str, first: Span, again: Span) -> Option<Patch> {
    let line = |span: Span| {
        let start = text.get(..span.start())?.rfind('\n').map_or(0, |it| it + 1);
        let end = text.get(span.end()..)?.find('\n').map_or(text.len(), |it| span.end() + it + 1);
        text.get(start..span.start())?.chars().all(|c| c == ' ').then_some(start..end)
    };
    let (whole, (_, second)) = (line(again)?, aliases(text, again, line(again)?.end)?);
    let (place, one) = aliases(text, first, line(first)?.end)?;
    let list = Patch::raw(Span::new(first.source, place.start, place.end), format!("[{one}, {second}]"));
    list.and(Patch::raw(Span::new(again.source, whole.start, whole.end), ""))
}

/// The aliases after a merge key, and where they stand, if nothing else stands on their line.
fn aliases(text: &str, key: Span, line_end: usize) -> Option<(Range<usize>, &str)> {
    let rest = text.get(key.end()..line_end)?;
    let value = rest.strip_prefix(':')?.split(" #").next()?.trim();
    let start = key.end() + rest.find(value)?;
    let list = value.strip_prefix('[').and_then(|it| it.strip_suffix(']')).unwrap_or(value).trim();
    let is_alias = |it: &str| it.trim().starts_with('*') && !it.contains([' ', '{', '#']);
    let known = list.split(',').map(str::trim).all(is_alias);
    known.then_some((start..start + value.len(), list))
}
