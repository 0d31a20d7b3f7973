//! The files of a stack as they were at a revision of their repository.

use std::io;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use crate::cli::Error;
use crate::cli::decode::decode;
use crate::cli::disk::Disk;
use crate::cli::job::Ready;
use crate::source::{Files, Sources};

/// A revision, seen from a folder.
pub(super) struct Revision {
    /// The full name of the commit.
    commit: String,
    /// Absolute.
    folder: PathBuf,
    /// As the user wrote it.
    name: String,
}

impl Revision {
    pub(super) fn of(name: &str, folder: &Path) -> Result<Self, Error> {
        let wanted = format!("{name}^{{commit}}");
        let args = ["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted];
        let output = git(folder, &args)
            .map_err(|it| Error::usage(format!("--git: cannot run git: {it}")))?;
        let commit = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        if !output.status.success() || commit.is_empty() {
            let text = format!("--git: there is no revision `{name}` here");
            return Err(Error::usage(text));
        }
        Ok(Self { commit, folder: folder.to_owned(), name: name.to_owned() })
    }

    /// The stack's files as they were.
    pub(super) fn ready(&self, new: &Ready) -> Result<Ready, Error> {
        let mut ready = Ready {
            sources: Sources::default(),
            files: Vec::new(),
            name: new.name.clone(),
            environment: new.environment.clone(),
            working_dir: new.working_dir.clone(),
            cluster: None,
            inventory: Vec::new(),
            levels: crate::settings::Levels::default(),
        };
        for id in &new.files {
            let file = PathBuf::from(&new.sources.get(*id).name);
            let path = std::path::absolute(&file).unwrap_or_else(|_| file.clone());
            let bytes = self.show(&path).ok_or_else(|| {
                let file = crate::cli::error::shown(&file);
                Error::usage(format!("--git: {file} is not there at `{}`", self.name))
            })?;
            let text =
                decode(bytes).map_err(|source| Error::Decode { path: file.clone(), source })?;
            ready.files.push(ready.sources.add(file.display().to_string(), text));
        }
        Ok(ready)
    }

    /// A file as it was; none where the revision does not have it.
    fn show(&self, path: &Path) -> Option<Vec<u8>> {
        let relative = relative(&self.folder, path)?;
        let object = format!("{}:./{relative}", self.commit);
        let output = git(&self.folder, &["cat-file", "blob", &object]).ok()?;
        output.status.success().then_some(output.stdout)
    }
}

impl Files for Revision {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.show(path) {
            Some(bytes) => Ok(bytes),
            // What git does not know may be beside the repository, or must not be in it.
            None => Disk.read(path),
        }
    }

    fn size(&self, path: &Path) -> io::Result<u64> {
        self.read(path).map(|it| it.len() as u64)
    }
}

fn git(folder: &Path, args: &[&str]) -> io::Result<std::process::Output> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(args);
    command.stdin(Stdio::null()).stderr(Stdio::null()).output()
}

/// The path from a folder, with `/`, both absolute.
fn relative(folder: &Path, path: &Path) -> Option<String> {
    let parts = |it: &Path| -> Vec<String> {
        let mut parts = Vec::new();
        for part in it.components() {
            match part {
                Component::ParentDir => _ = parts.pop(),
                Component::Normal(it) => parts.push(it.to_string_lossy().into_owned()),
                Component::Prefix(_) | Component::RootDir | Component::CurDir => {}
            }
        }
        parts
    };
    let (from, to) = (parts(folder), parts(path));
    let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from.len() - same;
    let steps = std::iter::repeat_n("..", up).chain(to[same..].iter().map(String::as_str));
    Some(steps.collect::<Vec<_>>().join("/")).filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::relative;
    use std::path::Path;

    #[test]
    fn paths_are_seen_from_the_folder() {
        let from = |path: &str| relative(Path::new("/repo/stacks"), Path::new(path));
        assert_eq!(from("/repo/stacks/a.yml").as_deref(), Some("a.yml"));
        assert_eq!(from("/repo/stacks/../conf/b").as_deref(), Some("../conf/b"));
        assert_eq!(from("/repo/stacks/./x/c").as_deref(), Some("x/c"));
    }
}
