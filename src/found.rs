//! What was found: of each rule the first findings in full, of the others where they are.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;

/// The most findings of one rule about one stack that are told: whoever has more begins with these.
pub const MOST: usize = 1000;

/// The most related places that one finding keeps when several are told as one.
const MOST_PLACES: usize = 5;

/// The findings about one stack.
#[derive(Debug, Default)]
pub struct Found {
    pub told: Vec<Diagnostic>,
    pub untold: Vec<Untold>,
}

/// Findings that are counted only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Untold {
    pub rule: &'static str,
    /// The first of them.
    pub span: Span,
    /// What the message comes to: two at one place with the same message are one.
    message: u64,
    pub severity: Severity,
    pub count: usize,
}

impl Untold {
    /// So many findings of a rule, of which nothing else is known.
    pub fn of(rule: &'static str, span: Span, severity: Severity, count: usize) -> Self {
        Self { rule, span, message: 0, severity, count }
    }

    /// The rule and what the message comes to: see [`digest`].
    pub fn says(&self) -> (&'static str, u64) {
        (self.rule, self.message)
    }
}

impl From<&Diagnostic> for Untold {
    fn from(it: &Diagnostic) -> Self {
        let (rule, span, severity) = (it.rule, it.span, it.severity);
        Self { rule, span, message: digest(&it.message), severity, count: 1 }
    }
}

/// What a message comes to.
pub fn digest(message: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(message.as_bytes());
    hasher.finish()
}

impl Found {
    /// Of the findings of one rule, which begin at a number, tells the first by their place.
    pub fn settle(&mut self, from: usize) {
        if self.told.len() - from <= MOST {
            return;
        }
        let mut merged = merged(self.told.split_off(from));
        let rest = merged.split_off(merged.len().min(MOST));
        self.untold.extend(rest.iter().map(Untold::from));
        self.told.append(&mut merged);
    }

    /// All findings by place; what is pulled in at several places is told once. What is not told is
    /// told of in one finding for each rule and text.
    pub fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        self.told.append(&mut summaries(self.untold));
        merged(self.told)
    }
}

/// One finding for what is not told of each rule in each text.
pub fn summaries(mut untold: Vec<Untold>) -> Vec<Diagnostic> {
    untold.sort_unstable();
    untold.dedup_by_key(|it| (it.rule, it.span, it.message));
    let groups = untold.chunk_by(|a, b| (a.rule, a.span.source) == (b.rule, b.span.source));
    groups.filter_map(summary).collect()
}

fn summary(untold: &[Untold]) -> Option<Diagnostic> {
    let first = untold.first()?;
    let severity = untold.iter().map(|it| it.severity).max()?;
    let message = match untold.iter().map(|it| it.count).sum::<usize>() {
        1 => "one more finding of this rule is not listed".to_owned(),
        count => format!("{count} more findings of this rule are not listed, the first is here"),
    };
    Some(Diagnostic {
        rule: first.rule,
        severity,
        message,
        span: first.span,
        service: None,
        related: Vec::new(),
        help: Some("mend what is listed, then check again".to_owned()),
        notes: Vec::new(),
        fix: None,
    })
}

/// Sorted by place, and what is pulled in at several places told once.
fn merged(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by(|a, b| place(a).cmp(&place(b)));
    let mut told: Vec<Diagnostic> = Vec::with_capacity(diagnostics.len());
    for it in diagnostics {
        match told.last_mut() {
            Some(last) if place(last) == place(&it) => {
                share_fix(last, &it);
                for label in it.related {
                    if !last.related.contains(&label) && last.related.len() < MOST_PLACES {
                        last.related.push(label);
                    }
                }
            }
            _ => told.push(it),
        }
    }
    told
}

/// One fix for what several services pull in from one place; none where they want different ones.
fn share_fix(told: &mut Diagnostic, other: &Diagnostic) {
    match (&mut told.fix, &other.fix) {
        (Some(fix), Some(other)) if fix.edits == other.edits => {
            fix.services.extend(other.services.iter().cloned());
        }
        _ => told.fix = None,
    }
}

/// What a finding is sorted by, and told once for.
pub fn place(it: &Diagnostic) -> (Span, &str, &str) {
    (it.span, it.rule, &it.message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn diagnostic(rule: &'static str, at: usize, severity: Severity) -> Diagnostic {
        Diagnostic {
            rule,
            severity,
            message: format!("{rule} at {at}"),
            span: Span::new(SourceId::default(), at, at + 1),
            service: None,
            related: Vec::new(),
            help: None,
            notes: Vec::new(),
            fix: None,
        }
    }

    /// Findings of one rule, told as they come.
    fn found(places: impl Iterator<Item = usize>, severity: fn(usize) -> Severity) -> Found {
        let mut found = Found::default();
        found.told.push(diagnostic("before", 7, Severity::Hint));
        for at in places {
            found.told.push(diagnostic("rule", at, severity(at)));
            if found.told.len() > 2 * MOST {
                found.settle(1);
            }
        }
        found.settle(1);
        found
    }

    #[test]
    fn the_first_by_place_are_told_and_the_others_counted() {
        let mild = |at| if at == 4000 { Severity::Error } else { Severity::Info };
        let all = found((0..5000).rev(), mild).into_diagnostics();
        assert_eq!(all.len(), MOST + 2);
        let last = &all[MOST + 1];
        assert_eq!(
            last.message,
            "4000 more findings of this rule are not listed, the first is here"
        );
        assert_eq!((last.rule, last.span.start(), last.severity), ("rule", MOST, Severity::Error));
        assert!(all[..MOST].iter().all(|it| it.span.start() < MOST));
    }

    #[test]
    fn what_many_services_pull_in_from_one_place_takes_no_room() {
        let all = found((0..5000).map(|at| at % 1001), |_| Severity::Info).into_diagnostics();
        assert_eq!(all.len(), MOST + 2);
        assert_eq!(all[MOST + 1].message, "one more finding of this rule is not listed");
        let few = found((0..5000).map(|at| at % MOST), |_| Severity::Info).into_diagnostics();
        assert_eq!(few.len(), MOST + 1);
    }
}
