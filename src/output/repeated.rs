//! Findings of one kind in one text, which people are told together: the first in full, of the
//! others where they are and what they say.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::output::{Checked, place};

/// Fewer of a kind are told one by one.
const LEAST: usize = 3;

/// For each finding those that are told with it; none where it is told with another.
pub(super) fn groups(diagnostics: &[Diagnostic]) -> Vec<Option<Vec<usize>>> {
    let mut kinds: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, it) in diagnostics.iter().enumerate() {
        // What stands in code differs from one to the next; a guess is worth being told.
        let help = it.help.as_deref().unwrap_or_default();
        let words: Vec<&str> = help.split('`').step_by(2).collect();
        let alone = help.starts_with("did you mean").then_some(at);
        kinds.entry((it.span.source, it.rule, it.severity, words, alone)).or_default().push(at);
    }
    let mut groups = vec![Some(Vec::new()); diagnostics.len()];
    for mut kind in kinds.into_values().filter(|it| it.len() >= LEAST) {
        let others = kind.split_off(1);
        for it in &others {
            groups[*it] = None;
        }
        groups[kind[0]] = Some(others);
    }
    groups
}

/// The lines about those that are told with another, and how lines after the first are indented.
pub(super) fn lines(stack: &Checked, first: &Diagnostic, others: &[usize]) -> Vec<String> {
    let others = || others.iter().map(|it| &stack.diagnostics[*it]);
    let at = |it: &Diagnostic| {
        let (line, column) = place(stack.sources, it.span, it.span.start());
        format!("{line}:{column}")
    };
    if others().all(|it| it.message == first.message) {
        let places = others().map(|it| match &it.service {
            Some(service) => format!("{} ({})", at(it), service),
            None => at(it),
        });
        return vec![places.collect::<Vec<_>>().join(", ")];
    }
    let width = others().map(|it| at(it).len()).max().unwrap_or_default();
    others().map(|it| format!("{:width$}  {}", at(it), it.message)).collect()
}
