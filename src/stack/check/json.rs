//! Trees as JSON, into which Docker turns them before it looks at the schema.

use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

/// Docker's words for a file that is no mapping with texts as keys.
pub(super) const TOP_LEVEL: &str = "top-level object must be a mapping";

/// Each place that has no form in JSON, with Docker's words, in the order in which Docker would
/// meet them: it prints the first.
pub fn json_problems(root: &Node) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    let mut waiting = vec![root];
    while let Some(node) = waiting.pop() {
        match &node.value {
            Value::Float(it) if !it.is_finite() => {
                found.push((node.span(), format!("json: unsupported value: {}", go(*it))));
            }
            Value::Timestamp(it) if it.rfc3339.get(20..).is_some_and(has_hour_24) => {
                let text = "json: error calling MarshalJSON for type time.Time: \
                            Time.MarshalJSON: timezone hour outside of range [0,23]";
                found.push((node.span(), text.to_owned()));
            }
            Value::List(items) => waiting.extend(items.iter().rev()),
            Value::Map(map) => {
                let odd = map.entries.iter().filter(|it| !it.key.is_text);
                let text = if std::ptr::eq(node, root) {
                    TOP_LEVEL
                } else {
                    "json: unsupported type: map[interface {}]interface {}"
                };
                found.extend(odd.map(|it| (it.key.span, text.to_owned())));
                waiting.extend(sorted(&map.entries).into_iter().rev().map(|it| &it.node));
            }
            _ => {}
        }
    }
    found
}

fn go(number: f64) -> &'static str {
    match number {
        it if it.is_nan() => "NaN",
        it if it > 0.0 => "+Inf",
        _ => "-Inf",
    }
}

/// Whether the zone of a time is a whole day away.
fn has_hour_24(end: &str) -> bool {
    end.contains("+24:") || end.contains("-24:")
}

fn sorted(entries: &[Entry]) -> Vec<&Entry> {
    let mut entries: Vec<_> = entries.iter().collect();
    entries.sort_by(|a, b| a.key.text.cmp(&b.key.text));
    entries
}

/// A text that is the same for two trees that are equal as JSON, numbers compared by value.
pub(super) fn canonical(node: &Node) -> String {
    enum Step<'a> {
        Node(&'a Node),
        Key(&'a str),
        Mark(char),
    }
    let mut text = String::new();
    let mut steps = vec![Step::Node(node)];
    while let Some(step) = steps.pop() {
        let node = match step {
            Step::Node(node) => node,
            Step::Key(key) => {
                quote(key, &mut text);
                continue;
            }
            Step::Mark(mark) => {
                text.push(mark);
                continue;
            }
        };
        match &node.value {
            Value::Null => text.push_str("null"),
            Value::Bool(it) => text.push_str(if *it { "true" } else { "false" }),
            Value::Int(it) => text.push_str(&(*it as f64).to_string()),
            Value::Uint(it) => text.push_str(&(*it as f64).to_string()),
            Value::Float(it) => text.push_str(&(it + 0.0).to_string()),
            Value::Timestamp(it) => quote(&it.rfc3339, &mut text),
            Value::Text(it) => quote(it, &mut text),
            Value::List(items) => {
                text.push('[');
                steps.push(Step::Mark(']'));
                for item in items.iter().rev() {
                    steps.extend([Step::Mark(','), Step::Node(item)]);
                }
            }
            Value::Map(map) => {
                text.push('{');
                steps.push(Step::Mark('}'));
                for entry in sorted(&map.entries).into_iter().rev() {
                    let Entry { key, node } = entry;
                    steps.extend([Step::Mark(','), Step::Node(node), Step::Key(&key.text)]);
                }
            }
        }
    }
    text
}

/// A text between quotes, so that `"1"` is not `1`.
fn quote(it: &str, text: &mut String) {
    text.push('"');
    for char in it.chars() {
        if matches!(char, '"' | '\\') {
            text.push('\\');
        }
        text.push(char);
    }
    text.push('"');
}
