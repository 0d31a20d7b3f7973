//! Findings that the client asks for, and the pages that explain them.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use gen_lsp_types::{
    Diagnostic, DocumentDiagnosticParams, TextDocumentContentParams, WorkspaceDiagnosticParams,
};
use serde_json::{Value, json};

use crate::disk::discover;
use crate::lsp::convert::path_of;
use crate::lsp::diagnostics;
use crate::lsp::server::Server;
use crate::rules;

/// The findings of one file.
pub(super) fn document(server: &mut Server, params: &DocumentDiagnosticParams) -> Value {
    let path = path_of(&params.text_document.uri);
    server.all_fresh(&path);
    report(&server.board.of(&path), params.previous_result_id.as_deref())
}

/// The findings of every stack in the workspace, open or not.
pub(super) fn workspace(server: &mut Server, params: &WorkspaceDiagnosticParams) -> Value {
    let known: BTreeMap<PathBuf, String> =
        params.previous_result_ids.iter().map(|it| (path_of(&it.uri), it.value.clone())).collect();
    let by_file = server.whole_workspace();
    let items = by_file.into_iter().map(|(path, found)| {
        let mut item = report(&found, known.get(&path).map(String::as_str));
        let version = server.documents.get(&path).map(|it| it.version);
        item["uri"] = json!(server.client.uri(&path));
        item["version"] = json!(version);
        item
    });
    let items: Vec<_> = items.collect();
    json!({ "items": items })
}

/// What was found, unless the client knows it already.
fn report(found: &[Diagnostic], known: Option<&str>) -> Value {
    let mut hasher = DefaultHasher::new();
    found.hash(&mut hasher);
    let id = format!("{:016x}", hasher.finish());
    if known == Some(id.as_str()) {
        json!({ "kind": "unchanged", "resultId": id })
    } else {
        json!({ "kind": "full", "resultId": id, "items": found })
    }
}

/// The text of an open file as the server has it: for those who look for a difference.
pub(super) fn text(server: &mut Server, params: &DocumentDiagnosticParams) -> Value {
    let document = server.documents.get(&path_of(&params.text_document.uri));
    json!(document.map(|it| it.text.as_str()))
}

/// The text of a rule's page.
pub(super) fn page(_: &mut Server, params: &TextDocumentContentParams) -> Value {
    let entry = diagnostics::rule_of(&params.uri).and_then(rules::find);
    json!({ "text": entry.map(rules::Entry::documentation).unwrap_or_default() })
}

impl Server {
    /// The findings of every stack below the workspace's folders, by file.
    fn whole_workspace(&mut self) -> BTreeMap<PathBuf, Vec<Diagnostic>> {
        let files = self.files();
        let mut jobs = self.jobs(&files);
        for folder in self.client.folders.clone() {
            for path in discover::discover(&folder).files {
                for job in self.projects.jobs_of_file(&path, &files) {
                    jobs.entry(job.key.clone()).or_insert(job);
                }
            }
        }
        self.keep(|it| jobs.contains_key(it));
        let mut found = BTreeMap::new();
        for job in jobs.into_values() {
            self.fresh(job, &files);
        }
        for path in self.board.files() {
            found.insert(path.clone(), self.board.of(Path::new(&path)));
        }
        found
    }
}
