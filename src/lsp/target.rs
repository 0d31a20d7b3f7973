//! What stands at a place of a tree.

use crate::source::Span;
use crate::yaml::{Key, Node, Value};

/// The innermost key or value around a byte.
#[derive(Clone, Debug)]
pub(super) struct Target<'a> {
    /// The keys and places in lists that lead here, the key itself included.
    pub path: Vec<String>,
    /// The key of the entry.
    pub key: Option<&'a Key>,
    pub node: &'a Node,
    /// Whether the byte is in the key, not in the value.
    pub on_key: bool,
    /// The alias that stands there.
    pub alias: Option<Span>,
}

impl Target<'_> {
    /// The characters that it is about.
    pub(super) fn span(&self) -> Span {
        match self.key {
            Some(key) if self.on_key => key.span,
            _ => self.alias.unwrap_or(self.node.span()),
        }
    }
}

/// What stands at a byte; none between things.
pub(super) fn target(root: &Node, offset: usize) -> Option<Target<'_>> {
    let mut found = Target { path: Vec::new(), key: None, node: root, on_key: false, alias: None };
    loop {
        let next = match &found.node.value {
            Value::Map(map) => {
                let own = map.entries.iter().filter(|it| it.key.via.is_none());
                let mut own =
                    own.skip_while(|it| written(&it.node).end().max(it.key.span.end()) < offset);
                own.find_map(|it| {
                    let on_key = holds(it.key.span, offset);
                    let here = on_key || holds(written(&it.node), offset);
                    here.then(|| (it.key.text.clone(), Some(&it.key), &it.node, on_key))
                })
            }
            Value::List(items) => {
                let at = items.iter().position(|it| holds(written(it), offset));
                at.and_then(|at| Some((at.to_string(), None, items.get(at)?, false)))
            }
            _ => None,
        };
        let is_container = matches!(found.node.value, Value::Map(_) | Value::List(_));
        let Some((step, key, node, on_key)) = next else {
            return (!is_container && !found.path.is_empty()).then_some(found);
        };
        found.path.push(step);
        found = Target { key, node, on_key, alias: node.place.via, ..found };
        if on_key || found.alias.is_some() {
            return Some(found);
        }
    }
}

/// A value's characters, or those of the alias that stands for it.
pub(super) fn written(node: &Node) -> Span {
    node.place.via.unwrap_or(node.span())
}

pub(super) fn holds(span: Span, offset: usize) -> bool {
    span.start() <= offset && offset <= span.end()
}
