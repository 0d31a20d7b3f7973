//! What the editor says about what the pointer is on. Never a secret's value.

mod value;
mod variable;

use std::fmt::Write;
use std::path::Path;

use gen_lsp_types::{Contents, Hover, HoverParams, MarkupContent, MarkupKind};

use crate::lsp::complete::{keys, matches};
use crate::lsp::convert::path_of;
use crate::lsp::server::Server;
use crate::lsp::symbols::{self, Kind};
use crate::lsp::target::{Target, target};
use crate::lsp::trees::Tree;
use crate::rules;
use crate::source::Span;
use crate::stack::keys::{KeyDoc, Usage};
use crate::yaml::Node;

pub(super) use value::nodes_that_meet;

/// The answer to `textDocument/hover`.
pub(super) fn hover(server: &mut Server, params: &HoverParams) -> Option<Hover> {
    let position = &params.text_document_position_params;
    let path = path_of(&position.text_document.uri);
    if !server.client.wants("hover") || !server.is_stack(&path) {
        return None;
    }
    let document = server.documents.get(&path)?.clone();
    let offset = document.lines.offset(&document.text, position.position);
    let (text, span) = text_at(server, &path, &document.text, offset)?;
    let kind = if server.client.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    Some(Hover {
        contents: Contents::MarkupContent(MarkupContent { kind, value: text }),
        range: Some(document.lines.range(&document.text, span.range())),
    })
}

fn text_at(server: &mut Server, path: &Path, text: &str, offset: usize) -> Option<(String, Span)> {
    if let Some(found) = rule(text, offset) {
        return Some(found);
    }
    let tree = server.tree(path)?;
    if let Some(anchor) = anchor(&tree, offset) {
        return Some(anchor);
    }
    let target = target(&tree.document.root, offset)?;
    if let Some(found) = variable::at(server, path, &tree, &target, offset) {
        return Some(found);
    }
    let trees = server.trees(path);
    let mut parts = Vec::new();
    let mut span = target.span();
    if let Some(symbol) = symbols::at(&trees, path, offset) {
        span = Span::new(span.source, symbol.range.start, symbol.range.end);
        parts.extend(describe(&trees, symbol.kind, &symbol.name));
        if symbol.is_declaration && symbol.kind == Kind::Service {
            parts.extend(value::placement(server, path, &symbol.name));
        }
    }
    if !target.on_key {
        parts.extend(value::meaning(server, path, &target));
    }
    if parts.is_empty() || target.on_key {
        // Items of a list are documented where the list is.
        let mut keys = target.path.clone();
        while keys.last().is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit())) {
            keys.pop();
        }
        parts.extend(keys::lookup(&keys).map(key_text));
    }
    (!parts.is_empty()).then(|| (parts.join("\n\n"), span))
}

/// What is known about a key, in Markdown.
pub(super) fn key_text(key: &KeyDoc) -> String {
    let mut text = format!("**{}**: {}", key.name, keys::kind(key.shape));
    if key.since > 0 {
        // Writing to a text cannot fail.
        let _ = write!(text, ", since version 3.{}", key.since);
    }
    text.push_str("\n\n");
    text.push_str(key.doc);
    let note = match key.usage {
        Usage::Used | Usage::Ignored => None,
        Usage::Unsupported => Some("Ignored by Swarm: a deploy says so and goes on.".to_owned()),
        Usage::Deprecated(advice) => Some(format!("Ignored by Swarm. {advice}")),
        Usage::Forbidden(advice) => Some(format!("A deploy is refused. {advice}")),
    };
    if let Some(note) = note {
        text.push_str("\n\n");
        text.push_str(&note);
    }
    text
}

/// The page of a rule that a comment names.
fn rule(text: &str, offset: usize) -> Option<(String, Span)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let before = text.get(..offset)?;
    let line = before.rfind('\n').map_or(0, |it| it + 1);
    let start = before.rfind(|c| !is_part(c)).map_or(0, |it| it + 1).max(line);
    let rest = text.get(offset..)?;
    let end = offset + rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    let comment = text.get(line..start)?;
    comment.contains("swarm-plan:").then_some(())?;
    let entry = rules::find(text.get(start..end)?)?;
    Some((entry.documentation(), Span::new(crate::source::SourceId::default(), start, end)))
}

/// What an alias stands for, and where an anchor is used.
fn anchor(tree: &Tree, offset: usize) -> Option<(String, Span)> {
    let holds = |it: &Span| crate::lsp::target::holds(*it, offset);
    for anchor in &tree.document.anchors {
        let name = &anchor.name;
        if holds(&anchor.span) {
            let count = anchor.uses.len();
            let times = if count == 1 { "once".to_owned() } else { format!("{count} times") };
            return Some((format!("**anchor** `{name}`, used {times}"), anchor.span));
        }
        if let Some(own) = anchor.uses.iter().find(|it| holds(it)) {
            let line = tree.text[..anchor.span.start()].matches('\n').count() + 1;
            return Some((format!("**alias** of the anchor `{name}` in line {line}"), *own));
        }
    }
    None
}

/// What a name stands for.
fn describe(trees: &[Tree], kind: Kind, name: &str) -> Option<String> {
    let section = kind.section()?;
    let found = trees.iter().find_map(|it| it.document.root.get(section)?.get(name))?;
    let mut words = Vec::new();
    let text = |key: &str| found.get(key).and_then(Node::as_text);
    let is_external = found.get("external").is_some_and(|it| it.as_bool() != Some(false));
    if is_external {
        words.push("external: it must be there before a deploy".to_owned());
    }
    let shown = ["image", "driver", "file", "name"];
    words.extend(shown.iter().filter_map(|it| Some(format!("{it} `{}`", text(it)?))));
    let mode = found.get("deploy").and_then(|it| it.get("mode")).and_then(Node::as_text);
    words.extend(mode.map(|it| format!("mode `{it}`")));
    let details = if words.is_empty() { String::new() } else { format!(": {}", words.join(", ")) };
    Some(format!("**{}** `{name}`{details}", kind.word()))
}

/// Whether a target is at a place of a kind.
fn is_at(target: &Target, pattern: &str) -> bool {
    matches(&target.path, pattern)
}
