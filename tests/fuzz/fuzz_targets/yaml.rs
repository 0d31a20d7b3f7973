//! The YAML reader: whatever the text, every place lies in it, and reading it again gives the same.
//! The inventory goes the same way.

#![no_main]

use libfuzzer_sys::fuzz_target;
use swarm_plan::cluster::inventory;
use swarm_plan::source::{Sources, Span};
use swarm_plan::yaml::{self, Document, Node, Value};

fuzz_target!(|text: &str| {
    let mut sources = Sources::default();
    let id = sources.add("stack.yml", text);
    let document = yaml::parse(id, text);
    let mut spans = Vec::new();
    of_document(&document, &mut spans);
    let (_, problems) = inventory::read(id, text);
    spans.extend(problems.iter().map(|it| it.span));
    for span in spans {
        assert_eq!(span.source, id, "{span:?}");
        assert!(text.get(span.range()).is_some(), "{span:?} is not in {text:?}");
    }
    let again = yaml::parse(id, text);
    assert_eq!(format!("{document:?}"), format!("{again:?}"));
    yaml::trace(text);
});

fn of_document(document: &Document, spans: &mut Vec<Span>) {
    for it in &document.errors {
        spans.push(it.span);
        spans.extend(it.related.iter().map(|it| it.0));
    }
    for it in &document.duplicates {
        spans.extend([it.first, it.again]);
    }
    for it in &document.anchors {
        spans.push(it.span);
        spans.extend(&it.uses);
    }
    spans.extend(document.comments.iter().map(|it| it.span));
    spans.extend(document.second_document);
    let mut open = vec![&document.root];
    while let Some(node) = open.pop() {
        of_node(node, spans);
        match &node.value {
            Value::List(items) => open.extend(items),
            Value::Map(map) => {
                for it in &map.entries {
                    spans.push(it.key.span);
                    spans.extend(it.key.via);
                    open.push(&it.node);
                }
            }
            _ => {}
        }
    }
}

fn of_node(node: &Node, spans: &mut Vec<Span>) {
    spans.push(node.place.span);
    spans.extend(node.place.via);
    if let Value::Text(text) = &node.value {
        // A part of a value has a place, too.
        let middle = text.len() / 2;
        if text.is_char_boundary(middle) {
            spans.push(node.place.part(0, middle));
            spans.push(node.place.part(middle, text.len()));
        }
    }
}
