//! The process environment, and values that it lacks from files of `NAME=value` lines.

use std::path::{Path, PathBuf};

use crate::cli::Error;
use crate::cli::decode::decode;
use crate::cli::disk::Disk;
use crate::cli::error::shown;
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
        match parse(line) {
            Ok(variable) => found.extend(variable),
            Err(reason) => {
                let place = format!("{}:{}", shown(path), at + 1);
                return Err(Error::usage(format!("{place}: {reason}")));
            }
        }
    }
    Ok(found)
}

/// A line as a shell that sources the file would take it, as far as no shell is needed.
fn parse(line: &str) -> Result<Option<(String, String)>, &'static str> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    let line = line.strip_prefix("export ").unwrap_or(line).trim_start();
    let (name, value) = line.split_once('=').ok_or("expected `NAME=value`")?;
    if name.is_empty() || name.contains(char::is_whitespace) {
        return Err("expected a name without blanks before the `=`");
    }
    let quoted = ['"', '\'']
        .iter()
        .find_map(|quote| value.strip_prefix(*quote).and_then(|it| it.strip_suffix(*quote)));
    Ok(Some((name.to_owned(), quoted.unwrap_or(value).to_owned())))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn lines_are_variables_comments_or_wrong() {
        let pair = |name: &str, value: &str| Ok(Some((name.to_owned(), value.to_owned())));
        assert_eq!(parse("A=b c"), pair("A", "b c"));
        assert_eq!(parse("export A='b'"), pair("A", "b"));
        assert_eq!(parse("A="), pair("A", ""));
        assert_eq!(parse("A=\""), pair("A", "\""));
        assert_eq!(parse("  # A=b"), Ok(None));
        assert!(parse("A").is_err());
        assert!(parse("A B=c").is_err());
    }
}
