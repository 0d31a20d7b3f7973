//! Every key and text of the files of a stack, where it is written.

use crate::rule::Findings;
use crate::stack::Stack;
use crate::yaml::{Entry, Node, Value};

/// Deeper trees than this are not looked into.
const DEPTH: usize = 64;

/// Something of a file.
#[derive(Clone, Copy)]
pub(super) enum Item<'a> {
    Key(&'a Entry),
    Text(&'a str, &'a Node),
}

/// Calls back for every key and text, before variables are put in, with the keys that lead there.
/// What an alias or a merge key brings is met where it is written.
pub(super) fn each<'a>(stack: &'a Stack, each: &mut dyn FnMut(&[&'a str], Item<'a>)) {
    for file in &stack.files {
        walk(&file.document.root, &mut Vec::new(), each);
    }
}

/// Whether the files of a stack may hold a sign, as it is or escaped: known sooner than where.
pub(super) fn hold(stack: &Stack, sign: char, found: &Findings) -> bool {
    let mut texts = stack.files.iter().map(|it| found.whole_text(it.document.root.span()));
    texts.any(|it| it.contains(sign) || it.contains('\\'))
}

fn walk<'a>(node: &'a Node, path: &mut Vec<&'a str>, each: &mut dyn FnMut(&[&'a str], Item<'a>)) {
    if node.place.via.is_some() || path.len() > DEPTH {
        return;
    }
    match &node.value {
        Value::Text(text) => each(path, Item::Text(text, node)),
        Value::List(items) => {
            path.push("[]");
            for it in items {
                walk(it, path, each);
            }
            path.pop();
        }
        Value::Map(map) => {
            for entry in map.entries.iter().filter(|it| it.key.via.is_none()) {
                each(path, Item::Key(entry));
                path.push(&entry.key.text);
                walk(&entry.node, path, each);
                path.pop();
            }
        }
        _ => {}
    }
}
