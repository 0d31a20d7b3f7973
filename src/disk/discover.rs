//! Which files below a folder are stack files.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use ignore::{DirEntry, WalkBuilder, WalkState};

use crate::disk::Disk;
use crate::disk::decode::decode;
use crate::disk::shown;
use crate::source::{Files, SourceId};
use crate::yaml::{self, Document, Node};

/// What a search found, in the order of the paths.
#[derive(Debug, Default)]
pub struct Found {
    pub files: Vec<PathBuf>,
    /// What was passed over, and why.
    pub skipped: Vec<String>,
}

/// How a file's name speaks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A stack file, if it holds services.
    Stack,
    /// A stack file, if a service has a `deploy` key.
    Compose,
}

/// The stack files below a folder. What `.gitignore` names, hidden folders and symbolic links are
/// passed over.
pub fn discover(folder: &Path) -> Found {
    let (send, receive) = mpsc::channel();
    let walk = WalkBuilder::new(folder).require_git(false).follow_links(false).build_parallel();
    walk.run(|| {
        let send = send.clone();
        Box::new(move |entry| {
            if let Some(seen) = look(entry) {
                // The receiver outlives the walk.
                let _ = send.send(seen);
            }
            WalkState::Continue
        })
    });
    drop(send);
    let mut seen: Vec<Seen> = receive.into_iter().collect();
    seen.sort();
    let mut found = Found::default();
    for it in seen {
        match it.skipped {
            Some(reason) if it.path.as_os_str().is_empty() => found.skipped.push(reason),
            Some(reason) => found.skipped.push(format!("{}: {reason}", shown(&it.path))),
            None => found.files.push(it.path),
        }
    }
    found
}

/// A file whose name says that it may be a stack file, or what could not be looked at.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    /// Empty where there is none.
    path: PathBuf,
    skipped: Option<String>,
}

fn look(entry: Result<DirEntry, ignore::Error>) -> Option<Seen> {
    let entry = match entry {
        Ok(entry) => entry,
        Err(error) => {
            return Some(Seen { path: PathBuf::new(), skipped: Some(error.to_string()) });
        }
    };
    let kind = kind_of(entry.file_name())?;
    if !entry.file_type().is_some_and(|it| it.is_file()) {
        return None;
    }
    let path = entry.path().strip_prefix("./").unwrap_or(entry.path()).to_owned();
    let skipped = reason_to_skip(&path, kind).map(str::to_owned);
    Some(Seen { path, skipped })
}

/// What a file's name says about it; none where it is no name of a stack file.
pub fn kind_of(name: &OsStr) -> Option<Kind> {
    let name = name.to_str()?;
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
    reason_to_pass(&decode(Disk.read(path).ok()?).ok()?, kind)
}

/// Why a text is no stack file, whatever its file's name says.
pub fn reason_to_pass(text: &str, kind: Kind) -> Option<&'static str> {
    if glance(text, kind) {
        return None;
    }
    let document = yaml::parse(SourceId::default(), text);
    match kind {
        Kind::Stack => (!holds_services(&document)).then_some("no `services`"),
        Kind::Compose => (!holds_deploy(&document)).then_some("no service has a `deploy` key"),
    }
}

/// Whether the lines say what usual files say, so that nothing has to be read as YAML.
fn glance(text: &str, kind: Kind) -> bool {
    let mut lines = text.lines().skip_while(|it| !it.starts_with("services:"));
    lines.next().is_some()
        && match kind {
            Kind::Stack => true,
            Kind::Compose => {
                lines.any(|it| it.starts_with(' ') && it.trim_start().starts_with("deploy:"))
            }
        }
}

fn holds_services(document: &Document) -> bool {
    !document.errors.is_empty() || document.root.get("services").is_some()
}

fn holds_deploy(document: &Document) -> bool {
    let services = document.root.get("services").and_then(Node::as_map);
    services.is_some_and(|map| map.entries.iter().any(|it| it.node.get("deploy").is_some()))
}
