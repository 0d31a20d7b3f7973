//! Goes on after an error: repairs the text near by, reads again, and so finds further errors and
//! keeps the tree of everything else.

mod candidates;
mod lines;
mod patch;
mod window;

use crate::yaml::cursor::Mark;
use crate::yaml::parse::{Parser, What};
use crate::yaml::token::{Failure, Stage};
use candidates::{Candidate, candidates};
use lines::Line;
use patch::Patch;
use window::Window;

/// How often a text is repaired.
const ROUNDS: usize = 10;

/// The same for texts that take long to read.
const ROUNDS_OF_LARGE: usize = 3;

/// From how many bytes on a text is large.
const LARGE: usize = 1 << 20;

/// How many bytes may be read to try repairs, besides a few passes over the whole text.
const EFFORT: usize = 8 << 20;

/// How far a text is read that can be read to its end.
const END: usize = usize::MAX;

/// A text that can be read further than before.
#[derive(Debug)]
pub(super) struct Repaired {
    pub(super) patch: Patch,
    /// What was wrong, in the order in which it was met, with the places of the original text.
    pub(super) faults: Vec<Fault>,
}

/// A failure, and what the repair that helped says about it.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) failure: Failure,
    pub(super) cause: Cause,
}

/// What is most likely wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    Unknown,
    Tab,
    /// The quote that begins there has no end on its line.
    OpenQuote(usize),
    /// The bracket that begins there should end by `end`.
    OpenBracket {
        start: usize,
        end: usize,
    },
    NeedsQuotes {
        start: usize,
        end: usize,
    },
    /// The line should be indented by so many blanks.
    Indentation {
        width: usize,
    },
    /// A key and its value stand there without a blank behind the colon.
    MissingSpace {
        start: usize,
        end: usize,
    },
    /// A word stands there that should be a key.
    MissingColon {
        start: usize,
        end: usize,
    },
}

/// Where reading a text ends.
#[derive(Clone, Debug, Default)]
struct Outcome {
    failure: Option<Box<Failure>>,
    /// The last quoted text that is longer than a line; its end may belong to another.
    long_quote: Option<(usize, usize)>,
}

/// Repairs a text that cannot be read.
pub(super) fn repair(text: &str) -> Repaired {
    let mut patch = Patch::new(text);
    let mut faults = Vec::new();
    let mut effort = EFFORT + text.len();
    let mut passed = None;
    let rounds = if text.len() > LARGE { ROUNDS_OF_LARGE } else { ROUNDS };
    for _ in 0..rounds {
        let outcome = read(&patch.text);
        let Some(failure) = &outcome.failure else { break };
        let repair = best_repair(&patch.text, failure, &outcome, &mut effort);
        let cause = repair.as_ref().map_or(Cause::Unknown, |it| it.cause);
        let place = match cause {
            Cause::OpenQuote(start) => Line::at(&patch.text, start).start,
            _ => failure.place(),
        };
        let place = patch.original(place);
        // A failure at or before what was mended is of the repair's making.
        if passed.is_none_or(|it| place > it) {
            passed = Some(place);
            faults.push(placed(failure, cause, &patch));
        }
        let Some(Candidate { edits, .. }) = repair else { break };
        patch.apply_all(&edits);
    }
    Repaired { patch, faults }
}

/// A fault in the places of the original text.
fn placed(failure: &Failure, cause: Cause, patch: &Patch) -> Fault {
    let original = |at: usize| patch.original(at);
    let cause = match cause {
        Cause::OpenQuote(start) => Cause::OpenQuote(original(start)),
        Cause::OpenBracket { start, end } => {
            Cause::OpenBracket { start: original(start), end: original(end) }
        }
        Cause::NeedsQuotes { start, end } => {
            Cause::NeedsQuotes { start: original(start), end: original(end) }
        }
        Cause::MissingSpace { start, end } => {
            Cause::MissingSpace { start: original(start), end: original(end) }
        }
        Cause::MissingColon { start, end } => {
            Cause::MissingColon { start: original(start), end: original(end) }
        }
        Cause::Unknown | Cause::Tab | Cause::Indentation { .. } => cause,
    };
    let moved = |mark: Mark| Mark { at: original(mark.at as usize) as u32, ..mark };
    let failure =
        Failure { at: moved(failure.at), context: failure.context.map(moved), ..failure.clone() };
    Fault { failure, cause }
}

/// Reads the first document without building anything.
fn read(text: &str) -> Outcome {
    let mut parser = Parser::new(text);
    let failure = loop {
        match parser.next() {
            Ok(event) if matches!(event.what, What::DocumentEnd | What::StreamEnd) => break None,
            Ok(_) => {}
            Err(failure) => break Some(failure),
        }
    };
    let long_quote = parser.long_quote().map(|it| (it.0 as usize, it.1 as usize));
    Outcome { failure, long_quote }
}

/// The repair after which the text can be read furthest; of equals the first. Whole blocks are
/// given up only where nothing else helps.
fn best_repair(
    text: &str,
    failure: &Failure,
    outcome: &Outcome,
    effort: &mut usize,
) -> Option<Candidate> {
    if failure.problem.starts_with("exceeded") {
        return None;
    }
    let candidates = candidates(text, failure, outcome);
    let mut try_all = |list| tried(text, failure, list, effort);
    let likely = try_all(candidates.likely);
    if let Some((repair, _)) = likely.into_iter().find(|it| it.1 > candidates.beyond) {
        return Some(repair);
    }
    let gentle = try_all(candidates.gentle);
    // A repair with a cause is better than one that only gives text up.
    let ends = gentle.iter().any(|it| it.1 == END);
    let is_explained = |it: &(Candidate, usize)| {
        !ends && it.0.cause != Cause::Unknown && it.1 > candidates.next_line
    };
    let explained: Vec<_> = gentle.iter().filter(|it| is_explained(it)).cloned().collect();
    let here = failure.place();
    furthest(explained, here)
        .or_else(|| furthest(gentle, here))
        .or_else(|| furthest(try_all(candidates.drastic), here))
}

/// The repair that leads furthest, and beyond a place at any rate; of equals the first.
fn furthest(tried: Vec<(Candidate, usize)>, beyond: usize) -> Option<Candidate> {
    let best = tried.into_iter().rev().max_by_key(|it| it.1)?;
    (best.1 > beyond).then_some(best.0)
}

/// How far the text can be read after each repair. After one that leads to the end no other is
/// tried.
fn tried(
    text: &str,
    failure: &Failure,
    candidates: Vec<Candidate>,
    effort: &mut usize,
) -> Vec<(Candidate, usize)> {
    let window = Window::around(text, failure, &candidates);
    let part = window.text(text);
    let mut tried = Vec::new();
    for candidate in candidates {
        let Some(edits) = window.shift(&candidate.edits) else { continue };
        let Some(left) = effort.checked_sub(part.len()) else { break };
        *effort = left;
        let mut patch = Patch::new(part);
        patch.apply_all(&edits);
        let Some(failure) = read(&patch.text).failure else {
            tried.push((candidate, END));
            break;
        };
        let progress = window.start + patch.original(failure.place());
        tried.push((candidate, progress));
    }
    tried
}

impl Failure {
    /// Where it is to be mended: the beginning of what cannot be read.
    fn place(&self) -> usize {
        match (self.stage, self.context) {
            (Stage::Scanner, Some(context)) => context.at as usize,
            _ => self.at.at as usize,
        }
    }
}
