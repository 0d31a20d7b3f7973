//! Takes an entry or an item out, with its comments and its lines.

use std::ops::Range;

use crate::edit::site::{own_entries, written};
use crate::edit::{Patch, Site, layout};
use crate::source::Span;
use crate::yaml::Value;

/// How deep a key of a service or of another object lies: `services.web.deploy`. What is above has
/// a meaning even when it is empty.
const OWN_KEY: usize = 3;

impl Site<'_> {
    /// Removes the entry or item. What would be left empty goes too, up to a service's own keys.
    pub fn remove(&self) -> Option<Patch> {
        let container = self.container()?;
        let (count, merged) = match &container.value {
            Value::Map(map) => {
                (map.entries.len(), map.entries.len() - own_entries(container).len())
            }
            Value::List(items) => (items.len(), 0),
            _ => return None,
        };
        let patch = if count == 1 && merged == 0 {
            let holder = self.up()?;
            if holder.depth() >= OWN_KEY && holder.key().is_some() {
                return holder.remove();
            }
            self.empty(&holder)?
        } else if self.is_flow(container) {
            Patch::edit(self.flow_part()?, "")
        } else {
            Patch::edit(self.block_part()?, "")
        };
        let changed = self.key().map_or(container.span(), |it| it.span);
        Some(patch.changing(changed))
    }

    pub(super) fn container_span(&self) -> Span {
        self.container().map(crate::yaml::Node::span).unwrap_or_default()
    }

    /// Where the entry's key or the item begins.
    fn start(&self) -> usize {
        self.key().map_or(self.written().start(), |it| it.span.start())
    }

    /// Where the entry or item ends.
    fn end(&self) -> usize {
        let key = self.key().map_or(0, |it| it.span.end());
        written(self.node()).end().max(key)
    }

    /// Leaves `{}` or `[]` in place of the only entry or item.
    fn empty(&self, holder: &Site) -> Option<Patch> {
        let container = self.container()?;
        let brackets = if self.key().is_some() { "{}" } else { "[]" };
        if self.is_flow(container) {
            return Some(Patch::edit(container.span(), brackets));
        }
        let lines = self.block_lines()?;
        let key = holder.key()?.span;
        let colon = key.end() + self.text.get(key.end()..)?.find(':')? + 1;
        let rest_of_line = self.text.get(colon..layout::line_end(self.text, colon))?;
        let at = self.span(colon, colon);
        let plain = rest_of_line.trim().is_empty() || rest_of_line.trim_start().starts_with('#');
        let apart = plain && colon <= lines.start;
        apart
            .then(|| Patch::edit(at, format!(" {brackets}")))?
            .and(Patch::edit(self.span(lines.start, lines.end), ""))
    }

    /// The bytes of an entry or item between brackets, with one comma.
    fn flow_part(&self) -> Option<Span> {
        let (start, end) = (self.start(), self.end());
        let before = self.text.get(..start)?;
        let after = self.text.get(end..)?;
        let lead = before.trim_end();
        // An anchor, a tag or a comment stands in between.
        if !lead.ends_with(['{', '[', ',']) {
            return None;
        }
        let blanks = after.len() - after.trim_start().len();
        let next = after[blanks..].chars().next()?;
        if next == ',' {
            let behind = end + blanks + 1;
            let rest = self.text.get(behind..)?;
            let own_line = before[lead.len()..].contains('\n');
            let line = layout::line_end(self.text, behind);
            if own_line && self.text.get(behind..line)?.trim().is_empty() {
                let first = layout::line_start(self.text, start);
                return Some(self.span(first, layout::next_line(self.text, behind)));
            }
            let gap = rest.len() - rest.trim_start_matches(' ').len();
            return Some(self.span(start, behind + gap));
        }
        let closes = ['}', ']'].contains(&next);
        let comma = lead.strip_suffix(',').map(str::len);
        closes.then(|| self.span(comma.unwrap_or(start), end))
    }

    /// The bytes of an entry or item of a block.
    fn block_part(&self) -> Option<Span> {
        if let Some(lines) = self.block_lines() {
            let lines = layout::with_gap(self.text, lines);
            return Some(self.span(lines.start, lines.end));
        }
        // The first key of an item: `- target: 80`. The next one takes its place.
        let container = self.container()?;
        let [first, next, ..] = own_entries(container) else { return None };
        let (start, next) = (self.key()?.span.start(), next.key.span.start());
        let dashes = layout::before(self.text, start);
        let in_item = first.key.span.start() == start
            && dashes.contains('-')
            && dashes.chars().all(|c| c == ' ' || c == '-')
            && layout::before(self.text, next).chars().all(|c| c == ' ')
            && layout::is_line_done(self.text, self.end());
        in_item.then(|| self.span(start, next))
    }

    /// The lines of an entry or item that stands on lines of its own.
    fn block_lines(&self) -> Option<Range<usize>> {
        let (start, end) = (self.start(), self.end());
        let before = layout::before(self.text, start);
        let column = match self.key() {
            Some(_) => before.len(),
            None => before.strip_suffix(' ')?.trim_end_matches(' ').strip_suffix('-')?.len(),
        };
        let blank = before.get(..column)?.chars().all(|c| c == ' ');
        if !blank || !layout::is_line_done(self.text, end) {
            return None;
        }
        // What stands above the first key of a file may be about the file.
        if self.depth() == 1 && own_entries(self.container()?).first()?.key.span.start() == start {
            let first = layout::line_start(self.text, start);
            return Some(layout::lines_below(self.text, first, end, column));
        }
        Some(layout::whole_lines(self.text, start, end, column))
    }
}
