//! Finds and reads `swarm-plan.toml`: the nearest one above a folder, up to the repository's root.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::cli::Error;
use crate::cli::args::Global;
use crate::cli::decode::decode;
use crate::cli::disk::Disk;
use crate::cli::terminal;
use crate::diagnostic::{Diagnostic, Severity};
use crate::output::{Checked, Format, Report};
use crate::settings::{self, Mistake, Settings};
use crate::source::{Files, Sources, Spanned};

/// The settings files of one run, each read once.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    files: Vec<Found>,
    by_folder: BTreeMap<PathBuf, Option<usize>>,
}

/// A settings file. The default one is none, in the folder that paths start from.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub path: Option<PathBuf>,
    /// Absolute.
    pub folder: PathBuf,
    pub settings: Settings,
    /// The text of the file.
    sources: Sources,
}

const NAME: &str = "swarm-plan.toml";

impl Shelf {
    /// The number of the settings that apply to a folder, given as an absolute path.
    pub(super) fn find(&mut self, folder: &Path, global: &Global) -> Result<Option<usize>, Error> {
        if let Some(known) = self.by_folder.get(folder) {
            return Ok(*known);
        }
        let path = match &global.settings {
            Some(path) => Some(std::path::absolute(path)?),
            None => above(folder),
        };
        let known = path
            .as_ref()
            .map(|path| self.files.iter().position(|it| it.path.as_ref() == Some(path)));
        let number = match (known, path) {
            (Some(Some(number)), _) => Some(number),
            (_, Some(path)) => {
                self.files.push(read(path, global)?);
                Some(self.files.len() - 1)
            }
            (_, None) => None,
        };
        self.by_folder.insert(folder.to_owned(), number);
        Ok(number)
    }

    pub(super) fn get(&self, number: usize) -> &Found {
        &self.files[number]
    }

    /// Whether the files of a stack are there; says in the settings which are not.
    pub(super) fn look_for_files(
        &self,
        number: usize,
        stack: usize,
        global: &Global,
    ) -> Result<(), Error> {
        let found = self.get(number);
        let stack = &found.settings.stacks[stack];
        let absent = |it: &&Spanned<String>| {
            // What cannot be looked at is told when it is read.
            matches!(found.folder.join(&it.value).try_exists(), Ok(false))
        };
        let mistakes: Vec<_> = (stack.files.iter().chain(&stack.env_files).filter(absent))
            .map(|it| Mistake {
                span: it.span(),
                message: format!("there is no file `{}`", it.value),
                help: Some("paths start from the folder of this file".to_owned()),
            })
            .collect();
        if mistakes.is_empty() {
            return Ok(());
        }
        tell(&found.sources, mistakes, global)?;
        Err(Error::Told)
    }
}

fn above(folder: &Path) -> Option<PathBuf> {
    for folder in folder.ancestors() {
        let path = folder.join(NAME);
        if path.is_file() {
            return Some(path);
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}

fn read(path: PathBuf, global: &Global) -> Result<Found, Error> {
    let bytes = Disk.read(&path).map_err(|source| Error::Read { path: path.clone(), source })?;
    let text = decode(bytes).map_err(|source| Error::Decode { path: path.clone(), source })?;
    let mut sources = Sources::default();
    let id = sources.add(path.display().to_string(), text);
    let (settings, mistakes) = settings::parse(id, &sources.get(id).text);
    if !mistakes.is_empty() {
        tell(&sources, mistakes, global)?;
        return Err(Error::Told);
    }
    let folder = path.parent().unwrap_or(&path).to_owned();
    Ok(Found { path: Some(path), folder, settings, sources })
}

fn tell(sources: &Sources, mistakes: Vec<Mistake>, global: &Global) -> Result<(), Error> {
    let diagnostics: Vec<_> = mistakes.into_iter().map(diagnostic).collect();
    let stacks = &[Checked::new(sources, &diagnostics)];
    let mut out = terminal::errors(global.color);
    Format::Human.write(Report::of(stacks), &mut *out)?;
    Ok(())
}

fn diagnostic(it: Mistake) -> Diagnostic {
    Diagnostic {
        rule: "settings",
        severity: Severity::Error,
        message: it.message,
        span: it.span,
        service: None,
        related: Vec::new(),
        help: it.help,
        notes: Vec::new(),
        fix: None,
    }
}
