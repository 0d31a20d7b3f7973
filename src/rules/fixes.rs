//! Fixes that rules share.

use crate::edit::{New, Patch, Site};
use crate::rule::Findings;
use crate::source::{Named, SourceId};
use crate::stack::Service;
use crate::yaml::Value;

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

/// The most labels that are moved at once.
const MOST_LABELS: usize = 100;

/// Moves the labels of a service that begin in some way to `deploy.labels`, where there are none
/// yet. Comments between them would be lost, so there must not be any.
pub(super) fn labels_to_deploy(
    found: &Findings,
    service: &Named<Service>,
    is_meant: impl Fn(&str) -> bool,
) -> Option<Patch> {
    let labels = found.site(service.name.span())?.child("labels")?;
    let (meant, count) = match &labels.node().value {
        Value::Map(map) => {
            let names = map.entries.iter().filter(|it| is_meant(&it.key.text));
            let sites: Option<Vec<_>> = names.map(|it| labels.child(&it.key.text)).collect();
            (sites?, map.entries.len())
        }
        Value::List(items) => {
            let names = items.iter().filter(|it| it.as_text().is_some_and(&is_meant));
            let sites: Option<Vec<_>> = names.map(|it| labels.find(it.span())).collect();
            (sites?, items.len())
        }
        _ => return None,
    };
    let single = meant.iter().all(Site::is_single) && !labels.as_written().contains('#');
    if !single || meant.len() > MOST_LABELS {
        return None;
    }
    let value = |it: &Site| New::Inline(it.as_written().to_owned());
    let entry = |it: &Site| Some((it.key()?.text.clone(), value(it)));
    let new = match labels.node().as_list() {
        Some(_) => New::List(meant.iter().map(value).collect()),
        None => New::Map(meant.iter().map(entry).collect::<Option<_>>()?),
    };
    let removed = if meant.len() == count {
        labels.remove()?
    } else {
        let patches = meant.iter().map(Site::remove);
        patches.reduce(|all, it| all?.and(it?))??
    };
    removed.and(labels.up()?.insert(&["deploy", "labels"], new)?)
}
