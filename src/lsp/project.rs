//! Which files belong together: one stack for each open file, or those of the settings.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::disk;
use crate::disk::discover::{self, Kind};
use crate::lsp::files::{Document, Overlay};
use crate::settings::{self, Levels, Mistake, Settings};
use crate::source::{SourceId, Span};

/// A stack to check, or an inventory by itself.
#[derive(Clone, Debug)]
pub(super) struct Job {
    pub key: Key,
    pub name: String,
    pub env_files: Vec<PathBuf>,
    pub levels: Levels,
    /// The settings that brought it here.
    pub settings: Option<PathBuf>,
}

/// What tells one job from another.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// The files of a stack; none where only the inventory is looked at.
    pub files: Vec<PathBuf>,
    pub nodes: Option<PathBuf>,
}

/// What an open file is to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Stack,
    /// It may become a stack: its name says so, its text does not yet.
    Draft,
    Inventory,
    Settings,
    Nothing,
}

/// A settings file as it was read.
#[derive(Debug)]
pub(super) struct Found {
    pub path: PathBuf,
    pub folder: PathBuf,
    pub settings: Settings,
    pub mistakes: Vec<Mistake>,
}

pub(super) const SETTINGS: &str = "swarm-plan.toml";

/// Languages that only stack files are written in.
const LANGUAGES: &[&str] = &["dockercompose", "docker-compose", "yaml.docker-compose"];

/// Where settings come from.
#[derive(Clone, Debug, Default)]
pub(super) struct Projects {
    /// The settings, in place of the nearest.
    pub settings: Option<PathBuf>,
    /// The folder of files that are in none.
    pub folder: PathBuf,
}

impl Projects {
    /// The settings that apply to a file.
    pub(super) fn settings(&self, path: &Path, files: &Overlay) -> Option<Found> {
        if let Some(path) = &self.settings {
            return read(path.clone(), files);
        }
        for folder in self.folder_of(path).ancestors() {
            if let Some(found) = read(folder.join(SETTINGS), files) {
                return Some(found);
            }
            if folder.join(".git").exists() {
                return None;
            }
        }
        None
    }

    pub(super) fn folder_of(&self, path: &Path) -> PathBuf {
        let folder = path.parent().filter(|it| it.is_absolute());
        folder.unwrap_or(&self.folder).to_owned()
    }

    /// What an open file is.
    pub(super) fn role(&self, document: &Document, found: Option<&Found>) -> Role {
        let path = &document.path;
        let Some(name) = path.file_name() else { return Role::Nothing };
        if name == SETTINGS || Some(path) == self.settings.as_ref() {
            return Role::Settings;
        }
        if found.is_some_and(|it| it.group_of(path).next().is_some()) {
            return Role::Stack;
        }
        let is_inventory = found.is_some_and(|it| it.nodes().as_ref() == Some(path));
        if is_inventory || name == "nodes.yml" || name == "nodes.yaml" {
            return Role::Inventory;
        }
        let known = LANGUAGES.contains(&document.language.as_str());
        let kind = match discover::kind_of(name) {
            Some(kind) => Some(kind),
            None if known => Some(Kind::Stack),
            None => None,
        };
        let yaml = |it: &str| path.extension().is_some_and(|own| own == it);
        let is_yaml = document.language == "yaml" || yaml("yml") || yaml("yaml");
        let judged = kind.unwrap_or(Kind::Compose);
        let holds = discover::reason_to_pass(&document.text, judged).is_none();
        match kind {
            Some(_) if holds => Role::Stack,
            // The language is said by a person or by the name: both may be about plain Compose.
            Some(_) => Role::Draft,
            None if is_yaml && holds => Role::Stack,
            None => Role::Nothing,
        }
    }

    /// What is to be checked because this file is open.
    pub(super) fn jobs(&self, document: &Document, files: &Overlay) -> Vec<Job> {
        let found = self.settings(&document.path, files);
        let found = found.as_ref();
        match self.role(document, found) {
            Role::Stack => self.stacks_of(&document.path, found),
            Role::Inventory => {
                let mut job = self.job_of(Vec::new(), found);
                job.key.nodes = Some(document.path.clone());
                let groups = found.filter(|it| it.nodes().as_ref() == Some(&document.path));
                let groups = groups.into_iter().flat_map(Found::groups);
                std::iter::once(job).chain(groups).collect()
            }
            Role::Settings => found.into_iter().flat_map(Found::groups).collect(),
            Role::Draft | Role::Nothing => Vec::new(),
        }
    }

