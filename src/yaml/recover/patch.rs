//! A text with edits, and the way back to the places of the original.

/// Puts `with` in the place of the bytes `start..end`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::yaml) struct Edit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) with: String,
}

impl Edit {
    pub(super) fn insert(at: usize, with: &str) -> Self {
        Self { start: at, end: at, with: with.to_owned() }
    }

    pub(super) fn replace(start: usize, end: usize, with: &str) -> Self {
        Self { start, end, with: with.to_owned() }
    }

    /// Puts blanks there.
    pub(super) fn blank(start: usize, end: usize) -> Self {
        Self { start, end, with: " ".repeat(end.saturating_sub(start)) }
    }
}

/// Some bytes that stand for fewer or more of the original.
#[derive(Clone, Copy, Debug)]
struct Change {
    /// Where they stand in the edited text.
    start: usize,
    length: usize,
    original: usize,
    original_length: usize,
}

/// An edited text.
#[derive(Debug)]
pub(in crate::yaml) struct Patch {
    pub(in crate::yaml) text: String,
    /// In the order of the text; edits that keep the length need none.
    changes: Vec<Change>,
}

impl Patch {
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), changes: Vec::new() }
    }

    /// Whether places differ from those of the original.
    pub(in crate::yaml) fn moves(&self) -> bool {
        !self.changes.is_empty()
    }

    /// The place in the original text.
    pub(in crate::yaml) fn original(&self, at: usize) -> usize {
        let count = self.changes.partition_point(|it| it.start <= at);
        let Some(change) = count.checked_sub(1).and_then(|it| self.changes.get(it)) else {
            return at;
        };
        let beyond = at - change.start;
        if beyond < change.length {
            change.original + beyond.min(change.original_length)
        } else {
            change.original + change.original_length + beyond - change.length
        }
    }

    /// Applies edits that are in the order of the text and do not overlap.
    pub(super) fn apply_all(&mut self, edits: &[Edit]) {
        let mut text = String::with_capacity(self.text.len() + 16);
        let mut changes = Vec::with_capacity(self.changes.len() + edits.len());
        let mut kept = self.changes.iter().peekable();
        let mut from = 0;
        for Edit { start, end, with } in edits {
            let Some(between) = self.text.get(from..*start) else { continue };
            while let Some(it) = kept.next_if(|it| it.start + it.length <= *start) {
                changes.push(Change { start: text.len() + it.start - from, ..*it });
            }
            while kept.next_if(|it| it.start < *end).is_some() {}
            text.push_str(between);
            let original = self.original(*start);
            let original_length = self.original(*end) - original;
            if with.len() != original_length {
                let (start, length) = (text.len(), with.len());
                changes.push(Change { start, length, original, original_length });
            }
            text.push_str(with);
            from = *end;
        }
        changes.extend(kept.map(|it| Change { start: text.len() + it.start - from, ..*it }));
        text.push_str(self.text.get(from..).unwrap_or_default());
        self.text = text;
        self.changes = changes;
    }
}
