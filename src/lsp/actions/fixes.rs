//! The fixes of rules, one by one and all at once.

use similar::{DiffOp, TextDiff};

use crate::diagnostic::{Edit, Safety};
use crate::fix;
use crate::lsp::actions::{Action, Bench};
use crate::source::{Sources, Span};

/// The kind of the action that fixes what can be fixed without asking.
pub(super) const ALL: &str = "source.fixAll.swarm-plan";

/// So many findings are looked at.
const MOST: usize = 20;

/// The fixes of the findings at the place.
pub(super) fn of(bench: &Bench) -> Vec<Action> {
    let shown = &bench.snapshot.findings;
    let here = bench.snapshot.analysis.diagnostics.iter().enumerate().filter(|(_, it)| {
        it.span.source == bench.source
            && it.span.start() <= bench.range.end
            && bench.range.start <= it.span.end()
    });
    let mut found: Vec<Action> = Vec::new();
    for (at, it) in here.take(MOST) {
        // A fix that shows a secret is shown to nobody.
        let is_shown = shown.get(at).is_some_and(|own| own.rule == it.rule && own.fix.is_some());
        let Some(fix) = it.fix.as_ref().filter(|_| is_shown) else { continue };
        if found.iter().any(|own| own.edits == fix.edits) {
            continue;
        }
        let mut analyze = |edits: &[Edit]| bench.after(edits);
        if !fix::is_sound(&bench.snapshot.analysis, at, &mut analyze) {
            continue;
        }
        found.push(Action {
            title: title(&fix.title),
            kind: "quickfix",
            resolves: Some((it.rule, it.span.range())),
            is_preferred: fix.safety == Safety::Safe,
            edits: fix.edits.clone(),
        });
    }
    found
}

fn title(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |it| it.to_uppercase().chain(chars).collect())
}

/// Everything that can be fixed without asking.
pub(super) fn all(bench: &Bench) -> Option<Action> {
    let snapshot = bench.snapshot;
    // Texts of env files are added by every analysis anew.
    let mut texts = Sources::default();
    let known = snapshot.files.len() + usize::from(snapshot.cluster.is_some());
    for (_, it) in snapshot.sources.all().take(known) {
        texts.add(it.name.clone(), it.text.clone());
    }
    let mut analyze = |sources: &mut Sources| snapshot.analyze(sources, bench.files);
    let fixed = fix::fix(&texts, &snapshot.files, Safety::Safe, &mut analyze);
    let mut edits = Vec::new();
    for &file in &snapshot.files {
        let (old, new) = (&texts.get(file).text, &fixed.sources.get(file).text);
        edits.extend(between(Span::new(file, 0, old.len()), old, new));
    }
    (!edits.is_empty()).then(|| Action {
        title: "Fix everything that can be fixed without asking".to_owned(),
        kind: ALL,
        resolves: None,
        is_preferred: false,
        edits,
    })
}

/// What makes one text of another, line by line.
pub(in crate::lsp) fn between(whole: Span, old: &str, new: &str) -> Vec<Edit> {
    let lines = |text: &str| -> Vec<usize> {
        let mut at = 0;
        let starts = text.split_inclusive('\n').map(|it| {
            at += it.len();
            at
        });
        std::iter::once(0).chain(starts).collect()
    };
    let (before, after) = (lines(old), lines(new));
    let diff = TextDiff::from_lines(old, new);
    let place = |starts: &[usize], at: usize| starts.get(at).copied().unwrap_or_default();
    let changed = diff.ops().iter().filter(|it| !matches!(it, DiffOp::Equal { .. }));
    let edit = |it: &DiffOp| {
        let (from, to) = (it.old_range(), it.new_range());
        let span = Span::new(whole.source, place(&before, from.start), place(&before, from.end));
        let text = new.get(place(&after, to.start)..place(&after, to.end)).unwrap_or_default();
        Edit { span, replacement: text.to_owned() }
    };
    changed.map(edit).collect()
}
