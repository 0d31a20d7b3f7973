//! Puts a key into a mapping or an item into a list, in the layout that the file has.

use std::fmt::Write;

use crate::edit::scalar::quoted;
use crate::edit::site::{own_entries, written};
use crate::edit::{Patch, Site, layout};
use crate::yaml::{Node, Value};

/// What is put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum New {
    /// One line of YAML as it stands, such as `"true"`, `50M` or `{}`.
    Inline(String),
    List(Vec<New>),
    Map(Vec<(String, New)>),
}

impl New {
    /// A text, in quotes where it needs them.
    pub fn text(text: &str) -> Self {
        Self::Inline(quoted(text))
    }

    /// In one line.
    fn flow(&self) -> String {
        match self {
            Self::Inline(it) => it.clone(),
            Self::List(items) => {
                let items: Vec<_> = items.iter().map(Self::flow).collect();
                format!("[{}]", items.join(", "))
            }
            Self::Map(entries) => {
                let entry = |(key, value): &(String, Self)| pair(key, &value.flow());
                let entries: Vec<_> = entries.iter().map(entry).collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }

    /// In lines, each indented; the first one begins behind the blanks that stand there.
    fn block(&self, indent: usize, step: usize, lines: &mut Vec<String>) {
        let pad = " ".repeat(indent);
        match self {
            Self::Inline(it) => lines.push(format!("{pad}{it}")),
            Self::List(items) => {
                for item in items {
                    let first = lines.len();
                    item.block(indent + 2, step, lines);
                    if let Some(line) = lines.get_mut(first) {
                        line.replace_range(indent..=indent, "-");
                    }
                }
            }
            Self::Map(entries) => {
                for (key, value) in entries {
                    let is_nested = matches!(value, Self::List(it) if !it.is_empty())
                        || matches!(value, Self::Map(it) if !it.is_empty());
                    if is_nested {
                        lines.push(format!("{pad}{}:", quoted(key)));
                        value.block(indent + step, step, lines);
                    } else {
                        lines.push(format!("{pad}{}", pair(key, &value.flow())));
                    }
                }
            }
        }
    }
}

fn pair(key: &str, value: &str) -> String {
    let mut text = quoted(key);
    if value.is_empty() {
        text.push(':');
    } else {
        // Writing to a text cannot fail.
        let _ = write!(text, ": {value}");
    }
    text
}

impl Site<'_> {
    /// Gives this mapping a value below a path of keys, of which some may be there already. None
    /// where all of them are.
    pub fn insert(&self, path: &[&str], value: New) -> Option<Patch> {
        let mut site = self.clone();
        for (at, key) in path.iter().enumerate() {
            if let Some(child) = site.child(key) {
                site = child;
                continue;
            }
            // A merge key brings it: whoever writes it here takes the merged one away.
            if site.node().get(key).is_some() {
                return None;
            }
            let rest = path.get(at + 1..)?.iter().rev();
            let value = rest.fold(value, |value, key| New::Map(vec![((*key).to_owned(), value)]));
            return site.put(key, value);
        }
        None
    }

    /// Gives this list another item.
    pub fn append(&self, value: New) -> Option<Patch> {
        let node = self.node();
        let items = node.as_list()?;
        if node.place.via.is_some() {
            return None;
        }
        if self.is_flow(node) {
            let last = items.last().map(|it| written(it).end());
            return Some(self.put_in_flow(node, last, &value.flow()).changing(node.span()));
        }
        let dash = self.text.get(node.span().start()..)?.starts_with('-');
        let column = layout::before(self.text, node.span().start()).len();
        let lines = self.lines(&New::List(vec![value]), column);
        dash.then(|| self.put_below(node.span().end(), &lines).changing(node.span()))
    }

    /// Gives this mapping an entry.
    fn put(&self, key: &str, value: New) -> Option<Patch> {
        let node = self.node();
        if node.place.via.is_some() {
            return None;
        }
        let entry = New::Map(vec![(key.to_owned(), value)]);
        match &node.value {
            Value::Map(_) if self.is_flow(node) => {
                let last = own_entries(node).last();
                let last = last.map(|it| written(&it.node).end().max(it.key.span.end()));
                let text = entry.flow();
                let text = text.strip_prefix('{')?.strip_suffix('}')?;
                Some(self.put_in_flow(node, last, text).adding(node.span(), key))
            }
            Value::Map(_) => {
                let column = layout::before(self.text, node.span().start());
                let blank = column.chars().all(|c| c == ' ' || c == '-');
                let mut lines = self.lines(&entry, column.len());
                if self.depth() == 0 && self.has_gaps() {
                    lines.insert(0, String::new());
                }
                blank.then(|| self.put_below(node.span().end(), &lines).adding(node.span(), key))
            }
            Value::Null if node.span().start() == node.span().end() && !self.is_in_flow() => {
                let key = self.key()?.span;
                let column = layout::before(self.text, key.start());
                let blank = column.chars().all(|c| c == ' ' || c == '-');
                let fits = blank && layout::is_line_done(self.text, node.span().end());
                let lines = self.lines(&entry, column.len() + self.step());
                fits.then(|| self.put_below(node.span().end(), &lines).changing(node.span()))
            }
            _ => None,
        }
    }

    fn put_in_flow(&self, node: &Node, last: Option<usize>, new: &str) -> Patch {
        let open = node.span().start() + 1;
        let is_empty = self.bytes(node.span()).trim_matches(['{', '}', '[', ']', ' ']).is_empty();
        match last {
            Some(last) => Patch::edit(self.span(last, last), format!(", {new}")),
            None if is_empty => Patch::edit(self.span(open, open), new),
            None => Patch::edit(self.span(open, open), format!("{new}, ")),
        }
    }

    /// Lines below the one with a byte.
    fn put_below(&self, at: usize, lines: &[String]) -> Patch {
        let line_break = layout::line_break(self.text);
        let next = layout::next_line(self.text, at);
        let mut text = lines.join(line_break);
        if self.text.get(..next).is_some_and(|it| it.ends_with('\n')) {
            text.push_str(line_break);
        } else {
            text.insert_str(0, line_break);
        }
        Patch::edit(self.span(next, next), text)
    }

    /// Whether an empty line stands above the last key of the file.
    fn has_gaps(&self) -> bool {
        let last = own_entries(self.node()).last().map_or(0, |it| it.key.span.start());
        let above = self.text.get(..layout::line_start(self.text, last)).unwrap_or_default();
        above.lines().next_back().is_some_and(|it| it.trim().is_empty())
    }

    fn lines(&self, new: &New, column: usize) -> Vec<String> {
        let mut lines = Vec::new();
        new.block(column, self.step(), &mut lines);
        lines
    }

    /// By how many blanks the file indents, as its first nested mapping does.
    fn step(&self) -> usize {
        let column = |at: usize| layout::before(self.text, at).len();
        let own = own_entries(self.root());
        let nested =
            own.iter().filter_map(|it| Some((it.key.span.start(), nested_start(&it.node)?)));
        let blank = |at: usize| layout::before(self.text, at).chars().all(|c| c == ' ');
        let steps = nested
            .filter(|it| blank(it.1))
            .map(|(key, value)| column(value).saturating_sub(column(key)));
        steps.filter(|it| *it > 0).find(|it| *it <= 8).unwrap_or(2)
    }
}

/// Where the first key of a nested mapping begins.
fn nested_start(node: &Node) -> Option<usize> {
    own_entries(node).first().filter(|_| node.place.via.is_none()).map(|it| it.key.span.start())
}
