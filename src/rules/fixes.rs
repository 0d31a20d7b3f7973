//! Fixes that rules share.

use crate::edit::{New, Patch};
use crate::rule::Findings;
use crate::source::SourceId;

/// Drops the version of every file: they must agree, and without one the newest applies.
pub(super) fn drop_version(found: &Findings) -> Option<Patch> {
    let versions = found.tops().filter_map(|it| it.child("version"));
    let patches: Vec<_> = versions.map(|it| it.remove()).collect();
    let (first, others) = patches.split_first()?;
    others.iter().try_fold(first.clone()?, |all, it| all.and(it.clone()?))
}

/// Declares an object that a service uses at the top level of its file.
pub(super) fn declare(
    found: &Findings,
    source: SourceId,
    section: &str,
    name: &str,
) -> Option<Patch> {
    let external = || New::Map(vec![("external".to_owned(), New::Inline("true".to_owned()))]);
    let value = match section {
        "secrets" | "configs" => external(),
        _ => New::Inline("{}".to_owned()),
    };
    found.top(source)?.insert(&[section, name], value)
}
