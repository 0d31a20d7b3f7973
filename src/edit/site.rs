//! Where something is written in a tree.

use crate::source::{SourceId, Span};
use crate::yaml::{Key, Node, Value};

/// An entry of a mapping or an item of a list, where it is written; or the top of a file.
#[derive(Clone, Debug)]
pub struct Site<'a> {
    pub(super) source: SourceId,
    pub(super) text: &'a str,
    top: &'a Node,
    /// From the top down: each mapping or list, and which of its entries or items leads on.
    steps: Vec<(&'a Node, usize)>,
}

impl<'a> Site<'a> {
    /// The top of a file that could be read as a whole.
    pub fn top(source: SourceId, text: &'a str, root: &'a Node) -> Self {
        Self { source, text, top: root, steps: Vec::new() }
    }

    /// The entry or item below that has these characters for its key or its value. What an alias
    /// or a merge key brings is found where it is written.
    pub fn find(&self, span: Span) -> Option<Self> {
        if span.source != self.source {
            return None;
        }
        let mut site = self.clone();
        loop {
            let node = site.node();
            if node.place.via.is_some() {
                return None;
            }
            let at = child_at(node, span)?;
            site.steps.push((node, at));
            let value = site.node();
            let is_key = site.key().is_some_and(|it| it.span == span);
            if is_key || (value.span() == span && value.place.via.is_none()) {
                return Some(site);
            }
        }
    }

    /// The value.
    pub fn node(&self) -> &'a Node {
        let Some((parent, at)) = self.steps.last() else { return self.top };
        match &parent.value {
            Value::Map(map) => map.entries.get(*at).map_or(parent, |it| &it.node),
            Value::List(items) => items.get(*at).unwrap_or(parent),
            _ => parent,
        }
    }

    /// The key of an entry.
    pub fn key(&self) -> Option<&'a Key> {
        let (parent, at) = self.steps.last()?;
        parent.as_map()?.entries.get(*at).map(|it| &it.key)
    }

    /// The mapping or list that it belongs to.
    pub fn container(&self) -> Option<&'a Node> {
        self.steps.last().map(|it| it.0)
    }

    /// The entry or item that holds this one; the top in the end.
    pub fn up(&self) -> Option<Self> {
        let mut site = self.clone();
        site.steps.pop().map(|_| site)
    }

    /// An entry of this mapping that is written here.
    pub fn child(&self, key: &str) -> Option<Self> {
        let node = self.node();
        if node.place.via.is_some() {
            return None;
        }
        let written = |it: &crate::yaml::Entry| it.key.via.is_none() && it.key.text == key;
        let at = node.as_map()?.entries.iter().position(written)?;
        let mut site = self.clone();
        site.steps.push((node, at));
        Some(site)
    }

    /// The top of the file.
    pub(super) fn root(&self) -> &'a Node {
        self.top
    }

    /// How many keys and places in lists lead here.
    pub fn depth(&self) -> usize {
        self.steps.len()
    }

    /// The characters of the value as they are written: an alias, not what it stands for.
    pub fn written(&self) -> Span {
        written(self.node())
    }

    /// The text of the value as it is written, quotes included.
    pub fn as_written(&self) -> &'a str {
        self.bytes(self.written())
    }

    /// Whether a mapping or list is written in brackets.
    pub(super) fn is_flow(&self, container: &Node) -> bool {
        self.bytes(container.span()).starts_with(['{', '['])
    }

    /// Whether brackets stand around it.
    pub(super) fn is_in_flow(&self) -> bool {
        self.steps.iter().any(|it| self.is_flow(it.0))
    }

    pub(super) fn bytes(&self, span: Span) -> &'a str {
        self.text.get(span.start()..span.end()).unwrap_or_default()
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.source, start, end)
    }
}

/// A value's characters, or those of the alias that stands for it.
pub(super) fn written(node: &Node) -> Span {
    node.place.via.unwrap_or(node.span())
}

/// The entries of a mapping that are written in it, not merged in: they come first.
pub(super) fn own_entries(node: &Node) -> &[crate::yaml::Entry] {
    let entries = node.as_map().map_or(&[][..], |it| &it.entries);
    &entries[..entries.partition_point(|it| it.key.via.is_none())]
}

/// The entry or item that a span lies in.
fn child_at(node: &Node, span: Span) -> Option<usize> {
    match &node.value {
        Value::Map(_) => {
            let entries = own_entries(node);
            let after = entries.partition_point(|it| it.key.span.start() <= span.start());
            let at = after.checked_sub(1)?;
            let entry = &entries[at];
            let end = entry.key.span.end().max(written(&entry.node).end());
            (span.end() <= end).then_some(at)
        }
        Value::List(items) => {
            let after = items.partition_point(|it| written(it).start() <= span.start());
            let at = after.checked_sub(1)?;
            (span.end() <= written(&items[at]).end()).then_some(at)
        }
        _ => None,
    }
}
