//! Whether Git keeps a file: its index is read, no program is run.

use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::disk::Disk;
use crate::source::Files;

/// Whether the index of the repository around a file lists it. What a filter of the repository
/// encrypts on its way in counts as not kept.
pub(super) fn is_tracked(path: &Path) -> bool {
    let Some(root) = path.ancestors().skip(1).find(|it| it.join(".git").exists()) else {
        return false;
    };
    let Some(name) = path.strip_prefix(root).ok().and_then(slashed) else { return false };
    let folders = path.ancestors().skip(1).take_while(|it| it.starts_with(root));
    let is_filtered = folders.into_iter().any(|it| {
        fs::read_to_string(it.join(".gitattributes")).is_ok_and(|it| it.contains("filter="))
    });
    let index = folder(root).and_then(|it| Disk.read(&it.join("index")).ok());
    !is_filtered && index.is_some_and(|it| lists(&it, name.as_bytes()))
}

/// The path as Git writes it.
fn slashed(path: &Path) -> Option<String> {
    let parts = path.components().map(|it| match it {
        Component::Normal(it) => it.to_str(),
        _ => None,
    });
    Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
}

/// Where Git keeps its own files: `.git`, or what a file of that name says.
fn folder(root: &Path) -> Option<PathBuf> {
    let git = root.join(".git");
    if git.is_dir() {
        return Some(git);
    }
    let text = fs::read_to_string(git).ok()?;
    Some(root.join(text.trim_end().strip_prefix("gitdir: ")?))
}

/// Whether an index, in one of the formats 2 to 4, has an entry of that name.
fn lists(index: &[u8], name: &[u8]) -> bool {
    walk(index, name).unwrap_or_default()
}

fn walk(index: &[u8], name: &[u8]) -> Option<bool> {
    let number = |at: usize| Some(u32::from_be_bytes(index.get(at..at + 4)?.try_into().ok()?));
    let version = number(4).filter(|_| index.starts_with(b"DIRC"))?;
    let mut at = 12;
    let mut path: Vec<u8> = Vec::new();
    for _ in 0..number(8)? {
        // Times, modes and the hash, then flags, of which one says that more flags follow.
        let flags = u16::from_be_bytes(index.get(at + 60..at + 62)?.try_into().ok()?);
        let start = at;
        at += if flags & 0x4000 == 0 { 62 } else { 64 };
        if version == 4 {
            let (cut, length) = variable(index.get(at..)?)?;
            path.truncate(path.len().checked_sub(cut)?);
            at += length;
        } else {
            path.clear();
        }
        let rest = index.get(at..)?;
        let end = rest.iter().position(|it| *it == 0)?;
        path.extend_from_slice(&rest[..end]);
        at += end + 1;
        if version < 4 {
            // One to eight zeros fill up to a multiple of eight.
            at = start + (at - 1 - start + 8) / 8 * 8;
        }
        if path == name {
            return Some(true);
        }
    }
    Some(false)
}

/// A number of variable length, and how many bytes it takes.
fn variable(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut number = usize::from(bytes.first()? & 0x7f);
    let mut length = 1;
    while bytes.get(length - 1)? & 0x80 != 0 {
        let next = bytes.get(length)?;
        number = number.checked_add(1)?.checked_mul(128)?.checked_add(usize::from(next & 0x7f))?;
        length += 1;
    }
    Some((number, length))
}

#[cfg(test)]
mod tests {
    use super::lists;

    /// An index in format 2, as `git add` writes it.
    fn index(names: &[&str]) -> Vec<u8> {
        let mut bytes = b"DIRC\0\0\0\x02".to_vec();
        bytes.extend((names.len() as u32).to_be_bytes());
        for name in names {
            let start = bytes.len();
            bytes.extend([0; 60]);
            bytes.extend((name.len() as u16).to_be_bytes());
            bytes.extend(name.as_bytes());
            bytes.push(0);
            while !(bytes.len() - start).is_multiple_of(8) {
                bytes.push(0);
            }
        }
        bytes
    }

    #[test]
    fn an_index_is_read_to_its_end_and_not_beyond() {
        let bytes = index(&["a", "deep/er.txt", "seven77", "eight888", "z"]);
        for name in ["a", "deep/er.txt", "seven77", "eight888", "z"] {
            assert!(lists(&bytes, name.as_bytes()), "{name}");
        }
        assert!(!lists(&bytes, b"deep"));
        assert!(!lists(&bytes[..bytes.len() - 9], b"z"));
        assert!(!lists(b"DIRC", b"a"));
    }
}
