//! Texts as YAML writes them: as they were quoted before, or as they have to be.

use crate::edit::{Patch, Site};
use crate::source::SourceId;
use crate::yaml::{self, Value};

impl Site<'_> {
    /// Puts another text in place of this one, quoted as before where that does.
    pub fn replace(&self, value: &str) -> Option<Patch> {
        let written = self.bytes(self.node().span());
        let quote = written.chars().next().filter(|it| ['"', '\''].contains(it));
        self.write(&scalar(value, quote, self.is_in_flow())?)
    }

    /// Puts a number, `true`, or what else YAML is to read, in place of a value of one line.
    pub fn write(&self, yaml: &str) -> Option<Patch> {
        let node = self.node();
        let written = self.bytes(node.span());
        let single = node.place.via.is_none()
            && !matches!(node.value, Value::List(_) | Value::Map(_))
            && !written.is_empty()
            && !written.starts_with(['|', '>']);
        (single && !yaml.contains('\n')).then(|| Patch::raw(node.span(), yaml))
    }

    /// Gives the entry another key.
    pub fn rename(&self, key: &str) -> Option<Patch> {
        let span = self.key()?.span;
        let quote = self.bytes(span).chars().next().filter(|it| ['"', '\''].contains(it));
        let taken = self.container()?.as_map()?.get(key).is_some();
        let text = scalar(key, quote, self.is_in_flow())?;
        (!taken).then(|| Patch::raw(span, text).adding(self.container_span(), key))
    }
}

/// A text as YAML has to write it where brackets may stand around it.
pub fn quoted(value: &str) -> String {
    scalar(value, None, true).unwrap_or_else(|| yaml_double(value))
}

/// A text as YAML writes it: plain, or in quotes.
pub(super) fn scalar(value: &str, quote: Option<char>, flow: bool) -> Option<String> {
    let candidates = match quote {
        Some('\'') => [format!("'{}'", value.replace('\'', "''")), yaml_double(value)],
        Some(_) => [yaml_double(value), String::new()],
        None => [value.to_owned(), yaml_double(value)],
    };
    let reads = |it: &String| {
        let text = if flow { format!("[{it}]") } else { format!("a: {it}") };
        let document = yaml::parse(SourceId::default(), &text);
        let node = match &document.root.value {
            Value::List(items) if items.len() == 1 => items.first(),
            _ => document.root.get("a"),
        };
        document.errors.is_empty()
            && document.comments.is_empty()
            && node.and_then(|it| it.as_text()) == Some(value)
    };
    candidates.into_iter().filter(|it| !it.is_empty() && !it.contains(['\n', '\r'])).find(reads)
}

fn yaml_double(value: &str) -> String {
    let mut text = String::from("\"");
    for c in value.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            _ => text.push(c),
        }
    }
    text.push('"');
    text
}
