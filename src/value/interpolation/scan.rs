//! Where the expressions of a text stand: `$NAME`, `${NAME}`, `$$`, and every other `$`.

use std::ops::Range;

/// What a `$` begins.
pub(super) enum Found {
    /// `$$`, which stands for one.
    Dollar,
    /// A name with or without an operator, and where the name ends.
    Expression { expression: Range<usize>, name_end: usize, braced: bool },
    /// Anything else. Only the `$` itself counts as found.
    Nothing,
}

/// Walks over the `$` of a text, left to right, in linear time.
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// The first `}` at or after some place behind; `None` is not yet looked for.
    brace: Option<usize>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, brace: None }
    }

    fn rest(&self, from: usize) -> &'a str {
        self.text.get(from..).unwrap_or_default()
    }

    /// A name at `start`, with an operator and all up to the next `}` or the end.
    fn expression(&mut self, start: usize) -> Option<(Range<usize>, usize)> {
        let rest = self.rest(start);
        let length = rest
            .char_indices()
            .find(|(at, c)| !(is_letter(*c) || *at > 0 && c.is_ascii_digit()))
            .map_or(rest.len(), |(at, _)| at);
        if length == 0 {
            return None;
        }
        let name_end = start + length;
        let after = self.rest(name_end);
        let operator = after.strip_prefix(':').unwrap_or(after).starts_with(['-', '?']);
        let end = if operator { self.next_brace(name_end) } else { name_end };
        Some((start..end, name_end))
    }

    /// The next `}` from `from` on, or the end of the text.
    fn next_brace(&mut self, from: usize) -> usize {
        let known = self.brace.filter(|it| *it >= from);
        let brace = known
            .unwrap_or_else(|| self.rest(from).find('}').map_or(self.text.len(), |it| from + it));
        self.brace = Some(brace);
        brace
    }
}

impl Iterator for Scanner<'_> {
    type Item = (Range<usize>, Found);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at + self.rest(self.at).find('$')?;
        let after = start + 1;
        let (end, found) = match self.text.as_bytes().get(after) {
            Some(b'$') => (after + 1, Found::Dollar),
            Some(b'{') => match self.expression(after + 1) {
                Some((expression, name_end)) if self.rest(expression.end).starts_with('}') => {
                    (expression.end + 1, Found::Expression { expression, name_end, braced: true })
                }
                _ => (after, Found::Nothing),
            },
            _ => match self.expression(after) {
                Some((expression, name_end)) => {
                    (expression.end, Found::Expression { expression, name_end, braced: false })
                }
                None => (after, Found::Nothing),
            },
        };
        self.at = end;
        Some((start..end, found))
    }
}

/// Letters and the underscore; two more letters are what Go takes for `s` and `k` in other case.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '_' | '\u{17f}' | '\u{212a}')
}
