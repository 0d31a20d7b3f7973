//! What is offered, and how the protocol says it.

use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTag, CompletionItemTextEdit, Documentation,
    InsertTextFormat, InsertTextMode, MarkupContent, MarkupKind, TextEdit,
};
use serde_json::{Value, json};

use crate::lsp::client::Client;
use crate::lsp::files::Document;
use crate::lsp::hover;
use crate::lsp::place::{Place, Slot};
use crate::lsp::server::Server;
use crate::rules;
use crate::stack::keys;

/// Something to offer.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub label: String,
    pub kind: CompletionItemKind,
    /// What is put in: a snippet, of which lines after the first are indented from the key.
    pub insert: String,
    pub is_snippet: bool,
    pub detail: Option<String>,
    /// Where its documentation is found when it is asked for.
    pub data: Value,
    /// Nothing comes of it on Swarm.
    pub is_dead: bool,
}

impl Item {
    /// A word that is put in as it stands.
    pub(super) fn word(text: &str) -> Self {
        Self {
            label: text.to_owned(),
            kind: CompletionItemKind::Value,
            insert: text.to_owned(),
            is_snippet: false,
            detail: None,
            data: Value::Null,
            is_dead: false,
        }
    }

    /// A word of another kind.
    pub(super) fn of_kind(self, kind: CompletionItemKind) -> Self {
        Self { kind, ..self }
    }

    pub(super) fn detail(self, text: impl Into<String>) -> Self {
        Self { detail: Some(text.into()), ..self }
    }

    /// Puts in something else than is shown.
    pub(super) fn inserting(self, text: impl Into<String>) -> Self {
        Self { insert: text.into(), ..self }
    }

    /// Puts in a snippet.
    pub(super) fn snippet(self, text: impl Into<String>) -> Self {
        Self { insert: text.into(), is_snippet: true, ..self }
    }

    /// Documented by a rule's page.
    pub(super) fn rule(self, id: &str) -> Self {
        Self { data: json!({ "rule": id }), ..self }
    }

    /// Documented by the table of keys.
    pub(super) fn key(self, path: &[String]) -> Self {
        Self { data: json!({ "key": path }), ..self }
    }
}

/// Writes items for one place.
pub(super) struct Writer<'a> {
    pub client: &'a Client,
    pub document: &'a Document,
    pub place: &'a Place,
}

impl Writer<'_> {
    pub(super) fn write(&self, rank: usize, it: Item) -> CompletionItem {
        let text = &self.document.text;
        let is_key = it.kind == CompletionItemKind::Property;
        let rest = text.get(self.place.end..).unwrap_or_default();
        let renames = is_key && rest.trim_start_matches(' ').starts_with(':');
        let snippet = it.is_snippet && self.client.snippets;
        let mut new = match (renames, it.is_snippet, snippet) {
            // What stands behind the colon stays.
            (true, _, _) => it.label.clone(),
            (_, true, false) => plain(&it.insert),
            _ => it.insert,
        };
        let begins_list = self.place.slot == Slot::Key && new.starts_with("- ");
        if begins_list && !snippet {
            new = plain(&new);
        }
        let end = if renames || self.place.slot != Slot::Value {
            self.place.end
        } else {
            text.len().min(self.place.typed.end)
        };
        let range = self.document.lines.range(text, self.place.typed.start..end);
        let is_snippet = snippet && !renames && new.contains('$');
        let several = new.contains('\n');
        CompletionItem {
            label: it.label,
            kind: Some(it.kind),
            tags: it.is_dead.then(|| vec![CompletionItemTag::Deprecated]),
            detail: it.detail,
            // What is typed begins with the dollar.
            filter_text: (it.kind == CompletionItemKind::Variable).then(|| new.clone()),
            sort_text: Some(format!("{rank:04}")),
            insert_text_format: is_snippet.then_some(InsertTextFormat::Snippet),
            insert_text_mode: several.then_some(InsertTextMode::AdjustIndentation),
            text_edit: Some(CompletionItemTextEdit::TextEdit(TextEdit::new(range, new))),
            data: (!it.data.is_null()).then_some(it.data),
            ..CompletionItem::default()
        }
    }
}

/// A snippet without its marks, up to the first place to fill in that has no text of its own.
fn plain(snippet: &str) -> String {
    let mut text = String::new();
    let mut rest = snippet;
    while let Some(at) = rest.find('$') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(inner) = rest.strip_prefix('{') {
            let end = inner.find('}').unwrap_or(inner.len());
            let body = &inner[..end];
            if let Some((_, default)) = body.split_once(':') {
                text.push_str(default);
            } else if let Some((_, choices)) = body.split_once('|') {
                text.push_str(choices.split([',', '|']).next().unwrap_or_default());
            }
            rest = inner.get(end + 1..).unwrap_or_default();
        } else {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        }
    }
    text.push_str(rest);
    text.trim_end_matches('\n').to_owned()
}

/// The answer to `completionItem/resolve`: the item with its documentation.
pub(in crate::lsp) fn resolve(server: &mut Server, item: &CompletionItem) -> Value {
    let mut item = item.clone();
    let data = item.data.clone().unwrap_or_default();
    let text = if let Some(rule) = data.get("rule").and_then(Value::as_str) {
        rules::find(rule).map(rules::Entry::documentation)
    } else {
        let path = data.get("key").and_then(Value::as_array);
        let path: Option<Vec<&str>> = path.map(|it| it.iter().filter_map(Value::as_str).collect());
        path.and_then(|it| keys::lookup(&it).map(hover::key_text))
    };
    if let Some(text) = text {
        let kind =
            if server.client.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
        item.documentation =
            Some(Documentation::MarkupContent(MarkupContent { kind, value: text }));
    }
    serde_json::to_value(item).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_client_without_snippets_gets_text() {
        assert_eq!(plain("image: $0"), "image: ");
        assert_eq!(plain("mode: ${1|a,b|}"), "mode: a");
        assert_eq!(plain("${1:name}:\n  $0"), "name:\n  ");
        assert_eq!(plain("a"), "a");
    }
}
