//! From a name to its declaration and its uses, and another name for it everywhere.

use std::collections::BTreeMap;

use gen_lsp_types::{
    DefinitionParams, DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, Location,
    PrepareRenameParams, ReferenceParams, RenameParams, TextDocumentPositionParams, TextEdit,
};
use lsp_server::ErrorCode;
use serde_json::{Value, json};

use crate::lsp::convert::{Lines, path_of};
use crate::lsp::edits;
use crate::lsp::server::{Failure, Server};
use crate::lsp::symbols::{self, Kind, Symbol};
use crate::lsp::trees::Tree;
use crate::stack::keys::Names;

/// The name at a position, with the trees of its stack.
fn find(server: &mut Server, at: &TextDocumentPositionParams) -> Option<(Vec<Tree>, Symbol)> {
    let path = path_of(&at.text_document.uri);
    if !server.is_stack(&path) {
        return None;
    }
    let document = server.documents.get(&path)?;
    let offset = document.lines.offset(&document.text, at.position);
    let trees = server.trees(&path);
    let symbol = symbols::at(&trees, &path, offset)?;
    Some((trees, symbol))
}

fn location(server: &Server, trees: &[Tree], it: &Symbol) -> Option<Location> {
    let tree = trees.iter().find(|tree| tree.path == it.path)?;
    let lines = Lines::of(&tree.text, server.client.encoding);
    let range = lines.range(&tree.text, it.range.clone());
    Some(Location { uri: server.client.uri(&it.path), range })
}

/// The answer to `textDocument/definition`.
pub(super) fn definition(server: &mut Server, params: &DefinitionParams) -> Vec<Location> {
    let Some((trees, symbol)) = find(server, &params.text_document_position_params) else {
        return Vec::new();
    };
    let all = symbols::all(&trees, &symbol);
    let declared = all.iter().filter(|it| it.is_declaration);
    declared.filter_map(|it| location(server, &trees, it)).collect()
}

/// The answer to `textDocument/references`.
pub(super) fn references(server: &mut Server, params: &ReferenceParams) -> Vec<Location> {
    let Some((trees, symbol)) = find(server, &params.text_document_position_params) else {
        return Vec::new();
    };
    let wanted = |it: &&Symbol| params.context.include_declaration || !it.is_declaration;
    let all = symbols::all(&trees, &symbol);
    all.iter().filter(wanted).filter_map(|it| location(server, &trees, it)).collect()
}

/// The answer to `textDocument/documentHighlight`.
pub(super) fn highlight(
    server: &mut Server,
    params: &DocumentHighlightParams,
) -> Vec<DocumentHighlight> {
    let Some((trees, symbol)) = find(server, &params.text_document_position_params) else {
        return Vec::new();
    };
    let all = symbols::all(&trees, &symbol);
    let own = all.iter().filter(|it| it.path == symbol.path);
    let highlight = |it: &Symbol| {
        let kind = if it.is_declaration {
            DocumentHighlightKind::Write
        } else {
            DocumentHighlightKind::Read
        };
        let range = location(server, &trees, it)?.range;
        Some(DocumentHighlight { range, kind: Some(kind) })
    };
    own.filter_map(highlight).collect()
}

/// The answer to `textDocument/prepareRename`: the name, if it can be another.
pub(super) fn prepare(server: &mut Server, params: &PrepareRenameParams) -> Value {
    let found = find(server, &params.text_document_position_params);
    let range = found.and_then(|(trees, symbol)| {
        let range = location(server, &trees, &symbol)?.range;
        Some(json!({ "range": range, "placeholder": symbol.name }))
    });
    range.unwrap_or_default()
}

/// The answer to `textDocument/rename`.
pub(super) fn rename(server: &mut Server, params: &RenameParams) -> Result<Value, Failure> {
    let fail = |text: String| Failure::new(ErrorCode::RequestFailed, text);
    let found = find(server, &params.text_document_position_params);
    let (trees, symbol) = found.ok_or_else(|| fail("there is no name here".to_owned()))?;
    let new = params.new_name.as_str();
    let fits = match symbol.kind {
        Kind::Anchor => {
            let bad = |c: char| c.is_whitespace() || "[]{},:*&#".contains(c);
            !new.is_empty() && !new.contains(bad)
        }
        _ => Names::Object.fits(new) && crate::edit::quoted(new) == new,
    };
    if !fits {
        return Err(fail(format!(
            "`{new}` cannot be the name of a {}: write letters, digits, `.`, `_` and `-`",
            symbol.kind.word()
        )));
    }
    let all = symbols::all(&trees, &symbol);
    if !all.iter().any(|it| it.is_declaration) {
        let kind = symbol.kind.word();
        return Err(fail(format!("the {kind} `{}` is declared nowhere", symbol.name)));
    }
    let wanted = Symbol { name: new.to_owned(), ..symbol.clone() };
    if new != symbol.name && symbols::all(&trees, &wanted).iter().any(|it| it.is_declaration) {
        return Err(fail(format!("there is a {} `{new}` already", symbol.kind.word())));
    }
    let mut by_file = BTreeMap::new();
    for it in &all {
        if let Some(place) = location(server, &trees, it) {
            let edits: &mut Vec<TextEdit> = by_file.entry(it.path.clone()).or_default();
            edits.push(TextEdit::new(place.range, new.to_owned()));
        }
    }
    Ok(edits::workspace(server, by_file))
}
