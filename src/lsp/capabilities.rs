//! What the server can do, as it tells the client.

use serde_json::{Value, json};

use crate::lsp::client::Client;

/// The answer to `initialize`.
pub(super) fn of(client: &Client) -> Value {
    let mut capabilities = json!({
        "positionEncoding": client.encoding.name(),
        "textDocumentSync": { "openClose": true, "change": 2, "save": true },
        "completionProvider": {
            "triggerCharacters": [":", " ", "$", "{", "*", "/", "=", "[", ","],
            "resolveProvider": true,
        },
        "codeActionProvider": {
            "codeActionKinds": ["quickfix", "refactor.rewrite", "source.fixAll.swarm-plan"],
        },
        "inlayHintProvider": true,
        "codeLensProvider": {},
        "hoverProvider": true,
        "definitionProvider": true,
        "referencesProvider": true,
        "documentHighlightProvider": true,
        "documentSymbolProvider": true,
        "foldingRangeProvider": true,
        "selectionRangeProvider": true,
        "documentLinkProvider": {},
        "workspaceSymbolProvider": true,
        "renameProvider": { "prepareProvider": true },
        "workspace": {
            "workspaceFolders": { "supported": true, "changeNotifications": true },
        },
    });
    if client.pulls {
        capabilities["diagnosticProvider"] = json!({
            "identifier": "swarm-plan",
            "interFileDependencies": true,
            "workspaceDiagnostics": true,
        });
    }
    if client.reads_pages {
        capabilities["workspace"]["textDocumentContent"] = json!({ "schemes": ["swarm-plan"] });
    }
    json!({
        "capabilities": capabilities,
        "serverInfo": { "name": "swarm-plan", "version": env!("CARGO_PKG_VERSION") },
    })
}
