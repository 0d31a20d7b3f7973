//! Puts a text into its file: written beside it and renamed, so that it is whole at every moment. A
//! link stays a link, and a file that is fixed keeps its mode, its owner and its encoding.

use std::fs::{self, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::cli::Error;
use crate::cli::decode::decode;
use crate::cli::disk::Disk;
use crate::source::Files;

/// Replaces a file's text by another, if it still is what was read.
pub(super) fn replace(path: &Path, read: &str, text: &str) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    let metadata = fs::metadata(&path)?;
    if !metadata.is_file() {
        return Err(io::Error::new(ErrorKind::Unsupported, "it is not a regular file"));
    }
    if metadata.permissions().readonly() {
        return Err(io::Error::new(ErrorKind::PermissionDenied, "the file is read-only"));
    }
    let before = Disk.read(&path)?;
    let bytes = encode(text, &before);
    if decode(before).ok().as_deref() != Some(read) {
        return Err(io::Error::other("somebody else changed it meanwhile; run it again"));
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut beside = NamedTempFile::new_in(folder)?;
    beside.write_all(&bytes)?;
    keep_owner(&metadata, beside.path())?;
    beside.as_file().set_permissions(metadata.permissions())?;
    beside.as_file().sync_all()?;
    beside.persist(&path)?;
    Ok(())
}

/// Writes a file anew, whole at every moment; nobody else may read it.
pub(super) fn private(path: &Path, text: &str) -> Result<(), Error> {
    let failed = |source| Error::Create { path: path.to_owned(), source };
    let there = fs::canonicalize(path);
    let target = there.as_deref().unwrap_or(path);
    if target.exists() && !target.is_file() {
        let text = "it is not a regular file";
        return Err(failed(io::Error::new(ErrorKind::Unsupported, text)));
    }
    let folder = target.parent().filter(|it| !it.as_os_str().is_empty());
    // Such a file is made for its owner alone.
    let write = || {
        let mut beside = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
        beside.write_all(text.as_bytes())?;
        beside.as_file().sync_all()?;
        beside.persist(target)?;
        Ok(())
    };
    write().map_err(failed)
}

/// The text in the encoding that the file had.
fn encode(text: &str, before: &[u8]) -> Vec<u8> {
    let wide = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| {
        mark.into_iter().chain(text.encode_utf16().flat_map(bytes)).collect()
    };
    match before {
        [0xff, 0xfe, ..] => wide([0xff, 0xfe], u16::to_le_bytes),
        [0xfe, 0xff, ..] => wide([0xfe, 0xff], u16::to_be_bytes),
        _ => text.as_bytes().to_vec(),
    }
}

#[cfg(unix)]
fn keep_owner(was: &Metadata, path: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, chown};
    let now = fs::metadata(path)?;
    let owner = (was.uid() != now.uid()).then_some(was.uid());
    let group = (was.gid() != now.gid()).then_some(was.gid());
    if owner.is_none() && group.is_none() {
        return Ok(());
    }
    chown(path, owner, group).map_err(|error| {
        let text = "the file belongs to somebody else, and would belong to you";
        io::Error::new(error.kind(), text)
    })
}

#[cfg(not(unix))]
fn keep_owner(_: &Metadata, _: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{encode, replace};

    #[test]
    fn a_text_keeps_its_encoding() {
        assert_eq!(encode("aä", b"x"), "aä".as_bytes());
        assert_eq!(encode("a", b"\xff\xfex\0"), b"\xff\xfea\0");
        assert_eq!(encode("a", b"\xfe\xff\0x"), b"\xfe\xff\0a");
    }

    #[test]
    fn a_file_that_changed_meanwhile_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("stack.yml");
        std::fs::write(&path, "new").expect("a file");
        assert!(replace(&path, "old", "fixed").is_err());
        assert_eq!(std::fs::read(&path).expect("a file"), b"new");
        assert!(replace(&path, "new", "fixed").is_ok());
        assert_eq!(std::fs::read(&path).expect("a file"), b"fixed");
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }
}
