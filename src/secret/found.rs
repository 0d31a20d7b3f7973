//! What has been found in one text so far: the first finding of a place keeps it.

use crate::secret::leak::{Confidence, Gravity, Leak, LeakKind};
use crate::secret::written::Written;
use std::collections::BTreeMap;
use std::ops::Range;

/// A leak, its range still in the text as Docker reads it.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub range: Range<usize>,
    pub kind: LeakKind,
    pub name: Option<String>,
    pub gravity: Gravity,
    pub confidence: Confidence,
}

/// The places of a text that are taken, none over another.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// By the first byte, as written; `None` for what must not be reported.
    taken: BTreeMap<usize, (usize, Option<Leak>)>,
}

impl Findings {
    /// Adds a leak unless its place is taken.
    pub(super) fn add(&mut self, written: &Written, found: Found) {
        let range = written.range(&found.range);
        let leak = Leak {
            kind: found.kind,
            name: found.name,
            gravity: found.gravity,
            confidence: found.confidence,
            in_default: written.in_default(&found.range),
            length: written.text.get(found.range).map_or(0, |it| it.chars().count()),
            range: range.clone(),
        };
        self.take(range, Some(leak));
    }

    /// Marks a place that holds nothing secret.
    pub(super) fn allow(&mut self, written: &Written, range: &Range<usize>) {
        self.take(written.range(range), None);
    }

    fn take(&mut self, range: Range<usize>, leak: Option<Leak>) {
        let before = self.taken.range(..range.end).next_back();
        if range.is_empty() || before.is_some_and(|(_, (end, _))| *end > range.start) {
            return;
        }
        self.taken.insert(range.start, (range.end, leak));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.taken.is_empty()
    }

    /// The leaks, in the order of the text.
    pub(super) fn leaks(self) -> Vec<Leak> {
        self.taken.into_values().filter_map(|(_, leak)| leak).collect()
    }
}
