//! The shape of a file: symbols, folds, ever larger selections, links.

use std::path::Path;

use gen_lsp_types::{
    DocumentLink, DocumentLinkParams, DocumentSymbolParams, FoldingRange, FoldingRangeKind,
    FoldingRangeParams, Range, SelectionRange, SelectionRangeParams, SymbolKind, Uri,
    WorkspaceSymbolParams,
};
use serde_json::{Value, json};

use crate::disk::discover;
use crate::lsp::complete::matches;
use crate::lsp::convert::{Lines, clean, path_of};
use crate::lsp::files::Document;
use crate::lsp::server::Server;
use crate::lsp::target::{holds, written};
use crate::lsp::trees::Tree;
use crate::source::Span;
use crate::yaml::{Entry, Node, Value as Yaml};

/// Symbols go as deep as the keys of a service.
const DEEPEST: usize = 3;

/// The most symbols of a workspace.
const MOST: usize = 1_000;

/// The answer to `textDocument/documentSymbol`.
pub(super) fn symbols(server: &mut Server, params: &DocumentSymbolParams) -> Option<Value> {
    let path = path_of(&params.text_document.uri);
    let (document, tree) = open(server, &path)?;
    let uri = server.client.uri(&path);
    let all = entries(&document, &tree.document.root, &mut Vec::new());
    if server.client.hierarchical_symbols {
        return Some(json!(all));
    }
    let mut flat = Vec::new();
    flatten(&all, "", &uri, &mut flat);
    Some(json!(flat))
}

fn open(server: &mut Server, path: &Path) -> Option<(Document, Tree)> {
    if !server.is_stack(path) {
        return None;
    }
    Some((server.documents.get(path)?.clone(), server.tree(path)?))
}

fn entries(document: &Document, node: &Node, path: &mut Vec<String>) -> Vec<Value> {
    let map = node.as_map().filter(|_| path.len() < DEEPEST && node.place.via.is_none());
    let own = map.into_iter().flat_map(|it| &it.entries).filter(|it| it.key.via.is_none());
    let mut found = Vec::new();
    for it in own {
        path.push(it.key.text.clone());
        let text = &document.text;
        let end = written(&it.node).end().max(it.key.span.end());
        let range = document.lines.range(text, it.key.span.start()..end);
        let name = if it.key.text.trim().is_empty() { "(empty)" } else { &it.key.text };
        let mut symbol = json!({
            "name": name,
            "kind": kind(path),
            "range": range,
            "selectionRange": document.lines.range(text, it.key.span.range()),
            "children": entries(document, &it.node, path),
        });
        if let Some(detail) = detail(path, it) {
            symbol["detail"] = json!(detail);
        }
        found.push(symbol);
        path.pop();
    }
    found
}

fn detail(path: &[String], it: &Entry) -> Option<String> {
    let image = matches(path, "services.*").then(|| it.node.get("image")).flatten();
    let found = image.or_else(|| matches(path, "services.*.image").then_some(&it.node))?;
    found.as_text().map(str::to_owned)
}

fn kind(path: &[String]) -> SymbolKind {
    match (path.first().map(String::as_str), path.len()) {
        (_, 1) => SymbolKind::Namespace,
        (Some("services"), 2) => SymbolKind::Class,
        (Some("networks"), 2) => SymbolKind::Interface,
        (Some("secrets"), 2) => SymbolKind::Key,
        (Some("configs"), 2) => SymbolKind::File,
        (Some("volumes"), 2) => SymbolKind::Object,
        _ => SymbolKind::Property,
    }
}

fn flatten(all: &[Value], container: &str, uri: &Uri, found: &mut Vec<Value>) {
    for it in all {
        let name = it["name"].as_str().unwrap_or_default();
        let location = json!({ "uri": uri, "range": it["range"] });
        let symbol = json!({
            "name": name, "kind": it["kind"], "location": location, "containerName": container,
        });
        found.push(symbol);
        flatten(it["children"].as_array().map_or(&[], Vec::as_slice), name, uri, found);
    }
}

