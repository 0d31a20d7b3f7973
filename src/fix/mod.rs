//! Applies fixes: texts in, texts out. After every fix the stack is analyzed again, and the fix is
//! refused where anything else is read or sent differently than it says.

mod guard;
mod select;
mod tree;

use crate::analysis::Analysis;
use crate::diagnostic::{Edit, Effect, Safety};
use crate::fix::select::Candidate;
use crate::source::{SourceId, Sources};

/// Stacks after their fixes.
#[derive(Debug)]
pub struct Fixed {
    /// The texts, fixed.
    pub sources: Sources,
    /// What is left.
    pub analysis: Analysis,
    /// In the order in which they were applied.
    pub applied: Vec<Applied>,
}

/// A fix that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    pub rule: &'static str,
    pub title: String,
    pub safety: Safety,
    /// The text that it changed.
    pub source: SourceId,
}

/// How often the findings of a stack are fixed: what one fix makes possible comes next.
const MOST_ROUNDS: usize = 50;

/// How often a stack is analyzed to find out which of its fixes are sound.
const MOST_TRIES: usize = 500;

/// Applies the fixes of a stack's findings until nothing changes: the safe ones, and with
/// [`Safety::Unsafe`] all. Only the given files are changed. Fixes that are refused leave a note on
/// their finding.
///
/// `analyze` adds the texts of env files to the sources that it is given; the texts themselves are
/// those of `sources`, with the same numbers.
pub fn fix(
    sources: &Sources,
    files: &[SourceId],
    most: Safety,
    analyze: &mut dyn FnMut(&mut Sources) -> Analysis,
) -> Fixed {
    let mut run = Run { files, analyze, tries: MOST_TRIES };
    let mut now = run.state(sources.clone());
    let mut applied = Vec::new();
    for _ in 0..MOST_ROUNDS {
        let candidates = select::select(&now.analysis.diagnostics, files, most);
        let (harmless, others): (Vec<_>, Vec<_>) =
            candidates.into_iter().partition(|it| it.effect == Effect::None);
        let mut refused = Vec::new();
        let mut next = None;
        for batch in [harmless, others] {
            if next.is_none() && !batch.is_empty() {
                let mut step = Step { base: &now, accepted: Vec::new(), next: None };
                run.settle(&mut step, &batch, &mut refused);
                next = step.next.map(|it| (it, step.accepted));
            }
        }
        let Some((state, accepted)) = next else {
            for (at, reason) in refused {
                if let Some(it) = now.analysis.diagnostics.get_mut(at) {
                    it.note(format!("not fixed: {reason}"));
                }
            }
            break;
        };
        applied.extend(accepted.into_iter().map(Candidate::into_applied));
        now = state;
    }
    Fixed { sources: now.loaded, analysis: now.analysis, applied }
}

/// Whether the fix of one finding does what it says, and nothing else. `analyze` tells what is known
/// after its edits.
pub fn is_sound(
    before: &Analysis,
    at: usize,
    analyze: &mut dyn FnMut(&[Edit]) -> Analysis,
) -> bool {
    let files: Vec<SourceId> = before.stack.files.iter().map(|it| it.source).collect();
    let finding = before.diagnostics.get(at..=at).unwrap_or_default();
    let chosen = select::select(finding, &files, Safety::Unsafe);
    let Some(edits) = chosen.first().map(|it| &it.edits) else { return false };
    guard::check(before, &analyze(edits), &chosen).is_ok()
}

/// Texts and what is known about them.
struct State {
    /// As they were given, or fixed.
    texts: Sources,
    /// With the texts of env files.
    loaded: Sources,
    analysis: Analysis,
}

/// One round: what is there, and what was found to be sound.
struct Step<'a> {
    base: &'a State,
    accepted: Vec<Candidate>,
    next: Option<State>,
}

struct Run<'a> {
    files: &'a [SourceId],
    analyze: &'a mut dyn FnMut(&mut Sources) -> Analysis,
    tries: usize,
}

impl Run<'_> {
    fn state(&mut self, texts: Sources) -> State {
        let mut loaded = texts.clone();
        let analysis = (self.analyze)(&mut loaded);
        State { texts, loaded, analysis }
    }

    /// Takes what is sound of a batch: all, or else what is sound of its halves.
    fn settle(&mut self, step: &mut Step, batch: &[Candidate], refused: &mut Vec<(usize, String)>) {
        if self.tries == 0 {
            let reason = "too many other fixes had to be looked at one by one";
            refused.extend(batch.iter().map(|it| (it.at, reason.to_owned())));
            return;
        }
        self.tries -= 1;
        let mut all = step.accepted.clone();
        all.extend_from_slice(batch);
        let state = self.state(select::apply(&step.base.texts, self.files, &all));
        match (guard::check(&step.base.analysis, &state.analysis, &all), batch) {
            (Ok(()), _) => {
                step.accepted = all;
                step.next = Some(state);
            }
            (Err(reason), [one]) => refused.push((one.at, reason)),
            (Err(_), _) => {
                drop(state);
                let (one, other) = batch.split_at(batch.len() / 2);
                self.settle(step, one, refused);
                self.settle(step, other, refused);
            }
        }
    }
}
