//! Hidden texts starred out of the words of findings, which may repeat a value of the file.

use std::collections::BTreeSet;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::FxHashSet;

use crate::diagnostic::Diagnostic;
use crate::output::Checked;
use crate::source::{SourceId, Span};
use crate::suppression::Silenced;
use crate::value::quote::quote;
use crate::yaml::{self, Value};

/// Shorter texts are not looked for: they stand in any sentence.
const SHORTEST: usize = 4;

/// Of a text so much is looked for: findings may show only its beginning.
const BEGINNING: usize = 8;

/// Where there are more texts, none is told from what may be shown.
const MOST: usize = 10_000;

/// The most bytes that are looked for where the beginning stands elsewhere, too.
const LONGEST: usize = 64;

/// The findings of a stack without its hidden texts.
pub(super) struct Masked {
    pub diagnostics: Vec<Diagnostic>,
    pub silenced: Vec<Silenced>,
    pub unshown: Vec<Diagnostic>,
}

/// None where the findings need no change.
pub(super) fn findings(stack: &Checked) -> Option<Masked> {
    if stack.diagnostics.is_empty() && stack.silenced.is_empty() {
        return None;
    }
    let mask = Mask::of(stack)?;
    let mut masked = Masked {
        diagnostics: stack.diagnostics.to_vec(),
        silenced: stack.silenced.to_vec(),
        unshown: stack.unshown.to_vec(),
    };
    let silenced = masked.silenced.iter_mut().map(|it| &mut it.diagnostic);
    for it in masked.diagnostics.iter_mut().chain(silenced).chain(&mut masked.unshown) {
        mask.diagnostic(it);
    }
    Some(masked)
}

/// A text, such as Docker's words, without the hidden texts of a stack.
pub fn masked(stack: &Checked, text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(mask) = Mask::of(stack) {
        mask.text(&mut text);
    }
    text
}

/// What [`masked`] does, for many texts.
pub(in crate::output) fn veil<'a>(stack: &'a Checked) -> Box<dyn Fn(&str) -> String + 'a> {
    let mask = Mask::of(stack);
    Box::new(move |text| {
        let mut text = text.to_owned();
        if let Some(mask) = &mask {
            mask.text(&mut text);
        }
        text
    })
}

/// What is looked for.
struct Mask {
    texts: FxHashSet<String>,
    finder: AhoCorasick,
}

impl Mask {
    /// None where nothing is hidden.
    fn of(stack: &Checked) -> Option<Self> {
        let mut texts = BTreeSet::new();
        for value in &stack.hidden.values {
            variants(value, &mut texts);
        }
        for span in &stack.hidden.spans {
            let source = stack.sources.get(span.source);
            variants(source.text.get(span.range()).unwrap_or_default(), &mut texts);
        }
        if texts.is_empty() {
            return None;
        }
        let beginnings = |most: usize| texts.iter().map(move |it| beginning(it, most));
        let wanted: BTreeSet<&str> = if texts.len() > MOST {
            beginnings(BEGINNING).collect()
        } else {
            let all: BTreeSet<&str> = beginnings(BEGINNING).chain(beginnings(LONGEST)).collect();
            let all: Vec<&str> = all.into_iter().collect();
            // What can be read elsewhere in the files is no secret, and may be a service's name.
            let public = public(stack, &all)?;
            let shown = |it: &str| public.contains(it);
            let wanted = texts.iter().filter_map(|it| {
                let ways = [beginning(it, BEGINNING), beginning(it, LONGEST)];
                ways.into_iter().find(|it| !shown(it))
            });
            wanted.collect()
        };
        let finder =
            AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(wanted).ok()?;
        Some(Self { texts: texts.into_iter().collect(), finder })
    }

