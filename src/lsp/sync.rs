//! What the client says has changed: texts, files, folders, its configuration.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use gen_lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams,
};
use lsp_server::Response;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::lsp::client::Wishes;
use crate::lsp::convert::{Lines, path_of};
use crate::lsp::files::Document;
use crate::lsp::project::SETTINGS;
use crate::lsp::server::Server;

/// How long to wait for the next keystroke before a stack is checked.
const PAUSE: Duration = Duration::from_millis(50);

/// Files whose change may change what is found. What else a stack reads is learnt by reading it.
const WATCHED: &[&str] =
    &["**/swarm-plan.toml", "**/*.{yml,yaml}", "**/*.env", "**/.env*", "**/*.{conf,cfg,ini,json}"];

impl Server {
    /// The client is ready to be asked.
    pub(super) fn initialized(&mut self) -> io::Result<()> {
        if self.client.registers_watchers {
            let watchers: Vec<_> = WATCHED.iter().map(|it| json!({ "globPattern": it })).collect();
            let method = "workspace/didChangeWatchedFiles";
            let options = json!({ "watchers": watchers });
            let registration =
                json!({ "id": "files", "method": method, "registerOptions": options });
            let params = json!({ "registrations": [registration] });
            self.ask("watch", "client/registerCapability", params)?;
        }
        self.ask_configuration()
    }

    fn ask_configuration(&mut self) -> io::Result<()> {
        if !self.client.sends_configuration {
            return Ok(());
        }
        let params = json!({ "items": [{ "section": "swarm-plan" }] });
        self.ask("configuration", "workspace/configuration", params)
    }

    /// The client's configuration has changed: it says so, or is to be asked.
    pub(super) fn configured(&mut self, params: &Value) -> io::Result<()> {
        let settings = params.get("settings").filter(|it| it.is_object());
        if let Some(settings) = settings.filter(|_| !self.client.sends_configuration) {
            self.wish(Wishes::of(settings));
        }
        self.ask_configuration()
    }

    /// The client answers.
    pub(super) fn response(&mut self, it: &Response) {
        if let Ok(Value::Array(items)) = &it.response_result
            && it.id.to_string().contains("configuration-")
            && let Some(section) = items.first().filter(|it| it.is_object())
        {
            self.wish(Wishes::of(section));
        }
    }

    fn wish(&mut self, wishes: Wishes) {
        self.client.wishes = wishes;
        self.all_changed();
    }

    /// Takes over what is open and what has changed. What makes no sense is passed over.
    pub(super) fn synchronize(&mut self, method: &str, params: Value) {
        match method {
            "textDocument/didOpen" => with(params, |it| self.open(it)),
            "textDocument/didChange" => with(params, |it| self.change(&it)),
            "textDocument/didClose" => with(params, |it| self.close(&it)),
            "textDocument/didSave" => self.all_changed(),
            "workspace/didChangeWatchedFiles" => with(params, |it| self.watched(&it)),
            "workspace/didChangeWorkspaceFolders" => with(params, |it| self.folders(&it)),
            _ => {}
        }
    }

    fn open(&mut self, params: DidOpenTextDocumentParams) {
        let it = params.text_document;
        let path = path_of(&it.uri);
        self.client.learn(&path, &it.uri);
        let document = Document {
            path: path.clone(),
            language: serde_json::to_value(&it.language_id)
                .ok()
                .and_then(|it| it.as_str().map(str::to_owned))
                .unwrap_or_default(),
            version: it.version,
            lines: Lines::of(&it.text, self.client.encoding),
            text: Arc::new(it.text),
        };
        self.documents.insert(path.clone(), document);
        self.board.forget(&path);
        self.changed(&path);
        // Nobody is typing yet.
        self.deadline = Some(Instant::now());
    }

    fn change(&mut self, params: &DidChangeTextDocumentParams) {
        let it = &params.text_document;
        let path = path_of(&it.text_document_identifier.uri);
        let encoding = self.client.encoding;
        let Some(document) = self.documents.get_mut(&path) else { return };
        document.version = it.version;
        document.change(&params.content_changes, encoding);
        self.changed(&path);
    }

    fn close(&mut self, params: &DidCloseTextDocumentParams) {
        let path = path_of(&params.text_document.uri);
        if self.documents.remove(&path).is_some() {
            // From now on the disk counts.
            self.changed(&path);
            self.deadline = Some(Instant::now());
        }
    }

    fn watched(&mut self, params: &DidChangeWatchedFilesParams) {
        for it in &params.changes {
            let path = path_of(&it.uri);
            // Of what is open the client tells more, and sooner.
            if !self.documents.contains_key(&path) {
                self.changed(&path);
            }
        }
    }

    fn folders(&mut self, params: &DidChangeWorkspaceFoldersParams) {
        let removed: Vec<PathBuf> =
            params.event.removed.iter().map(|it| path_of(&it.uri)).collect();
        self.client.folders.retain(|it| !removed.contains(it));
        self.client.folders.extend(params.event.added.iter().map(|it| path_of(&it.uri)));
        self.all_changed();
    }

    /// A file has another content than before.
    fn changed(&mut self, path: &Path) {
        let everywhere = path.file_name().is_some_and(|it| it == SETTINGS)
            || Some(path) == self.projects.settings.as_deref();
        for (key, it) in &self.snapshots {
            if everywhere || it.depends.contains(path) {
                self.others_changed |= !key.files.iter().any(|it| it == path);
                self.stale.insert(key.clone());
            }
        }
        self.hurry_no_more();
    }

    /// Anything may have another content than before.
    fn all_changed(&mut self) {
        self.stale.extend(self.snapshots.keys().cloned());
        self.others_changed = true;
        self.hurry_no_more();
    }

    /// What is being checked is out of date.
    fn hurry_no_more(&mut self) {
        self.round += 1;
        self.worker.abandon(self.round);
        self.deadline = Some(Instant::now() + PAUSE);
    }
}

fn with<T: DeserializeOwned>(params: Value, work: impl FnOnce(T)) {
    if let Ok(params) = serde_json::from_value(params) {
        work(params);
    }
}
