//! The process environment, and values that it lacks from files of `NAME=value` lines.

use std::path::{Path, PathBuf};

use crate::cli::Error;
use crate::cli::decode::decode;
use crate::cli::disk::Disk;
use crate::cli::error::shown;
use crate::disk::env_file;
use crate::source::Files;
use crate::stack::model::Environment;

/// The variables that Docker would see, and those of the files that the shell does not have. A
/// later file wins over an earlier one.
pub(super) fn environment(files: &[PathBuf]) -> Result<Environment, Error> {
    let mut environment = Environment::new();
    for file in files {
        environment.extend(read(file)?);
    }
    let text = |it: std::ffi::OsString| it.to_string_lossy().into_owned();
    environment.extend(std::env::vars_os().map(|(name, value)| (text(name), text(value))));
    Ok(environment)
}

fn read(path: &Path) -> Result<Vec<(String, String)>, Error> {
    let bytes = Disk.read(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    let text = decode(bytes).map_err(|source| Error::Decode { path: path.to_owned(), source })?;
    let mut found = Vec::new();
    for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        match env_file::parse(line) {
            Ok(variable) => found.extend(variable),
            Err(reason) => {
                let place = format!("{}:{}", shown(path), at + 1);
                return Err(Error::usage(format!("{place}: {reason}")));
            }
        }
    }
    Ok(found)
}