    fn diagnostic(&self, it: &mut Diagnostic) {
        self.text(&mut it.message);
        it.service.iter_mut().for_each(|it| {
            self.text(it);
        });
        it.help.iter_mut().for_each(|it| {
            self.text(it);
        });
        it.notes.iter_mut().for_each(|it| {
            self.text(it);
        });
        it.related.iter_mut().for_each(|it| {
            self.text(&mut it.text);
        });
        // An edit that is starred out would destroy the value.
        let shows = |fix: &crate::diagnostic::Fix| {
            let edits = fix.edits.iter().map(|it| &it.replacement);
            edits.chain([&fix.title]).any(|it| self.text(&mut it.clone()))
        };
        if it.fix.as_ref().is_some_and(shows) {
            it.fix = None;
        }
    }

    /// Whether something had to be starred out.
    fn text(&self, text: &mut String) -> bool {
        let mut out = String::new();
        let mut done = 0;
        for found in self.finder.find_iter(text.as_str()) {
            let range = found.range();
            if range.start < done || is_word_of_ours(text, &range) {
                continue;
            }
            let end = self.end(text, &range);
            out.push_str(&text[done..range.start]);
            out.extend(text[range.start..end].chars().map(|_| '*'));
            done = end;
        }
        if done == 0 {
            return false;
        }
        out.push_str(&text[done..]);
        *text = out;
        true
    }

    /// Where the hidden text ends whose beginning was found: a known one, or, where it is long or
    /// was cut, the rest of the word.
    fn end(&self, text: &str, found: &Range<usize>) -> usize {
        let most = text.len().min(found.start + LONGEST);
        let is_known =
            |end: &usize| text.get(found.start..*end).is_some_and(|it| self.texts.contains(it));
        let known = (found.end..=most).rev().find(is_known);
        known.unwrap_or_else(|| {
            let is_end = |c: char| c.is_whitespace() || matches!(c, '`' | '"' | '\'');
            text[found.end..].find(is_end).map_or(text.len(), |at| found.end + at)
        })
    }
}

/// A word of letters alone, with blanks around it, is rather ours than the file's.
fn is_word_of_ours(text: &str, range: &Range<usize>) -> bool {
    text[range.clone()].bytes().all(is_plain)
        && text[..range.start].ends_with(' ')
        && text[range.end..].starts_with(' ')
}

/// The ways in which findings write a hidden text.
fn variants(text: &str, found: &mut BTreeSet<String>) {
    let mut values = vec![text.to_owned()];
    if text.starts_with(['"', '\'', '|', '>']) {
        let read = yaml::parse(SourceId::default(), text);
        if let Value::Text(value) = read.root.value {
            values.push(value);
        }
    }
    for value in values {
        for line in value.lines() {
            let is_syntax = |c: char| c.is_whitespace() || "\"'*&@%!".contains(c);
            let line = line.trim_matches(is_syntax);
            let quoted = quote(line);
            // A tag or an option may stand before the value itself.
            let is_odd = |it: &&str| it.len() >= BEGINNING && !it.bytes().all(is_plain);
            let words = line.split_whitespace().filter(is_odd);
            for it in words.chain([line, quoted.trim_matches('"')]) {
                if it.len() >= SHORTEST {
                    found.insert(it.to_owned());
                }
            }
        }
    }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_lowercase()
}

fn beginning(text: &str, most: usize) -> &str {
    let end = (most..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    &text[..end]
}

/// Those that stand in the files where nothing is hidden.
fn public<'a>(stack: &Checked, texts: &[&'a str]) -> Option<FxHashSet<&'a str>> {
    let finder = AhoCorasick::new(texts).ok()?;
    let mut found = FxHashSet::default();
    for (id, source) in stack.sources.all() {
        for it in finder.find_overlapping_iter(&source.text) {
            let span = Span::new(id, it.start(), it.end());
            let at = stack
                .hidden
                .spans
                .partition_point(|it| *it <= Span::new(id, span.start(), usize::MAX));
            let last = at.checked_sub(1).map(|at| stack.hidden.spans[at]);
            let is_hidden = last.is_some_and(|it| {
                it.source == id && it.start() <= span.start() && span.end() <= it.end()
            });
            if !is_hidden {
                found.insert(texts[it.pattern().as_usize()]);
            }
        }
    }
    Some(found)
}
