//! The lines around some places of a text, made fit to be shown: cut to a width, nothing in them
//! that a terminal obeys, hidden values starred out.

use std::ops::Range;

use crate::output::escape;
use crate::source::{Columns, Position, Source, Span};

/// The longest line, in bytes, that is shown whole.
const LONGEST: usize = 160;

/// Of a longer one, the characters that are shown before a place and from its start on.
const BEFORE: usize = 40;
const AFTER: usize = 80;

/// Some lines of a text.
#[derive(Debug, Default)]
pub(super) struct Excerpt {
    pub text: String,
    lines: Vec<Line>,
    /// The places that were asked for: as bytes of the excerpt's text, with their real positions.
    places: Vec<(usize, Position)>,
}

#[derive(Debug)]
struct Line {
    /// The bytes in the excerpt's text, with the line break.
    range: Range<usize>,
    /// In the whole text, counted from zero.
    number: usize,
}

/// One place that is shown, in bytes of its source. What goes on in other lines is cut off.
struct Shown {
    index: usize,
    line: usize,
    range: Range<usize>,
}

impl Excerpt {
    /// The lines of the spans, all of which lie in the source, and where in them the spans are;
    /// `hidden` lies in the source, too.
    pub(super) fn of(
        source: &Source,
        spans: &[Span],
        hidden: &[Span],
    ) -> (Self, Vec<Range<usize>>) {
        let mut shown: Vec<_> = (spans.iter().enumerate())
            .map(|(index, span)| {
                let line = source.line_of(span.start());
                let range = source.line_range(line);
                let start = floor(&source.text, span.start().clamp(range.start, range.end));
                let end = floor(&source.text, span.end().clamp(start, range.end));
                Shown { index, line, range: start..end }
            })
            .collect();
        shown.sort_by_key(|it| (it.line, it.range.start));

        let mut excerpt = Self::default();
        let mut ranges = vec![0..0; spans.len()];
        let mut rest = shown.as_slice();
        while let Some(first) = rest.first() {
            let count = rest.iter().take_while(|it| it.line == first.line).count();
            let (here, others) = rest.split_at(count);
            excerpt.gap_before(source, first.line, hidden);
            excerpt.line(source, first.line, here, hidden, &mut ranges);
            rest = others;
        }
        for (range, span) in ranges.iter().zip(spans) {
            let position = source.position(span.start(), Columns::Chars);
            excerpt.places.push((range.start, position));
        }
        (excerpt, ranges)
    }

    /// Two empty lines stand for lines that are left out; a single one is shown.
    fn gap_before(&mut self, source: &Source, line: usize, hidden: &[Span]) {
        let Some(last) = self.lines.last().map(|it| it.number) else { return };
        if line == last + 2 {
            self.line(source, last + 1, &[], hidden, &mut []);
        } else if line > last + 2 {
            self.push_line(last + 1, "");
            self.push_line(last + 2, "");
        }
    }

    fn line(
        &mut self,
        source: &Source,
        line: usize,
        shown: &[Shown],
        hidden: &[Span],
        ranges: &mut [Range<usize>],
    ) {
        let whole = source.line_range(line);
        let cut = window(&source.text, &whole, shown);
        let first = hidden.partition_point(|it| it.end() <= cut.start);
        let hidden = &hidden[first..];
        let hidden = &hidden[..hidden.partition_point(|it| it.start() < cut.end)];
        let base = self.text.len();
        let mut text = String::new();
        if cut.start > whole.start {
            text.push('…');
        }
        let mut marks: Vec<(usize, usize)> = vec![(cut.start, text.len())];
        for (at, c) in source.text[cut.clone()].char_indices() {
            let at = cut.start + at;
            let is_hidden = hidden.iter().any(|it| it.range().contains(&at));
            match c {
                _ if is_hidden => text.push('*'),
                '\t' => text.push_str("    "),
                _ => escape::push(&mut text, c),
            }
            marks.push((at + c.len_utf8(), text.len()));
        }
        if cut.end < whole.end {
            text.push('…');
        }
        let moved = |at: usize| {
            let found = marks.partition_point(|&(from, _)| from <= at);
            base + marks[found.saturating_sub(1)].1
        };
        for it in shown {
            ranges[it.index] = moved(it.range.start)..moved(it.range.end);
        }
        self.push_line(line, &text);
    }

    fn push_line(&mut self, number: usize, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.text.push('\n');
        self.lines.push(Line { range: start..self.text.len(), number });
    }

    /// The line of the excerpt that holds a byte of it.
    pub(super) fn line_index(&self, byte: usize) -> usize {
        let after = self.lines.partition_point(|it| it.range.start <= byte);
        after.saturating_sub(1)
    }

    /// The bytes of a line of the excerpt.
    pub(super) fn line_range(&self, index: usize) -> Option<Range<usize>> {
        self.lines.get(index).map(|it| it.range.clone())
    }

    /// The number, counted from one, that a line of the excerpt has in the text.
    pub(super) fn line_number(&self, index: usize) -> usize {
        self.lines.get(index).map_or(1, |it| it.number + 1)
    }

    /// Line and column in the text, counted from one, of a place that was asked for.
    pub(super) fn location(&self, byte: usize) -> (usize, usize) {
        let found = self.places.iter().find(|(at, _)| *at == byte);
        found.map_or((1, 1), |(_, position)| (position.line + 1, position.column + 1))
    }
}

/// The part of a line that is shown: all of a short one, else what surrounds its main place.
fn window(text: &str, line: &Range<usize>, shown: &[Shown]) -> Range<usize> {
    if line.len() <= LONGEST {
        return line.clone();
    }
    let at = shown.iter().min_by_key(|it| it.index).map_or(line.start, |it| it.range.start);
    let start = (text[line.start..at].char_indices().rev().nth(BEFORE - 1))
        .map_or(line.start, |(back, _)| line.start + back);
    let end = (text[at..line.end].char_indices().nth(AFTER)).map_or(line.end, |(on, _)| at + on);
    start..end
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
