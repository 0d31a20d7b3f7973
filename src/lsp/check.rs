//! One stack, checked as the command line checks it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::analysis::{self, Analysis, Request};
use crate::cluster::{self, Cluster};
use crate::diagnostic::Diagnostic;
use crate::disk::env_file;
use crate::hidden::{self, Hidden};
use crate::lsp::convert::clean;
use crate::lsp::files::Overlay;
use crate::lsp::placement::{self, Placement};
use crate::lsp::project::{Job, Projects};
use crate::output::{self, Checked};
use crate::rule::Check;
use crate::rules;
use crate::source::{SourceId, Sources};
use crate::stack::model::Environment;
use crate::swarm::convert::Existing;

/// All that is known about a stack at one moment.
#[derive(Debug)]
pub(super) struct Snapshot {
    pub job: Job,
    pub sources: Sources,
    /// The stack's files, in the order in which they are merged.
    pub files: Vec<SourceId>,
    pub working_dir: PathBuf,
    pub environment: Environment,
    pub cluster: Option<Cluster>,
    pub inventory: Vec<cluster::Problem>,
    pub analysis: Analysis,
    pub hidden: Hidden,
    /// What an editor may show, in the order of the texts.
    pub findings: Vec<Diagnostic>,
    /// Every file that had a part in it, whether it is there or not.
    pub depends: BTreeSet<PathBuf>,
    placements: OnceLock<Vec<Placement>>,
}

/// Checks a stack. Files that cannot be read are passed over.
pub(super) fn check(job: Job, projects: &Projects, base: &Environment, disk: &Overlay) -> Snapshot {
    disk.asked();
    let mut sources = Sources::default();
    let mut files = Vec::new();
    for path in &job.key.files {
        if let Some(text) = disk.text(path) {
            files.push(sources.add(path.display().to_string(), text.as_str()));
        }
    }
    let first = job.key.files.first().or(job.key.nodes.as_ref());
    let working_dir = first.map_or(projects.folder.clone(), |it| projects.folder_of(it));
    let mut environment = Environment::new();
    for path in &job.env_files {
        let text = disk.text(path).unwrap_or_default();
        let lines = text.trim_start_matches('\u{feff}').lines();
        environment.extend(lines.filter_map(|it| env_file::parse(it).ok().flatten()));
    }
    environment.extend(base.iter().map(|(name, value)| (name.clone(), value.clone())));
    let (mut cluster, mut inventory) = (None, Vec::new());
    if let Some(path) = &job.key.nodes
        && let Some(text) = disk.text(path)
    {
        let source = sources.add(path.display().to_string(), text.as_str());
        let (read, problems) = cluster::inventory::read(source, &text);
        cluster = Some(read);
        inventory = problems;
    }
    let mut snapshot = Snapshot {
        job,
        sources,
        files,
        working_dir,
        environment,
        cluster,
        inventory,
        analysis: Analysis::default(),
        hidden: Hidden::default(),
        findings: Vec::new(),
        depends: BTreeSet::new(),
        placements: OnceLock::new(),
    };
    let mut sources = std::mem::take(&mut snapshot.sources);
    snapshot.analysis = snapshot.analyze(&mut sources, disk);
    snapshot.sources = sources;
    let Snapshot { sources, analysis, environment, .. } = &snapshot;
    let hidden = hidden::hidden(sources, &analysis.stack, environment);
    let checked = Checked { hidden: &hidden, ..Checked::new(sources, &analysis.diagnostics) };
    let mut findings = output::without_secrets(&checked);
    if snapshot.files.is_empty() {
        // Where there is no stack, nothing is wrong with it.
        findings.retain(|it| is_about_nodes(it.rule));
    }
    snapshot.findings = findings;
    snapshot.hidden = hidden;
    snapshot.depends = disk.asked();
    snapshot.depends.extend(snapshot.job.settings.clone());
    snapshot
}

impl Snapshot {
    /// Where the tasks of each service go.
    pub(super) fn placements(&self) -> &[Placement] {
        self.placements.get_or_init(|| placement::of(self))
    }

    /// Analyzes the stack with these texts of its files.
    pub(super) fn analyze(&self, sources: &mut Sources, disk: &Overlay) -> Analysis {
        let existing: Existing = self.cluster.as_ref().map(Cluster::existing).unwrap_or_default();
        analysis::analyze(
            sources,
            &Request {
                files: &self.files,
                working_dir: &self.working_dir,
                environment: &self.environment,
                disk,
                levels: &self.job.levels,
                stack_name: &self.job.name,
                existing: &existing,
                cluster: self.cluster.as_ref(),
                inventory: &self.inventory,
            },
        )
    }

    /// The text of a file that had a part in it.
    pub(super) fn source(&self, path: &Path) -> Option<SourceId> {
        self.sources.all().map(|it| it.0).find(|it| self.path(*it) == path)
    }

    /// The file that a text came from.
    pub(super) fn path(&self, source: SourceId) -> PathBuf {
        let name = &self.sources.get(source).name;
        clean(&self.working_dir.join(name))
    }
}

fn is_about_nodes(rule: &str) -> bool {
    let entry = rules::find(rule);
    entry.is_some_and(|it| matches!(it.rule.check, Check::Inventory(_) | Check::Cluster(_)))
}

/// What the worker hands over.
pub(super) type Shared = Arc<Snapshot>;
