//! What the client can do and wants.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;
use serde_json::Value;

use crate::lsp::convert::{Encoding, path_of, uri_of};
use crate::lsp::diagnostics;

/// What the client said about itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Client {
    pub encoding: Encoding,
    /// It shows places that explain a finding.
    pub related: bool,
    /// It asks for findings itself.
    pub pulls: bool,
    pub snippets: bool,
    pub markdown: bool,
    /// Edits may name versions of documents.
    pub document_changes: bool,
    pub hierarchical_symbols: bool,
    pub registers_watchers: bool,
    pub sends_configuration: bool,
    pub refreshes: Refreshes,
    /// It asks for the text of `swarm-plan:` documents.
    pub reads_pages: bool,
    pub folders: Vec<PathBuf>,
    pub wishes: Wishes,
    /// How the client writes the URIs of what is open.
    uris: BTreeMap<PathBuf, Uri>,
}

/// What the client asks for again when it is told to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Refreshes {
    pub hints: bool,
    pub lenses: bool,
    pub diagnostics: bool,
}

/// What the user wants, as the client's configuration says: `{"completion": false}` and so on.
#[derive(Clone, Debug, Default)]
pub(super) struct Wishes {
    /// Features that are switched off.
    off: Vec<String>,
    /// The address of the rules' pages, with `{rule}` for the rule's id.
    page: Option<String>,
}

impl Client {
    /// Reads what `initialize` says. What is odd counts as absent.
    pub(super) fn of(params: &Value) -> Self {
        let can = |path: &str| params.pointer(&format!("/capabilities/{path}"));
        let yes = |path: &str| can(path).and_then(Value::as_bool).unwrap_or_default();
        let has = |path: &str| can(path).is_some_and(Value::is_object);
        let offered = can("general/positionEncodings").and_then(Value::as_array);
        let offered = offered.map_or(&[][..], Vec::as_slice).iter().filter_map(Value::as_str);
        let formats = can("textDocument/hover/contentFormat").and_then(Value::as_array);
        let mut client = Self {
            encoding: Encoding::of(offered),
            related: yes("textDocument/publishDiagnostics/relatedInformation"),
            pulls: has("textDocument/diagnostic"),
            snippets: yes("textDocument/completion/completionItem/snippetSupport"),
            markdown: formats.is_none_or(|it| it.iter().any(|it| it == "markdown")),
            document_changes: yes("workspace/workspaceEdit/documentChanges"),
            hierarchical_symbols: yes(
                "textDocument/documentSymbol/hierarchicalDocumentSymbolSupport",
            ),
            registers_watchers: yes("workspace/didChangeWatchedFiles/dynamicRegistration"),
            sends_configuration: yes("workspace/configuration"),
            refreshes: Refreshes {
                hints: yes("workspace/inlayHint/refreshSupport"),
                lenses: yes("workspace/codeLens/refreshSupport"),
                diagnostics: yes("workspace/diagnostics/refreshSupport"),
            },
            reads_pages: has("workspace/textDocumentContent"),
            folders: Vec::new(),
            wishes: Wishes::of(params.get("initializationOptions").unwrap_or(&Value::Null)),
            uris: BTreeMap::new(),
        };
        let uri = |it: &Value| it.as_str().map(|it| path_of(&Uri(it.to_owned())));
        let folders = params.get("workspaceFolders").and_then(Value::as_array);
        client.folders = match folders {
            Some(folders) => folders.iter().filter_map(|it| it.get("uri").and_then(uri)).collect(),
            None => params.get("rootUri").and_then(uri).into_iter().collect(),
        };
        client
    }

    /// The URI of a file, as the client writes it.
    pub(super) fn uri(&self, path: &Path) -> Uri {
        self.uris.get(path).cloned().unwrap_or_else(|| uri_of(path))
    }

    /// Remembers how the client writes a URI.
    pub(super) fn learn(&mut self, path: &Path, uri: &Uri) {
        self.uris.insert(path.to_owned(), uri.clone());
    }

    /// Where a rule's page can be read, if anywhere.
    pub(super) fn page_of(&self, rule: &str) -> Option<Uri> {
        let own = self.reads_pages.then(|| diagnostics::page(rule));
        let told = self.wishes.page.as_ref().map(|it| Uri(it.replace("{rule}", rule)));
        told.or(own)
    }

    /// Whether the user wants a feature.
    pub(super) fn wants(&self, feature: &str) -> bool {
        !self.wishes.off.iter().any(|it| it == feature)
    }
}

impl Wishes {
    /// Reads a configuration, in a section of our name or by itself.
    pub(super) fn of(value: &Value) -> Self {
        let section = value.get("swarm-plan").or_else(|| value.get("swarmPlan"));
        let Some(map) = section.unwrap_or(value).as_object() else { return Self::default() };
        let off = map.iter().filter(|it| it.1.as_bool() == Some(false)).map(|it| it.0.clone());
        let page = map.get("rulePage").and_then(Value::as_str);
        Self { off: off.collect(), page: page.filter(|it| !it.is_empty()).map(str::to_owned) }
    }
}
