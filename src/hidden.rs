//! What no output may show: the secrets of a stack, and what may be one. More than what is found in
//! it, as a mistake in a text may hide what it is.

use std::collections::BTreeSet;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::secret;
use crate::source::{SourceId, Sources, Span};
use crate::stack::exposure::{self, Section};
use crate::stack::model::Environment;
use crate::stack::{Kind, Stack};

/// Texts that are to be starred out.
#[derive(Clone, Debug, Default)]
pub struct Hidden {
    /// Where the texts of the stack hold them: sorted, none over another.
    pub spans: Vec<Span>,
    /// Those that variables hold, whether the texts hold them or not.
    pub values: Vec<String>,
}

/// Shorter texts may stand in two places by chance, in bytes.
const SHORTEST: usize = 8;

/// Longer texts are not looked for elsewhere, in bytes.
const LONGEST: usize = 256;

/// So many texts are looked for elsewhere.
const MOST: usize = 10_000;

/// Looks for what to hide. [`Stack::exposures`] must have been found.
pub fn hidden(sources: &Sources, stack: &Stack, environment: &Environment) -> Hidden {
    let mut spans: Vec<Span> = stack.exposures.iter().map(|it| it.span).collect();
    let unread = stack.problems.iter().any(|it| matches!(it.kind, Kind::Interpolation { .. }));
    let mut add = |source: SourceId, ranges: Vec<Range<usize>>| {
        spans.extend(ranges.into_iter().map(|it| Span::new(source, it.start, it.end)));
    };
    for file in &stack.files {
        let text = &sources.get(file.source).text;
        let leaks = exposure::in_file(file.source, text, Section::Config);
        add(file.source, leaks.iter().map(|it| it.span.range()).collect());
        add(file.source, secret::suspects(text));
        // Without a variable the text was read as it is written.
        if text.contains('$') {
            add(file.source, secret::shapes(text));
        }
        if unread || !file.document.errors.is_empty() {
            add(file.source, secret::in_commands(text));
        }
    }
    for &file in &stack.env_files {
        add(file, secret::suspects(&sources.get(file).text));
    }
    let values = values(environment);
    spans.extend(elsewhere(sources, &spans, &values));
    Hidden { spans: joined(spans), values }
}

/// The values of variables, or parts of them, that are credentials.
fn values(environment: &Environment) -> Vec<String> {
    let values = environment.iter().flat_map(|(name, value)| {
        let ranges = secret::in_variable(name, value);
        ranges.into_iter().map(|it| value[it].to_owned())
    });
    values.collect()
}

/// Where else the same texts stand, as far as they cannot stand there by chance.
fn elsewhere(sources: &Sources, spans: &[Span], values: &[String]) -> Vec<Span> {
    let texts = spans.iter().filter_map(|it| sources.get(it.source).text.get(it.range()));
    let texts = texts.chain(values.iter().map(String::as_str));
    let odd = |it: &&str| (SHORTEST..=LONGEST).contains(&it.len()) && is_odd(it);
    let texts: BTreeSet<&str> = texts.filter(odd).take(MOST).collect();
    if texts.is_empty() {
        return Vec::new();
    }
    let mut builder = AhoCorasick::builder();
    let Ok(finder) = builder.match_kind(MatchKind::LeftmostLongest).build(&texts) else {
        return Vec::new();
    };
    let found = sources.all().flat_map(|(id, source)| {
        finder.find_iter(&source.text).map(move |it| Span::new(id, it.start(), it.end()))
    });
    found.collect()
}

/// Whether nobody would name something so: a word with small and large letters and digits.
pub fn is_odd(text: &str) -> bool {
    let has = |class: fn(&u8) -> bool| text.as_bytes().iter().any(class);
    has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_digit)
        && !text.contains(char::is_whitespace)
}

/// Sorted, and what touches made one.
fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    spans.dedup_by(|next, last| {
        let overlap = next.source == last.source && next.start() <= last.end();
        if overlap {
            *last = Span::new(last.source, last.start(), last.end().max(next.end()));
        }
        overlap
    });
    spans
}
