//! The part of a text on which repairs are tried, so that a large text is not read for each.

use super::candidates::Candidate;
use super::lines::Line;
use super::patch::Edit;
use super::read;
use crate::yaml::token::Failure;

/// How many lines below the failure a repair has to bear with at least.
const LINES_BELOW: usize = 30;

/// The most bytes of a part.
const MAX_PART: usize = 64 << 10;

/// Some whole lines.
#[derive(Debug)]
pub(super) struct Window {
    pub(super) start: usize,
    end: usize,
}

impl Window {
    /// Some blocks around the failure and all that is to be edited; the whole text where they
    /// cannot be understood alone.
    pub(super) fn around(text: &str, failure: &Failure, candidates: &[Candidate]) -> Self {
        let whole = Self { start: 0, end: text.len() };
        let Some(window) = Self::blocks(text, failure, candidates) else { return whole };
        let same = |it: &Failure| {
            it.problem == failure.problem
                && it.at.at as usize + window.start == failure.at.at as usize
        };
        if read(window.text(text)).failure.is_some_and(|it| same(&it)) { window } else { whole }
    }

    fn blocks(text: &str, failure: &Failure, candidates: &[Candidate]) -> Option<Self> {
        let edits = || candidates.iter().flat_map(|it| &it.edits);
        let at = (failure.at.at as usize).min(text.len());
        let top = edits().map(|it| it.start).min()?.min(at);
        let bottom = edits().map(|it| it.end).max()?.max(at);
        let (top, bottom) = (Line::at(text, top), Line::at(text, bottom));
        let inside = std::iter::successors(Some(top), Line::next)
            .take_while(|it| it.start <= bottom.start)
            .filter(Line::says_something);
        let least = inside.chain(bottom.below().next()).map(|it| it.indent()).min()?.min(2);
        let first = top.above().find(|it| it.indent() <= least);
        let (start, outer) = first.map_or((0, 0), |it| (it.start, it.indent()));
        let mut end = text.len();
        for (count, line) in bottom.below().enumerate() {
            let indent = line.indent();
            if indent < outer || count > LINES_BELOW && indent == outer {
                end = line.start;
                break;
            }
            if line.start - start > MAX_PART {
                return None;
            }
        }
        (end - start <= MAX_PART).then_some(Self { start, end })
    }

    pub(super) fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or(text)
    }

    /// Edits as they are counted from the window's start; none if they reach out of it.
    pub(super) fn shift(&self, edits: &[Edit]) -> Option<Vec<Edit>> {
        edits
            .iter()
            .map(|it| {
                let fits = it.start >= self.start && it.end <= self.end;
                fits.then(|| Edit {
                    start: it.start - self.start,
                    end: it.end - self.start,
                    with: it.with.clone(),
                })
            })
            .collect()
    }
}
