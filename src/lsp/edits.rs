//! Edits as the protocol carries them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use gen_lsp_types::TextEdit;
use serde_json::{Value, json};

use crate::lsp::server::Server;

/// Edits of several files. Where the client understands it, they count only for the versions that
/// they were made for.
pub(super) fn workspace(server: &Server, edits: BTreeMap<PathBuf, Vec<TextEdit>>) -> Value {
    if server.client.document_changes {
        let changes = edits.into_iter().map(|(path, edits)| {
            let version = server.documents.get(&path).map(|it| it.version);
            let document = json!({ "uri": server.client.uri(&path), "version": version });
            json!({ "textDocument": document, "edits": edits })
        });
        json!({ "documentChanges": changes.collect::<Vec<_>>() })
    } else {
        let changes: serde_json::Map<String, Value> = edits
            .into_iter()
            .map(|(path, edits)| (server.client.uri(&path).0, json!(edits)))
            .collect();
        json!({ "changes": changes })
    }
}
