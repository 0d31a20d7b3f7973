//! Which files below a folder are stack files.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::cli::decode::decode;
use crate::cli::disk::Disk;
use crate::cli::error::shown;
use crate::source::{Files, SourceId};
use crate::yaml::{self, Document, Node};

/// What a search found, in the order of the paths.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub files: Vec<PathBuf>,
    /// What was passed over, and why.
    pub skipped: Vec<String>,
}

/// How a file's name speaks for it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A stack file, if it holds services.
    Stack,
    /// A stack file, if a service has a `deploy` key.
    Compose,
}

/// The stack files below a folder. What `.gitignore` names, hidden folders and symbolic links are
/// passed over.
pub(super) fn discover(folder: &Path) -> Found {
    let mut found = Found::default();
    let walk = WalkBuilder::new(folder)
        .require_git(false)
        .follow_links(false)
        .sort_by_file_path(Path::cmp)
        .build();
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                found.skipped.push(error.to_string());
                continue;
            }
        };
        let is_file = entry.file_type().is_some_and(|it| it.is_file());
        let Some(kind) = is_file.then(|| kind_of(entry.path())).flatten() else { continue };
        let path = entry.path().strip_prefix("./").unwrap_or(entry.path()).to_owned();
        match reason_to_skip(&path, kind) {
            Some(reason) => found.skipped.push(format!("{}: {reason}", shown(&path))),
            None => found.files.push(path),
        }
    }
    found
}

fn kind_of(path: &Path) -> Option<Kind> {
    let name = path.file_name()?.to_str()?;
    let stem = name.strip_suffix(".yml").or_else(|| name.strip_suffix(".yaml"))?;
    let starts = |prefix: &str| stem.starts_with(prefix);
    if stem == "stack"
        || stem.strip_suffix(".stack").is_some()
        || stem.ends_with("-stack")
        || starts("docker-stack")
    {
        return Some(Kind::Stack);
    }
    let compose = stem == "compose"
        || stem == "docker-compose"
        || starts("compose.")
        || starts("docker-compose.");
    compose.then_some(Kind::Compose)
}

/// A file that cannot be read is a stack file: whoever checks it says what is wrong.
fn reason_to_skip(path: &Path, kind: Kind) -> Option<&'static str> {
    let text = decode(Disk.read(path).ok()?).ok()?;
    let document = yaml::parse(SourceId::default(), &text);
    match kind {
        Kind::Stack => (!holds_services(&document)).then_some("no `services`"),
        Kind::Compose => (!holds_deploy(&document)).then_some("no service has a `deploy` key"),
    }
}

fn holds_services(document: &Document) -> bool {
    !document.errors.is_empty() || document.root.get("services").is_some()
}

fn holds_deploy(document: &Document) -> bool {
    let services = document.root.get("services").and_then(Node::as_map);
    services.is_some_and(|map| map.entries.iter().any(|it| it.node.get("deploy").is_some()))
}
