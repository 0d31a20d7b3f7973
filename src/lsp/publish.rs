//! Which findings are shown where: what was found in each stack, put together by file.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gen_lsp_types::{Diagnostic, PublishDiagnosticsParams};
use serde_json::Value;

use crate::lsp::check::{self, Shared};
use crate::lsp::diagnostics::{self, ByFile};
use crate::lsp::files::{Document, Overlay};
use crate::lsp::project::{Found, Job, Key, Role};
use crate::lsp::server::Server;
use crate::lsp::worker::{Checked, Work};

/// What was found, and what the client knows of it.
#[derive(Debug, Default)]
pub(super) struct Board {
    stacks: BTreeMap<Key, ByFile>,
    settings: ByFile,
    /// The stacks that are being checked.
    waiting: BTreeSet<Key>,
    /// What the client was sent last.
    sent: BTreeMap<PathBuf, (Option<i32>, Vec<Diagnostic>)>,
}

impl Board {
    /// All findings of a file, each once.
    pub(super) fn of(&self, path: &Path) -> Vec<Diagnostic> {
        let stacks = self.stacks.values().filter_map(|it| it.get(path));
        let mut found: Vec<Diagnostic> = Vec::new();
        for it in stacks.chain(self.settings.get(path)).flatten() {
            if !found.contains(it) {
                found.push(it.clone());
            }
        }
        found.sort_by_key(|it| (it.range.start, it.range.end));
        found
    }

    /// Whatever the client was told of a file, it is to be told again.
    pub(super) fn forget(&mut self, path: &Path) {
        self.sent.remove(path);
    }

    /// Whether more is about to be known of a file.
    fn waits(&self, path: &Path) -> bool {
        self.waiting
            .iter()
            .any(|it| it.files.iter().any(|it| it == path) || it.nodes.as_deref() == Some(path))
    }

    /// Every file that something is known about.
    pub(super) fn files(&self) -> BTreeSet<PathBuf> {
        let stacks = self.stacks.values().flat_map(BTreeMap::keys);
        stacks.chain(self.settings.keys()).cloned().collect()
    }
}

impl Server {
    /// The texts of this moment.
    pub(super) fn files(&self) -> Overlay {
        Overlay::of(self.documents.values())
    }

    /// The time has come: checks what has changed.
    pub(super) fn check(&mut self) -> io::Result<()> {
        self.deadline = None;
        let files = self.files();
        let jobs = self.jobs(&files);
        self.look_at_settings(&files);
        if !self.client.pulls {
            self.keep(|it| jobs.contains_key(it));
        }
        let known = &self.snapshots;
        let is_due = |it: &Key| self.stale.contains(it) || !known.contains_key(it);
        let jobs: Vec<Job> = jobs.into_iter().filter(|it| is_due(&it.0)).map(|it| it.1).collect();
        let shows = !self.client.pulls && self.client.wants("diagnostics");
        self.board.waiting.clear();
        if shows && !jobs.is_empty() {
            self.board.waiting = jobs.iter().map(|it| it.key.clone()).collect();
            let environment = Arc::clone(&self.environment);
            let projects = self.projects.clone();
            self.worker.check(Work { round: self.round, jobs, files, projects, environment });
        }
        if shows {
            self.publish()?;
        }
        self.refresh()
    }

    /// Forgets all stacks but these.
    pub(super) fn keep(&mut self, is_kept: impl Fn(&Key) -> bool) {
        self.snapshots.retain(|it, _| is_kept(it));
        self.board.stacks.retain(|it, _| is_kept(it));
        self.stale.retain(is_kept);
    }

    /// Has the client ask again for what depends on more than the text that it is about.
    fn refresh(&mut self) -> io::Result<()> {
        if !std::mem::take(&mut self.others_changed) {
            return Ok(());
        }
        let can = self.client.refreshes;
        for (can, method) in [
            (can.hints, "workspace/inlayHint/refresh"),
            (can.lenses, "workspace/codeLens/refresh"),
            (can.diagnostics && self.client.pulls, "workspace/diagnostic/refresh"),
        ] {
            if can {
                self.ask("refresh", method, Value::Null)?;
            }
        }
        Ok(())
    }

    /// What is to be checked because of what is open.
    pub(super) fn jobs(&self, files: &Overlay) -> BTreeMap<Key, Job> {
        let jobs = self.documents.values().flat_map(|it| self.projects.jobs(it, files));
        jobs.map(|it| (it.key.clone(), it)).collect()
    }

