//! What several rules ask about the files of a stack that are merged.

use crate::source::Span;
use crate::stack::{File, Stack};
use crate::yaml::{Entry, Node, Value};

/// The files over which others are merged, each with the one that is merged over it.
pub(super) fn pairs(stack: &Stack) -> impl Iterator<Item = (&File, &File)> {
    stack.files.iter().zip(stack.files.iter().skip(1))
}

/// The entries of a mapping below some keys.
pub(super) fn entries<'a>(root: &'a Node, path: &[&str]) -> &'a [Entry] {
    let mut node = Some(root);
    for key in path {
        node = node.and_then(|it| it.get(key));
    }
    node.and_then(Node::as_map).map_or(&[], |it| &it.entries)
}

/// The services of a file that another one has as well: both, by name.
pub(super) fn both<'a>(base: &'a File, over: &'a File) -> Vec<(&'a str, &'a Node, &'a Node)> {
    let ours = entries(over.tree(), &["services"]);
    let theirs = base.tree().get("services");
    let pair = |it: &'a Entry| {
        let name = it.key.text.as_str();
        theirs?.get(name).map(|base| (name, base, &it.node))
    };
    ours.iter().filter_map(pair).collect()
}

/// The places of the items of a list.
pub(super) fn items(service: &Node, key: &str) -> Vec<Span> {
    let items = service.get(key).and_then(Node::as_list).unwrap_or_default();
    items.iter().map(Node::span).collect()
}

/// Whether a value is one that Go's types cannot tell from an absent one.
pub(super) fn is_zero(node: &Node) -> bool {
    match &node.value {
        Value::Bool(it) => !it,
        Value::Int(it) => *it == 0,
        Value::Uint(it) => *it == 0,
        Value::Float(it) => *it == 0.0,
        Value::Text(it) => it.is_empty() || matches!(it.as_str(), "0" | "0s" | "0m" | "0h"),
        _ => false,
    }
}
