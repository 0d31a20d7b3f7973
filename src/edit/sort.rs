//! Puts the entries of a mapping in the order of their keys.

use std::ops::Range;

use crate::diagnostic::Edit;
use crate::edit::site::own_entries;
use crate::edit::{Patch, Site, layout};

impl Site<'_> {
    /// Sorts the entries of this mapping by their keys, each with its lines and the comments above
    /// it. None where anchors or aliases stand in it, which an order may break.
    pub fn sort_entries(&self) -> Option<Patch> {
        let node = self.node();
        let entries = own_entries(node);
        let is_plain = node.place.via.is_none() && entries.len() == node.as_map()?.entries.len();
        if !is_plain || self.is_flow(node) || self.bytes(node.span()).contains(['&', '*']) {
            return None;
        }
        let column = layout::before(self.text, entries.first()?.key.span.start()).len();
        let mut blocks: Vec<(&str, Range<usize>)> = Vec::with_capacity(entries.len());
        for entry in entries {
            let start = entry.key.span.start();
            let end = entry.node.span().end().max(entry.key.span.end());
            let lines = layout::whole_lines(self.text, start, end, column);
            let before = layout::before(self.text, start);
            let apart = blocks.last().is_none_or(|it| it.1.end <= lines.start);
            if before.len() != column || !before.trim().is_empty() || !apart {
                return None;
            }
            blocks.push((&entry.key.text, lines));
        }
        let all = blocks.first()?.1.start..blocks.last()?.1.end;
        // What stands between two entries stays where it is.
        let gaps: Vec<&str> =
            blocks.windows(2).map(|it| &self.text[it[0].1.end..it[1].1.start]).collect();
        if gaps.iter().any(|it| !it.trim().is_empty()) || !self.text[all.clone()].ends_with('\n') {
            return None;
        }
        blocks.sort_by_key(|it| it.0);
        let mut sorted = String::with_capacity(all.len());
        for (at, (_, lines)) in blocks.iter().enumerate() {
            sorted.push_str(&self.text[lines.clone()]);
            sorted.push_str(gaps.get(at).copied().unwrap_or_default());
        }
        let edit = Edit { span: self.span(all.start, all.end), replacement: sorted };
        Some(Patch { edits: vec![edit], changes: Vec::new() })
    }
}
