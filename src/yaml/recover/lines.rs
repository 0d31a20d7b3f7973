//! Lines of a text, found from a place inside without counting them all.

use crate::yaml::cursor::is_blank;

/// A line without its break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'t> {
    text: &'t str,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl<'t> Line<'t> {
    /// The line that holds a byte.
    pub(super) fn at(text: &'t str, at: usize) -> Self {
        let bytes = text.as_bytes();
        let at = at.min(bytes.len());
        let start = bytes[..at].iter().rposition(|&it| is_break(it)).map_or(0, |it| it + 1);
        let end = bytes[at..].iter().position(|&it| is_break(it)).map_or(bytes.len(), |it| at + it);
        Self { text, start, end }
    }

    pub(super) fn text(&self) -> &'t str {
        self.text.get(self.start..self.end).unwrap_or_default()
    }

    /// How many blanks it begins with.
    pub(super) fn indent(&self) -> usize {
        self.text().bytes().take_while(|&it| is_blank(it)).count()
    }

    /// Where its first character stands that is no blank.
    pub(super) fn content(&self) -> usize {
        self.start + self.indent()
    }

    /// Where its last character ends that is no blank.
    pub(super) fn content_end(&self) -> usize {
        self.start + self.text().trim_end_matches([' ', '\t']).len()
    }

    /// Neither empty nor a comment.
    pub(super) fn says_something(&self) -> bool {
        !matches!(self.text().trim_start_matches([' ', '\t']).bytes().next(), None | Some(b'#'))
    }

    pub(super) fn previous(&self) -> Option<Self> {
        (self.start > 0).then(|| Self::at(self.text, self.start - 1))
    }

    pub(super) fn next(&self) -> Option<Self> {
        (self.end < self.text.len()).then(|| Self::at(self.text, self.end + 1))
    }

    /// The lines above that say something, the nearest first.
    pub(super) fn above(&self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.previous(), Self::previous).filter(Self::says_something)
    }

    /// The lines below that say something.
    pub(super) fn below(&self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.next(), Self::next).filter(Self::says_something)
    }

    /// This line, or the nearest above, that says something.
    pub(super) fn or_above(self) -> Self {
        if self.says_something() { self } else { self.above().next().unwrap_or(self) }
    }
}

fn is_break(byte: u8) -> bool {
    byte == b'\n' || byte == b'\r'
}
