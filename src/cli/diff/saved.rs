//! Saved changes: written to a file, and compared with what a deploy would change now.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use serde_json::Value;
use tempfile::NamedTempFile;
use termcolor::NoColor;

use crate::cli::error::shown;
use crate::cli::{Error, job};
use crate::output::{Comparison, PlanFormat};

/// Writes the document, whole at every moment.
pub(super) fn save(path: &Path, comparison: &Comparison) -> Result<(), Error> {
    let failed = |source| Error::Create { path: path.to_owned(), source };
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    let mut beside = NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(failed)?;
    beside.write_all(document(comparison)?.as_bytes()).map_err(failed)?;
    beside.persist(path).map_err(|it| failed(it.error))?;
    Ok(())
}

/// What is no more as it was saved, in words; empty where everything is.
pub(super) fn moved(path: &Path, comparison: &Comparison) -> Result<Vec<String>, Error> {
    let saved: Value = serde_json::from_str(&job::read_text(path)?).unwrap_or_default();
    let now: Value = serde_json::from_str(&document(comparison)?).unwrap_or_default();
    if saved["schema"] != now["schema"] {
        let text = format!("{} was not written by `diff --output`", shown(path));
        return Err(Error::usage(text));
    }
    let mut moved = Vec::new();
    let names = |it: &Value| -> BTreeSet<String> {
        it["versions"].as_object().into_iter().flatten().map(|it| it.0.clone()).collect()
    };
    for name in names(&saved).union(&names(&now)) {
        let (was, is) = (&saved["versions"][name], &now["versions"][name]);
        let text = match (was.as_u64(), is.as_u64()) {
            (was, is) if was == is => continue,
            (Some(was), Some(is)) => {
                format!("the service {name} was updated since: version {was}, now {is}")
            }
            (None, _) => format!("the service {name} was created since"),
            (_, None) => format!("the service {name} was removed since"),
        };
        moved.push(text);
    }
    if moved.is_empty() && saved["steps"] != now["steps"] {
        moved.push("the deploy would change something else than what was saved".to_owned());
    }
    Ok(moved)
}

fn document(comparison: &Comparison) -> Result<String, Error> {
    let mut text = NoColor::new(Vec::new());
    comparison.write(PlanFormat::Json, &mut text)?;
    Ok(String::from_utf8_lossy(text.get_ref()).into_owned())
}
