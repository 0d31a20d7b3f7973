//! Moves an entry elsewhere, and turns a mapping into a list.

use crate::diagnostic::Edit;
use crate::edit::site::{own_entries, written};
use crate::edit::{New, Patch, Site, layout};

impl Site<'_> {
    /// Moves the entry's single value below a path of keys in the mapping that holds the entry:
    /// `mem_limit` to `deploy.resources.limits.memory`.
    pub fn move_to(&self, path: &[&str]) -> Option<Patch> {
        let text = self.bytes(self.written());
        self.move_as(path, New::Inline(text.to_owned())).filter(|_| self.is_single())
    }

    /// Like [`Site::move_to`], with another value.
    pub fn move_as(&self, path: &[&str], value: New) -> Option<Patch> {
        self.remove()?.and(self.up()?.insert(path, value)?)
    }

    /// Whether the value stands in one line.
    pub fn is_single(&self) -> bool {
        let text = self.bytes(self.written());
        !text.is_empty() && !text.contains('\n') && !text.starts_with(['|', '>'])
    }

    /// Puts one line of YAML in place of a mapping or list.
    pub fn collapse(&self, yaml: &str) -> Option<Patch> {
        let node = self.node();
        let is_nested = node.as_map().is_some() || node.as_list().is_some();
        if node.place.via.is_some() || !is_nested {
            return None;
        }
        if self.is_flow(node) {
            return Some(Patch::raw(node.span(), yaml));
        }
        let key = self.key()?.span;
        let rest = self.text.get(key.end()..)?;
        let colon = key.end() + (rest.len() - rest.trim_start_matches(' ').len()) + 1;
        let column = layout::before(self.text, key.start()).len();
        let below = layout::next_line(self.text, colon);
        let apart = rest.trim_start_matches(' ').starts_with(':')
            && layout::is_line_done(self.text, colon)
            && below <= node.span().start();
        let lines = layout::lines_below(self.text, below, node.span().end(), column);
        let value = Patch::edit(self.span(colon, colon), format!(" {yaml}"));
        let patch = value.and(Patch::edit(self.span(lines.start, lines.end), ""))?;
        apart.then(|| patch.changing(node.span()))
    }

    /// Turns a mapping into the list of its keys.
    pub fn keys_to_list(&self) -> Option<Patch> {
        let node = self.node();
        let entries = own_entries(node);
        if node.place.via.is_some()
            || entries.is_empty()
            || entries.len() != node.as_map()?.entries.len()
        {
            return None;
        }
        if self.is_flow(node) {
            let keys: Vec<_> = entries.iter().map(|it| self.bytes(it.key.span)).collect();
            return Some(Patch::raw(node.span(), format!("[{}]", keys.join(", "))));
        }
        let mut edits = Vec::new();
        for entry in entries {
            let key = entry.key.span;
            let column = layout::before(self.text, key.start());
            let rest = self.text.get(key.end()..)?;
            let colon = key.end() + (rest.len() - rest.trim_start_matches(' ').len());
            if !column.chars().all(|c| c == ' ') || !self.text.get(colon..)?.starts_with(':') {
                return None;
            }
            edits.push((key.start(), key.start(), "- "));
            let end = written(&entry.node).end().max(colon + 1);
            if end <= layout::line_end(self.text, key.end()) {
                edits.push((key.end(), end, ""));
            } else if layout::is_line_done(self.text, colon + 1) {
                let below = layout::next_line(self.text, key.end());
                let lines = layout::lines_below(self.text, below, end, column.len());
                edits.push((key.end(), colon + 1, ""));
                edits.push((lines.start, lines.end, ""));
            } else {
                return None;
            }
        }
        let edit = |(start, end, text): (usize, usize, &str)| Edit {
            span: self.span(start, end),
            replacement: text.to_owned(),
        };
        let edits = edits.into_iter().map(edit).collect();
        Some(Patch { edits, changes: Vec::new() }.changing(node.span()))
    }
}