    /// The stacks that a stack file on the disk belongs to.
    pub(super) fn jobs_of_file(&self, path: &Path, files: &Overlay) -> Vec<Job> {
        self.stacks_of(path, self.settings(path, files).as_ref())
    }

    /// The stacks of the settings that a file belongs to, or itself.
    pub(super) fn stacks_of(&self, path: &Path, found: Option<&Found>) -> Vec<Job> {
        let groups = found.into_iter().flat_map(|it| it.group_of(path).filter_map(|at| it.job(at)));
        let groups: Vec<Job> = groups.collect();
        let alone = groups.is_empty().then(|| self.job_of(vec![path.to_owned()], found));
        groups.into_iter().chain(alone).collect()
    }

    /// A file that is a stack by itself.
    pub(super) fn job_of(&self, files: Vec<PathBuf>, found: Option<&Found>) -> Job {
        let folder = files.first().map_or(self.folder.clone(), |it| self.folder_of(it));
        Job {
            name: disk::stack_name(&folder),
            env_files: Vec::new(),
            levels: found.map(|it| it.levels(&files)).unwrap_or_default(),
            settings: found.map(|it| it.path.clone()),
            key: Key { files, nodes: found.and_then(Found::nodes) },
        }
    }
}

impl Found {
    fn path(&self, text: &str) -> PathBuf {
        crate::lsp::convert::clean(&self.folder.join(text))
    }

    /// The inventory.
    pub(super) fn nodes(&self) -> Option<PathBuf> {
        self.settings.nodes.as_ref().map(|it| self.path(&it.value))
    }

    /// The stacks of the settings that a file belongs to.
    fn group_of<'a>(&'a self, path: &'a Path) -> impl Iterator<Item = usize> + 'a {
        let stacks = self.settings.stacks.iter().enumerate();
        stacks
            .filter(move |(_, it)| it.files.iter().any(|it| self.path(it) == path))
            .map(|(at, _)| at)
    }

    /// All stacks of the settings.
    pub(super) fn groups(&self) -> impl Iterator<Item = Job> + '_ {
        (0..self.settings.stacks.len()).filter_map(|it| self.job(it))
    }

    fn job(&self, group: usize) -> Option<Job> {
        let stack = self.settings.stacks.get(group)?;
        let files: Vec<_> = stack.files.iter().map(|it| self.path(it)).collect();
        Some(Job {
            name: stack.name.value.clone(),
            env_files: stack.env_files.iter().map(|it| self.path(it)).collect(),
            levels: self.levels(&files),
            settings: Some(self.path.clone()),
            key: Key { files, nodes: self.nodes() },
        })
    }

    /// What the settings say to the rules for these files.
    fn levels(&self, files: &[PathBuf]) -> Levels {
        let relative: Vec<_> =
            files.iter().map(|it| it.strip_prefix(&self.folder).unwrap_or(it)).collect();
        self.settings.levels(&relative)
    }

    /// Files that the settings name and that are not there, each with its place.
    pub(super) fn missing(&self, files: &Overlay) -> Vec<(Span, String)> {
        let stacks = &self.settings.stacks;
        let named = stacks.iter().flat_map(|it| it.files.iter().chain(&it.env_files));
        let named = named.chain(&self.settings.nodes);
        let mut told = BTreeSet::new();
        let gone =
            named.filter(|it| files.text(&self.path(it)).is_none() && told.insert(it.span()));
        gone.map(|it| (it.span(), it.value.clone())).collect()
    }
}

fn read(path: PathBuf, files: &Overlay) -> Option<Found> {
    let text = files.text(&path)?;
    let (settings, mistakes) = settings::parse(SourceId::default(), &text);
    let folder = path.parent().unwrap_or(&path).to_owned();
    Some(Found { path, folder, settings, mistakes })
}
