//! `--baseline FILE`: the findings of a saved JSON report are accepted, and only new ones count.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;

use crate::cli::Error;
use crate::cli::decode::decode;
use crate::cli::disk::Disk;
use crate::cli::error::shown;
use crate::source::Files;

/// The part of a report that matters here.
#[derive(Deserialize)]
struct Saved {
    schema: String,
    findings: Vec<Finding>,
}

#[derive(Deserialize)]
struct Finding {
    fingerprint: String,
}

/// The fingerprints of a saved report.
pub(super) fn read(path: &Path) -> Result<BTreeSet<String>, Error> {
    let bytes = Disk.read(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    let text = decode(bytes).map_err(|source| Error::Decode { path: path.to_owned(), source })?;
    let no_report = |why: String| {
        let advice = "save one with `swarm-plan check --format json > FILE`";
        Error::usage(format!("the baseline {} is no report: {why}; {advice}", shown(path)))
    };
    let saved: Saved = serde_json::from_str(&text).map_err(|it| no_report(it.to_string()))?;
    if saved.schema != "swarm-plan/check/1" {
        return Err(no_report(format!("its schema is `{}`", saved.schema)));
    }
    Ok(saved.findings.into_iter().map(|it| it.fingerprint).collect())
}