/// The answer to `workspace/symbol`: what all stacks of the workspace declare.
pub(super) fn workspace(server: &mut Server, params: &WorkspaceSymbolParams) -> Vec<Value> {
    let query = params.query.to_lowercase();
    let mut paths: Vec<_> = server.documents.keys().cloned().collect();
    for folder in server.client.folders.clone() {
        paths.extend(discover::discover(&folder).files);
    }
    paths.sort();
    paths.dedup();
    let mut found = Vec::new();
    for path in paths {
        let Some(tree) = server.tree(&path) else { continue };
        let lines = Lines::of(&tree.text, server.client.encoding);
        let declared = crate::lsp::symbols::of(&tree).into_iter().filter(|it| it.is_declaration);
        for it in declared.filter(|it| is_subsequence(&query, &it.name.to_lowercase())) {
            let Some(section) = it.kind.section() else { continue };
            let range = lines.range(&tree.text, it.range.clone());
            let location = json!({ "uri": server.client.uri(&path), "range": range });
            let kind = kind(&[section.to_owned(), it.name.clone()]);
            found.push(json!({
                "name": it.name, "kind": kind, "location": location, "containerName": section,
            }));
        }
        if found.len() >= MOST {
            break;
        }
    }
    server.shelf_for_open();
    found.truncate(MOST);
    found
}

fn is_subsequence(query: &str, name: &str) -> bool {
    let mut rest = name.chars();
    query.chars().all(|it| rest.any(|own| own == it))
}

/// The answer to `textDocument/foldingRange`.
pub(super) fn folds(server: &mut Server, params: &FoldingRangeParams) -> Vec<FoldingRange> {
    let path = path_of(&params.text_document.uri);
    let Some((document, tree)) = open(server, &path) else { return Vec::new() };
    let mut found = Vec::new();
    let mut fold = |start: usize, end: usize, kind: Option<FoldingRangeKind>| {
        let (first, last) = (document.lines.line_of(start), document.lines.line_of(end));
        if last > first {
            let (start_line, end_line) = (first as u32, last as u32);
            found.push(FoldingRange { start_line, end_line, kind, ..FoldingRange::default() });
        }
    };
    let text = &document.text;
    let trimmed = |end: usize| {
        let before = text.get(..end).unwrap_or_default();
        before.trim_end().len()
    };
    let mut open = vec![&tree.document.root];
    while let Some(node) = open.pop() {
        match &node.value {
            Yaml::Map(map) if node.place.via.is_none() => {
                for it in map.entries.iter().filter(|it| it.key.via.is_none()) {
                    if it.node.place.via.is_none() {
                        fold(it.key.span.start(), trimmed(it.node.span().end()), None);
                        open.push(&it.node);
                    }
                }
            }
            Yaml::List(items) if node.place.via.is_none() => {
                for it in items.iter().filter(|it| it.place.via.is_none()) {
                    fold(it.span().start(), trimmed(it.span().end()), None);
                    open.push(it);
                }
            }
            _ => {}
        }
    }
    let own: Vec<_> = tree.document.comments.iter().filter(|it| it.own_line).collect();
    let line = |at: usize| document.lines.line_of(at);
    let follows = |a: &&crate::yaml::Comment, b: &&crate::yaml::Comment| {
        line(a.span.start()) + 1 == line(b.span.start())
    };
    for block in own.chunk_by(follows) {
        if let [first, .., last] = block {
            fold(first.span.start(), last.span.start(), Some(FoldingRangeKind::Comment));
        }
    }
    found.sort_by_key(|it| (it.start_line, it.end_line));
    found.dedup();
    found
}

/// The answer to `textDocument/selectionRange`.
pub(super) fn selections(
    server: &mut Server,
    params: &SelectionRangeParams,
) -> Vec<SelectionRange> {
    let path = path_of(&params.text_document.uri);
    let Some((document, tree)) = open(server, &path) else { return Vec::new() };
    let text = &document.text;
    let selection = |position: &gen_lsp_types::Position| {
        let offset = document.lines.offset(text, *position);
        let whole = Span::new(tree.document.root.span().source, 0, text.len());
        let mut spans = vec![whole];
        let mut node = &tree.document.root;
        while let Some((around, next)) = inside(node, offset) {
            spans.extend(around);
            match next {
                Some(next) => node = next,
                None => break,
            }
        }
        let mut found: Option<SelectionRange> = None;
        let mut last: Option<Range> = None;
        for span in spans {
            let range = document.lines.range(text, span.range());
            if last != Some(range) {
                found = Some(SelectionRange { range, parent: found.take().map(Box::new) });
                last = Some(range);
            }
        }
        found.unwrap_or(SelectionRange { range: Range::default(), parent: None })
    };
    params.positions.iter().map(selection).collect()
}

