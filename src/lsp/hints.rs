//! Where the tasks of each service go, behind its name and above it.

use gen_lsp_types::{CodeLensParams, InlayHintParams};
use serde_json::{Value, json};
use std::path::Path;

use crate::lsp::convert::path_of;
use crate::lsp::placement::Placement;
use crate::lsp::server::Server;
use crate::source::Span;

/// The answer to `textDocument/inlayHint`.
pub(super) fn hints(server: &mut Server, params: &InlayHintParams) -> Vec<Value> {
    let path = path_of(&params.text_document.uri);
    if !server.client.wants("inlayHints") {
        return Vec::new();
    }
    let Some(found) = placed(server, &path) else { return Vec::new() };
    let Some(document) = server.documents.get(&path) else { return Vec::new() };
    let (lines, text) = (&document.lines, &document.text);
    let (first, last) = (params.range.start.line, params.range.end.line);
    let hint = |(span, it): (Span, Placement)| {
        let line = lines.line_of(span.start());
        let end = lines.line(text, line).end;
        let position = lines.position(text, end);
        (first <= position.line && position.line <= last).then(|| {
            json!({
                "position": position,
                "label": it.short(),
                "paddingLeft": true,
                "tooltip": it.long(),
            })
        })
    };
    found.into_iter().filter_map(hint).collect()
}

/// The answer to `textDocument/codeLens`.
pub(super) fn lenses(server: &mut Server, params: &CodeLensParams) -> Vec<Value> {
    let path = path_of(&params.text_document.uri);
    if !server.client.wants("codeLens") {
        return Vec::new();
    }
    let Some(found) = placed(server, &path) else { return Vec::new() };
    let Some(document) = server.documents.get(&path) else { return Vec::new() };
    let lens = |(span, it): (Span, Placement)| {
        let range = document.lines.range(&document.text, span.range());
        json!({ "range": range, "command": { "title": it.counts(), "command": "" } })
    };
    found.into_iter().map(lens).collect()
}

/// The services of a file with where they go.
fn placed(server: &mut Server, path: &Path) -> Option<Vec<(Span, Placement)>> {
    if !server.is_stack(path) {
        return None;
    }
    let snapshot = server.snapshot(path)?;
    let source = snapshot.source(path)?;
    let named = snapshot.analysis.stack.files.iter().find(|it| it.source == source)?;
    let services = named.document.root.get("services")?.as_map()?;
    let own = services.entries.iter().filter(|it| it.key.via.is_none());
    let found = own.filter_map(|it| {
        let placement = snapshot.placements().iter().find(|own| own.service == it.key.text)?;
        Some((it.key.span, placement.clone()))
    });
    Some(found.collect())
}
