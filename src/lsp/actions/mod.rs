//! What the editor offers to do: fixes of findings, comments that silence them, another form of an
//! entry. Each is tried first, and offered only if nothing else changes by it.

mod fixes;
mod forms;
mod ignore;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use gen_lsp_types::{CodeActionParams, TextEdit};
use serde_json::{Value, json};

use crate::analysis::Analysis;
use crate::diagnostic::Edit;
use crate::lsp::check::Shared;
use crate::lsp::convert::{Lines, path_of};
use crate::lsp::edits;
use crate::lsp::files::Overlay;
use crate::lsp::server::Server;
use crate::source::{SourceId, Sources};
use crate::stack::verdict;

/// What an action does.
pub(super) struct Action {
    pub title: String,
    pub kind: &'static str,
    /// The rule and the place of the finding that it resolves.
    pub resolves: Option<(&'static str, Range<usize>)>,
    pub is_preferred: bool,
    pub edits: Vec<Edit>,
}

/// A stack at the moment, and the place that is asked about.
pub(super) struct Bench<'a> {
    pub snapshot: &'a Shared,
    pub source: SourceId,
    pub range: Range<usize>,
    pub files: &'a Overlay,
}

/// The answer to `textDocument/codeAction`.
pub(super) fn actions(server: &mut Server, params: &CodeActionParams) -> Vec<Value> {
    let path = path_of(&params.text_document.uri);
    find(server, &path, params).unwrap_or_default()
}

fn find(server: &mut Server, path: &Path, params: &CodeActionParams) -> Option<Vec<Value>> {
    if !server.client.wants("codeActions") || !server.is_stack(path) {
        return None;
    }
    let document = server.documents.get(path)?.clone();
    let snapshot = server.snapshot(path)?;
    let source = snapshot.source(path)?;
    let range = document.lines.bytes(&document.text, params.range);
    let files = server.files();
    let bench = Bench { snapshot: &snapshot, source, range, files: &files };
    let only = serde_json::to_value(&params.context.only).unwrap_or_default();
    let only: Option<Vec<String>> = serde_json::from_value(only).unwrap_or_default();
    let wants = |kind: &str| match &only {
        Some(only) => {
            only.iter().any(|it| it.is_empty() || kind == it || kind.starts_with(&format!("{it}.")))
        }
        // Fixing everything takes long, and is asked for by name.
        None => kind != fixes::ALL,
    };
    let mut found = Vec::new();
    if wants("quickfix") {
        found.extend(fixes::of(&bench));
        found.extend(ignore::of(&bench));
    }
    if wants(forms::KIND) {
        found.extend(forms::of(&bench));
    }
    if wants(fixes::ALL) {
        found.extend(fixes::all(&bench));
    }
    let sent = serde_json::to_value(&params.context.diagnostics).unwrap_or_default();
    let sent = sent.as_array().cloned().unwrap_or_default();
    let action = |it: Action| {
        let edit = edits::workspace(server, by_file(server, &snapshot, &it.edits));
        let mut action = json!({ "title": it.title, "kind": it.kind, "edit": edit });
        if it.is_preferred {
            action["isPreferred"] = json!(true);
        }
        if let Some((rule, bytes)) = it.resolves {
            let range = json!(document.lines.range(&document.text, bytes));
            let is_it = |own: &&Value| own["code"] == rule && own["range"] == range;
            let known: Vec<&Value> = sent.iter().filter(is_it).collect();
            if !known.is_empty() {
                action["diagnostics"] = json!(known);
            }
        }
        action
    };
    Some(found.into_iter().map(action).collect())
}

fn by_file(server: &Server, snapshot: &Shared, edits: &[Edit]) -> BTreeMap<PathBuf, Vec<TextEdit>> {
    let mut found: BTreeMap<PathBuf, Vec<TextEdit>> = BTreeMap::new();
    for it in edits {
        let text = &snapshot.sources.get(it.span.source).text;
        let lines = Lines::of(text, server.client.encoding);
        let edit = TextEdit::new(lines.range(text, it.span.range()), it.replacement.clone());
        found.entry(snapshot.path(it.span.source)).or_default().push(edit);
    }
    found
}

impl Bench<'_> {
    pub(super) fn text(&self) -> &str {
        &self.snapshot.sources.get(self.source).text
    }

    /// What is known after edits.
    pub(super) fn after(&self, edits: &[Edit]) -> Analysis {
        let mut sources = Sources::default();
        for &file in &self.snapshot.files {
            let old = self.snapshot.sources.get(file);
            let mut own: Vec<&Edit> = edits.iter().filter(|it| it.span.source == file).collect();
            own.sort();
            let mut text = old.text.clone();
            for it in own.iter().rev() {
                if text.get(it.span.range()).is_some() {
                    text.replace_range(it.span.range(), &it.replacement);
                }
            }
            sources.add(old.name.clone(), text);
        }
        // The inventory keeps its number.
        if let Some(nodes) = &self.snapshot.job.key.nodes
            && let Some(source) = self.snapshot.source(nodes)
        {
            let it = self.snapshot.sources.get(source);
            sources.add(it.name.clone(), it.text.clone());
        }
        self.snapshot.analyze(&mut sources, self.files)
    }

    /// Whether edits leave what a deploy sends as it is, and every file as readable as it was.
    pub(super) fn sends_the_same(&self, edits: &[Edit]) -> bool {
        let after = self.after(edits);
        let before = &self.snapshot.analysis;
        after.specs == before.specs && is_as_sound(before, &after)
    }
}

/// Whether everything can still be read, and Docker takes what it took.
pub(super) fn is_as_sound(before: &Analysis, after: &Analysis) -> bool {
    let faults = |it: &Analysis| -> usize {
        let files = it.stack.files.iter().map(|it| &it.document);
        files.map(|it| it.errors.len() + it.duplicates.len()).sum()
    };
    let refused = |it: &Analysis| verdict(&it.stack.problems).is_some();
    faults(after) <= faults(before) && (refused(before) || !refused(after))
}