    fn look_at_settings(&mut self, files: &Overlay) {
        let found = self.documents.keys().filter_map(|it| self.projects.settings(it, files));
        let all: BTreeMap<PathBuf, Found> = found.map(|it| (it.path.clone(), it)).collect();
        let findings = |it: &Found| diagnostics::of_settings(it, files, &self.client);
        self.board.settings = all.into_iter().map(|(path, it)| (path, findings(&it))).collect();
    }

    /// A stack was checked by the worker.
    pub(super) fn checked(&mut self, it: Checked) -> io::Result<()> {
        if it.round != self.round {
            return Ok(());
        }
        self.board.waiting.remove(&it.key);
        match it.snapshot {
            Some(snapshot) => self.take(snapshot),
            None => drop(self.stale.remove(&it.key)),
        }
        self.publish()
    }

    fn take(&mut self, snapshot: Shared) {
        let key = snapshot.job.key.clone();
        let found = diagnostics::of(&snapshot, &self.client);
        self.board.stacks.insert(key.clone(), found);
        self.stale.remove(&key);
        self.snapshots.insert(key, snapshot);
    }

    /// What is known of the stack that a file belongs to: of the first, where there are several.
    pub(super) fn snapshot(&mut self, path: &Path) -> Option<Shared> {
        let document = self.documents.get(path)?;
        let files = self.files();
        let jobs = self.projects.jobs(document, &files);
        let job = jobs.into_iter().find(|it| !it.key.files.is_empty())?;
        Some(self.fresh(job, &files))
    }

    /// The same, where it was known before, be it of a text that has changed since.
    pub(super) fn last_snapshot(&mut self, path: &Path) -> Option<Shared> {
        let files = self.files();
        let found = self.projects.settings(path, &files);
        let job = self.projects.stacks_of(path, found.as_ref()).into_iter().next()?;
        match self.snapshots.get(&job.key) {
            Some(known) => Some(Arc::clone(known)),
            None => Some(self.fresh(job, &files)),
        }
    }

    /// Whether a file is open and a stack, or may become one.
    pub(super) fn is_stack(&self, path: &Path) -> bool {
        let Some(document) = self.documents.get(path) else { return false };
        let found = self.projects.settings(path, &self.files());
        matches!(self.projects.role(document, found.as_ref()), Role::Stack | Role::Draft)
    }

    /// Everything that is known of what an open file belongs to.
    pub(super) fn all_fresh(&mut self, path: &Path) {
        let files = self.files();
        let jobs = self.documents.get(path).map(|it| self.projects.jobs(it, &files));
        for job in jobs.into_iter().flatten() {
            self.fresh(job, &files);
        }
        self.look_at_settings(&files);
    }

    pub(super) fn fresh(&mut self, job: Job, files: &Overlay) -> Shared {
        if !self.stale.contains(&job.key)
            && let Some(known) = self.snapshots.get(&job.key)
        {
            return Arc::clone(known);
        }
        let snapshot = check::check(job, &self.projects, &self.environment, files);
        let snapshot = Arc::new(snapshot);
        self.take(Arc::clone(&snapshot));
        snapshot
    }

    /// Sends what the client does not know yet, but for files that are being checked.
    fn publish(&mut self) -> io::Result<()> {
        let mut files = self.board.files();
        files.extend(self.board.sent.keys().cloned());
        let is_ours = |it: &Document| {
            let found = self.projects.settings(&it.path, &self.files());
            self.projects.role(it, found.as_ref()) != Role::Nothing
        };
        let open = self.documents.values().filter(|it| is_ours(it));
        files.extend(open.map(|it| it.path.clone()));
        for path in files {
            if self.board.waits(&path) {
                continue;
            }
            let version = self.documents.get(&path).map(|it| it.version);
            let now = (version, self.board.of(&path));
            let news = match self.board.sent.get(&path) {
                Some(known) => *known != now,
                None => version.is_some() || !now.1.is_empty(),
            };
            if news {
                let uri = self.client.uri(&path);
                let (version, diagnostics) = now.clone();
                let params = PublishDiagnosticsParams { uri, version, diagnostics };
                self.tell("textDocument/publishDiagnostics", params)?;
            }
            if version.is_none() && now.1.is_empty() {
                self.board.sent.remove(&path);
            } else {
                self.board.sent.insert(path, now);
            }
        }
        Ok(())
    }
}