/// What lies around a byte one level down: the spans, from the outer to the inner.
fn inside(node: &Node, offset: usize) -> Option<(Vec<Span>, Option<&Node>)> {
    if node.place.via.is_some() {
        return None;
    }
    match &node.value {
        Yaml::Map(map) => {
            let own = map.entries.iter().filter(|it| it.key.via.is_none());
            let entry = |it: &&Entry| {
                let end = written(&it.node).end().max(it.key.span.end());
                Span::new(it.key.span.source, it.key.span.start(), end)
            };
            let mut own = own;
            let it = own.find(|it| holds(entry(it), offset))?;
            let whole = entry(&it);
            if holds(it.key.span, offset) {
                return Some((vec![whole, it.key.span], None));
            }
            if holds(written(&it.node), offset) {
                return Some((vec![whole, written(&it.node)], Some(&it.node)));
            }
            Some((vec![whole], None))
        }
        Yaml::List(items) => {
            let it = items.iter().find(|it| holds(written(it), offset))?;
            Some((vec![written(it)], Some(it)))
        }
        _ => None,
    }
}

/// Where a file on this machine is named.
const FILES: &[&str] =
    &["services.*.env_file", "services.*.env_file.*", "secrets.*.file", "configs.*.file"];

/// The answer to `textDocument/documentLink`: files, and images on Docker Hub.
pub(super) fn links(server: &mut Server, params: &DocumentLinkParams) -> Vec<DocumentLink> {
    let path = path_of(&params.text_document.uri);
    let Some((document, tree)) = open(server, &path) else { return Vec::new() };
    let folder = server.projects.folder_of(&path);
    let mut found = Vec::new();
    let mut open = vec![(Vec::new(), &tree.document.root)];
    while let Some((path, node)) = open.pop() {
        match &node.value {
            _ if node.place.via.is_some() || path.len() > 4 => {}
            Yaml::Map(map) => {
                open.extend(map.entries.iter().filter(|it| it.key.via.is_none()).map(|it| {
                    let mut path: Vec<String> = path.clone();
                    path.push(it.key.text.clone());
                    (path, &it.node)
                }));
            }
            Yaml::List(items) => open.extend(items.iter().enumerate().map(|(at, it)| {
                let mut path = path.clone();
                path.push(at.to_string());
                (path, it)
            })),
            Yaml::Text(text) if !text.contains('$') && !text.is_empty() => {
                let target = if FILES.iter().any(|it| matches(&path, it)) {
                    server.client.uri(&clean(&folder.join(text)))
                } else if matches(&path, "services.*.image") {
                    let Some(uri) = hub(text) else { continue };
                    uri
                } else {
                    continue;
                };
                found.push(DocumentLink {
                    range: document.lines.range(&document.text, node.span().range()),
                    target: Some(target),
                    tooltip: None,
                    data: None,
                });
            }
            _ => {}
        }
    }
    found.sort_by_key(|it| it.range.start);
    found
}

/// The page of an image of Docker Hub.
fn hub(image: &str) -> Option<Uri> {
    let name = crate::image::repository(image);
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
    if !name.chars().all(plain) || name.is_empty() {
        return None;
    }
    let page = match name.split_once('/') {
        None => format!("_/{name}"),
        // What has a dot or a port before the slash is another registry.
        Some((host, _)) if host.contains('.') || host == "localhost" => return None,
        Some((_, rest)) if rest.contains('/') => return None,
        Some(_) => format!("r/{name}"),
    };
    Some(Uri(format!("https://hub.docker.com/{page}")))
}
