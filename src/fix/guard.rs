//! Whether fixes did what they say, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::analysis::Analysis;
use crate::diagnostic::{Change, Effect};
use crate::fix::select::Candidate;
use crate::fix::tree::{Difference, Kind, Step, differences};
use crate::found::digest;
use crate::stack::verdict;
use crate::swarm::spec::Specs;

/// Whether what is known before and after fixes differs only where they say so.
///
/// # Errors
///
/// Why not; completes "not fixed: ".
pub(super) fn check(
    before: &Analysis,
    after: &Analysis,
    fixes: &[Candidate],
) -> Result<(), String> {
    readable(before, after)?;
    let mut subjects = BTreeSet::new();
    for (old, new) in before.stack.files.iter().zip(&after.stack.files) {
        // Where a key stood twice, nobody can say what was read.
        if new.document.duplicates.len() < old.document.duplicates.len() {
            subjects.insert((String::new(), None));
            continue;
        }
        for it in differences(&old.document.root, &new.document.root) {
            if !fixes.iter().any(|fix| fix.intends(&it)) {
                return Err(format!("it would change `{}`, too", shown(&it.path)));
            }
            subjects.extend(
                subject(&it.path)
                    .map(|(section, name)| (section.to_owned(), name.map(str::to_owned))),
            );
        }
    }
    sent(&before.specs, &after.specs, &subjects, fixes)?;
    let accepts = |it: &Analysis| verdict(&it.stack.problems).is_none();
    if accepts(before) && !accepts(after) {
        return Err("Docker would refuse the stack afterwards".to_owned());
    }
    gone(before, after, fixes)
}

/// A text that could be read still can be.
fn readable(before: &Analysis, after: &Analysis) -> Result<(), String> {
    let faults = |it: &Analysis| -> Vec<(usize, usize)> {
        let files = it.stack.files.iter().map(|it| &it.document);
        files.map(|it| (it.errors.len(), it.duplicates.len())).collect()
    };
    let sound = faults(before)
        .iter()
        .zip(&faults(after))
        .all(|(old, new)| new.0 <= old.0 && new.1 <= old.1);
    if sound { Ok(()) } else { Err("the file could not be read afterwards".to_owned()) }
}

impl Candidate {
    /// Whether a difference is one that the fix is about.
    fn intends(&self, it: &Difference) -> bool {
        // What begins with `x-` means nothing where it stands.
        let elsewhere = match it.path.as_slice() {
            [Step::Key("services"), Step::Key(service), ..] => {
                !self.services.is_empty() && !self.services.contains(*service)
            }
            _ => false,
        };
        !elsewhere && self.changes.iter().any(|change| covers(change, it.kind))
    }
}

fn covers(change: &Change, kind: Kind) -> bool {
    match kind {
        Kind::Removed(key) => change.adds.is_none() && change.span == key,
        Kind::Added(mapping, key) => change.span == mapping && change.adds.as_deref() == Some(key),
        Kind::Changed(value) => {
            let (part, whole) = (change.span, value);
            change.adds.is_none()
                && part.source == whole.source
                && whole.start() <= part.start()
                && part.end() <= whole.end()
        }
    }
}

/// The section and the name that a path leads to; none for `x-…`.
fn subject<'a>(path: &[Step<'a>]) -> Option<(&'a str, Option<&'a str>)> {
    match path {
        [Step::Key(section), ..] if section.starts_with("x-") => None,
        [Step::Key(section), Step::Key(name), ..] => Some((section, Some(name))),
        [Step::Key(section), ..] => Some((section, None)),
        _ => Some(("", None)),
    }
}

/// What is sent differs only for what is written differently.
fn sent(
    before: &Specs,
    after: &Specs,
    subjects: &BTreeSet<(String, Option<String>)>,
    fixes: &[Candidate],
) -> Result<(), String> {
    if fixes.iter().all(|it| it.effect == Effect::None) {
        let same = before == after;
        return if same { Ok(()) } else { Err("a deploy would send something else".to_owned()) };
    }
    // A change of anything else may concern every service.
    if subjects.iter().any(|it| it.0 != "services" || it.1.is_none()) {
        return Ok(());
    }
    let intended: BTreeSet<_> = subjects.iter().filter_map(|it| it.1.as_ref()).collect();
    let names = before.services.keys().chain(after.services.keys());
    for name in names.filter(|it| !intended.contains(it)) {
        if before.services.get(name) != after.services.get(name) {
            return Err(format!("it would change the service `{name}`, too"));
        }
    }
    let same = before.secrets == after.secrets && before.configs == after.configs;
    if same { Ok(()) } else { Err("it would change secrets or configs, too".to_owned()) }
}

/// The findings are gone.
fn gone(before: &Analysis, after: &Analysis, fixes: &[Candidate]) -> Result<(), String> {
    type Counts<'a> = BTreeMap<(&'static str, &'a str), usize>;
    let mut resolved = Counts::new();
    for (rule, message) in fixes.iter().flat_map(|it| &it.findings) {
        *resolved.entry((*rule, message.as_str())).or_default() += 1;
    }
    let count = |analysis: &Analysis| {
        let mut counts: BTreeMap<(&'static str, String), usize> = BTreeMap::new();
        for it in &analysis.diagnostics {
            if resolved.contains_key(&(it.rule, it.message.as_str())) {
                *counts.entry((it.rule, it.message.clone())).or_default() += 1;
            }
        }
        if !analysis.untold.is_empty() {
            let by_digest: BTreeMap<_, _> =
                resolved.keys().map(|it| ((it.0, digest(it.1)), *it)).collect();
            let known = analysis.untold.iter().filter_map(|it| by_digest.get(&it.says()));
            for (rule, message) in known {
                *counts.entry((rule, (*message).to_owned())).or_default() += 1;
            }
        }
        counts
    };
    let (old, new) = (count(before), count(after));
    for ((rule, message), least) in resolved {
        let key = (rule, message.to_owned());
        let count = |it: &BTreeMap<_, usize>| it.get(&key).copied().unwrap_or_default();
        if count(&new) + least > count(&old) {
            return Err("the finding would stay".to_owned());
        }
    }
    Ok(())
}

fn shown(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Key(key) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(key);
            }
            Step::Index(at) => {
                // Writing to a text cannot fail.
                let _ = write!(text, "[{at}]");
            }
        }
    }
    text
}
