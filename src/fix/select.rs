//! Which fixes can be applied together: the first by place wins, the others come in the next round.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Change, Diagnostic, Edit, Effect, Safety};
use crate::fix::Applied;
use crate::source::{SourceId, Sources};

/// A fix, and the findings that it resolves.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The number of its first finding.
    pub at: usize,
    /// Rule and message of each of its findings.
    pub findings: Vec<(&'static str, String)>,
    pub title: String,
    pub safety: Safety,
    pub effect: Effect,
    /// In the order of the text.
    pub edits: Vec<Edit>,
    pub changes: Vec<Change>,
    /// The services that it may change; none where it may change all.
    pub services: BTreeSet<String>,
}

impl Candidate {
    pub(super) fn into_applied(self) -> Applied {
        let source = self.edits.first().map(|it| it.span.source).unwrap_or_default();
        let rule = self.findings.first().map_or("", |it| it.0);
        Applied { rule, title: self.title, safety: self.safety, source }
    }
}

/// The fixes of these findings that touch no bytes of each other, in the order of the text.
pub(super) fn select(
    diagnostics: &[Diagnostic],
    files: &[SourceId],
    most: Safety,
) -> Vec<Candidate> {
    let mut chosen: BTreeMap<Vec<Edit>, Candidate> = BTreeMap::new();
    for (at, it) in diagnostics.iter().enumerate() {
        let Some(fix) = &it.fix else { continue };
        let wanted = fix.safety == Safety::Safe || most == Safety::Unsafe;
        let ours = fix.edits.iter().all(|it| files.contains(&it.span.source));
        if !wanted || !ours || fix.edits.is_empty() {
            continue;
        }
        let mut edits = fix.edits.clone();
        edits.sort();
        let finding = (it.rule, it.message.clone());
        // Several findings may want the same.
        if let Some(other) = chosen.get_mut(&edits) {
            other.findings.push(finding);
            let about_all = other.services.is_empty() || fix.services.is_empty();
            other.services.extend(fix.services.iter().cloned());
            if about_all {
                other.services.clear();
            }
            other.changes.extend_from_slice(&fix.changes);
            if fix.effect == Effect::Changed {
                other.effect = Effect::Changed;
            }
            continue;
        }
        let candidate = Candidate {
            at,
            findings: vec![finding],
            title: fix.title.clone(),
            safety: fix.safety,
            effect: fix.effect,
            edits: edits.clone(),
            changes: fix.changes.clone(),
            services: fix.services.clone(),
        };
        chosen.insert(edits, candidate);
    }
    let mut taken = Taken::default();
    chosen.into_values().filter(|it| taken.take(&it.edits)).collect()
}

/// The bytes that fixes touch: by text and start, each with its end.
#[derive(Default)]
struct Taken(BTreeMap<(SourceId, usize), usize>);

impl Taken {
    /// Takes the bytes of all edits, if no other fix touches them.
    fn take(&mut self, edits: &[Edit]) -> bool {
        let free = edits.iter().all(|it| self.is_free(it));
        if free {
            for it in edits {
                let start = (it.span.source, it.span.start());
                let end = self.0.entry(start).or_default();
                *end = it.span.end().max(*end);
            }
        }
        free
    }

    fn is_free(&self, edit: &Edit) -> bool {
        let (source, start, end) = (edit.span.source, edit.span.start(), edit.span.end());
        let inserts = start == end;
        // None lies over another, so those that end before this one end the search.
        let near = self.0.range(..=(source, end)).rev();
        let mut near = near.take_while(|((other, _), to)| *other == source && **to >= start);
        // What is put in at the edge of what goes may belong to it.
        !near.any(|((_, from), to)| inserts || from == to || (*from < end && start < *to))
    }
}

/// The texts after the edits of fixes that touch no bytes of each other.
pub(super) fn apply(texts: &Sources, files: &[SourceId], chosen: &[Candidate]) -> Sources {
    let mut edits: Vec<&Edit> = chosen.iter().flat_map(|it| &it.edits).collect();
    edits.sort();
    let mut after = texts.clone();
    for &file in files {
        let own = edits.iter().filter(|it| it.span.source == file);
        let text = &texts.get(file).text;
        let mut new = String::with_capacity(text.len());
        let mut done = 0;
        for it in own {
            new.push_str(text.get(done..it.span.start()).unwrap_or_default());
            new.push_str(&it.replacement);
            done = it.span.end().max(done);
        }
        if done > 0 || !new.is_empty() {
            new.push_str(text.get(done..).unwrap_or_default());
            after.replace(file, new);
        }
    }
    after
}
