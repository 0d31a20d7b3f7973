//! Where in a source the parts of a value stand that is written with escapes.

use std::ops::Range;

/// Looks for parts of a value, each after the one before, among the characters that encode it.
#[derive(Default)]
pub(super) struct Search {
    /// How far the value and its characters have been read.
    value: usize,
    written: usize,
    failed: bool,
}

impl Search {
    /// Where the characters hold a part of the value: the same occurrence of the same text.
    pub(super) fn next(
        &mut self,
        value: &str,
        part: &Range<usize>,
        written: &str,
    ) -> Option<Range<usize>> {
        if self.failed {
            return None;
        }
        let found = self.find(value, part, written);
        match &found {
            Some(it) => (self.value, self.written) = (part.end, it.end),
            None => self.failed = true,
        }
        found
    }

    fn find(&self, value: &str, part: &Range<usize>, written: &str) -> Option<Range<usize>> {
        let mut lines = value.get(part.clone())?.lines();
        let first = lines.next().filter(|it| !it.is_empty())?;
        let earlier = value.get(self.value..part.start)?.matches(first).count();
        let rest = written.get(self.written..)?;
        let start = self.written + rest.match_indices(first).nth(earlier)?.0;
        let end = start + first.len();
        let Some(last) = lines.next_back() else { return Some(start..end) };
        Some(start..end + written[end..].find(last)? + last.len())
    }
}
