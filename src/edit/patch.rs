//! Edits, and what they are meant to change.

use std::ops::Range;

use crate::diagnostic::{Change, Edit, Effect, Fix, Safety};
use crate::edit::layout;
use crate::source::{Place, Span, Written};

/// Edits that belong together, none over another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patch {
    pub edits: Vec<Edit>,
    pub changes: Vec<Change>,
}

impl Patch {
    /// Puts a text in place of the bytes of a span: what is read there may change.
    pub fn raw(span: Span, replacement: impl Into<String>) -> Self {
        Self::edit(span, replacement).changing(span)
    }

    /// Puts a text in place of a part of a value's text; none where escapes, folding or variables
    /// stand between the two.
    pub fn part(place: Place, range: &Range<usize>, replacement: &str) -> Option<Self> {
        let verbatim = matches!(place.written, Written::Verbatim(_));
        verbatim.then(|| Self::raw(place.part(range.start, range.end), replacement))
    }

    /// Removes a comment, with its line where it has one of its own.
    pub fn comment(text: &str, span: Span) -> Self {
        let before = layout::before(text, span.start());
        let range = if before.trim().is_empty() {
            layout::line_start(text, span.start())..layout::next_line(text, span.end())
        } else {
            span.start() - (before.len() - before.trim_end().len())..span.end()
        };
        Self::edit(Span::new(span.source, range.start, range.end), "")
    }

    /// A fix that may be applied without asking: the file means the same, or provably what was
    /// intended.
    pub fn safe(patch: Option<Self>, title: impl Into<String>) -> Option<Fix> {
        patch.map(|it| it.fix(title.into(), Safety::Safe))
    }

    /// A fix that a person should look at.
    pub fn risky(patch: Option<Self>, title: impl Into<String>) -> Option<Fix> {
        patch.map(|it| it.fix(title.into(), Safety::Unsafe))
    }

    fn fix(self, title: String, safety: Safety) -> Fix {
        let Self { edits, changes } = self;
        Fix { title, safety, edits, changes, effect: Effect::Changed, services: [].into() }
    }

    /// Both patches; none where they touch the same bytes. What one inserts into what the other
    /// removes comes behind that.
    pub fn and(mut self, mut other: Self) -> Option<Self> {
        make_room(&self.edits, &mut other.edits);
        make_room(&other.edits, &mut self.edits);
        self.edits.append(&mut other.edits);
        self.edits.sort();
        self.changes.append(&mut other.changes);
        let apart = self.edits.is_sorted_by(|a, b| {
            a.span.source != b.span.source
                || (a.span.end() <= b.span.start()
                    && a.span.start() < b.span.start().max(b.span.end()))
        });
        apart.then_some(self)
    }

    pub(super) fn edit(span: Span, replacement: impl Into<String>) -> Self {
        let edit = Edit { span, replacement: replacement.into() };
        Self { edits: vec![edit], changes: Vec::new() }
    }

    /// Notes a key that goes or is renamed, or a value that becomes another.
    pub(super) fn changing(mut self, span: Span) -> Self {
        self.changes.push(Change { span, adds: None });
        self
    }

    /// Notes a key that a mapping gets.
    pub(super) fn adding(mut self, mapping: Span, key: &str) -> Self {
        self.changes.push(Change { span: mapping, adds: Some(key.to_owned()) });
        self
    }
}

/// Moves insertions behind the removals that they fall into.
fn make_room(removals: &[Edit], insertions: &mut [Edit]) {
    for it in insertions.iter_mut().filter(|it| it.span.start() == it.span.end()) {
        let around = removals.iter().find(|removal| {
            removal.span.source == it.span.source
                && removal.replacement.is_empty()
                && removal.span.start() < it.span.start()
                && it.span.start() < removal.span.end()
        });
        if let Some(removal) = around {
            let end = removal.span.end();
            it.span = Span::new(it.span.source, end, end);
        }
    }
}
