//! Files from the disk: regular ones only, so that nothing ever blocks, and none of absurd size.
//! `/dev/null` is an empty file.

pub mod decode;
pub mod discover;
pub mod env_file;
mod git;

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use crate::output::escaped;
use crate::source::Files;

/// The disk.
#[derive(Debug, Default)]
pub struct Disk;

/// The largest text that is read, in bytes.
pub const LARGEST: u64 = 64 << 20;

/// What people name where there is no file.
const NOTHING: &str = "/dev/null";

impl Files for Disk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let size = self.size(path)?;
        if path == Path::new(NOTHING) {
            return Ok(Vec::new());
        }
        read_all(File::open(path)?, size)
    }

    fn size(&self, path: &Path) -> io::Result<u64> {
        let metadata = fs::metadata(path)?;
        if metadata.is_dir() {
            return Err(ErrorKind::IsADirectory.into());
        }
        if !metadata.is_file() && path != Path::new(NOTHING) {
            // A pipe would block until somebody writes to it.
            return Err(io::Error::new(ErrorKind::Unsupported, "not a regular file"));
        }
        Ok(metadata.len())
    }

    fn is_tracked(&self, path: &Path) -> bool {
        git::is_tracked(path)
    }
}

/// Everything that comes, up to the limit; `size` is a guess.
pub fn read_all(from: impl Read, size: u64) -> io::Result<Vec<u8>> {
    let too_large = || {
        let text = format!("larger than the {} MiB that are read", LARGEST >> 20);
        io::Error::new(ErrorKind::FileTooLarge, text)
    };
    if size > LARGEST {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(size as usize);
    from.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST { Err(too_large()) } else { Ok(bytes) }
}

/// A path in one line: the name of a file may hold line breaks, too.
pub fn shown(path: &Path) -> String {
    escaped(&path.display().to_string()).into_owned()
}

/// The folder's name, as far as Swarm takes it: what stands in its place is a guess, and must not
/// be what is wrong.
pub fn stack_name(folder: &Path) -> String {
    let name = folder.file_name().map(|it| it.to_string_lossy().to_lowercase());
    let name = name.unwrap_or_default();
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let name: String = name.chars().map(|c| if fits(c) { c } else { '-' }).collect();
    let name = name.trim_matches(['-', '_']);
    if name.is_empty() { "stack".to_owned() } else { name.to_owned() }
}
