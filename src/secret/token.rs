//! Tokens that their shape gives away: one search for all keywords, then the few shapes whose
//! keyword stands there.

use crate::secret::checksum;
use crate::secret::found::{Findings, Found};
use crate::secret::leak::{Confidence, Gravity, LeakKind};
use crate::secret::prefilter::Prefilter;
use crate::secret::written::{UNKNOWN, Written};
use regex::bytes::{Regex, RegexBuilder};
use std::ops::Range;
use std::sync::OnceLock;

/// No private key has more bytes.
const LONGEST_KEY: usize = 1 << 14;

/// One row of the table.
#[derive(Debug)]
pub(super) struct Shape {
    pub provider: &'static str,
    pub kind: &'static str,
    /// `None`: made to be shown.
    gravity: Option<Gravity>,
    confidence: Confidence,
    checksum: &'static str,
    /// The fewest bytes that it can have.
    least: usize,
    /// Between bars.
    keywords: &'static str,
    /// Parts of names, between bars; the shape is then that of the whole value.
    names: &'static str,
    pub pattern: &'static str,
    /// Whether a match may hold blanks.
    has_blanks: bool,
    regex: OnceLock<Option<Regex>>,
}

impl Shape {
    fn read(line: &'static str) -> Option<Self> {
        let mut columns = line.split('\t');
        let mut next = || columns.next();
        let mut shape = Self {
            provider: next()?,
            kind: next()?,
            gravity: match next()? {
                "error" => Some(Gravity::Major),
                "warning" => Some(Gravity::Minor),
                _ => None,
            },
            confidence: match next()? {
                "high" => Confidence::High,
                "medium" => Confidence::Medium,
                _ => Confidence::Low,
            },
            checksum: next()?,
            least: next()?.parse().ok()?,
            keywords: next()?,
            names: next()?,
            pattern: next()?,
            has_blanks: false,
            regex: OnceLock::new(),
        };
        shape.has_blanks = shape.pattern.contains("\\s") || shape.pattern.contains(' ');
        Some(shape)
    }

    /// Texts of which one stands in each match.
    pub(super) fn keywords(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.keywords.split('|').filter(|it| !it.is_empty())
    }

    /// Texts of which one stands in the name, in lower case.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.names.split('|').filter(|it| !it.is_empty())
    }

    /// The compiled shape. Its first group, where it has one, is the token.
    pub(super) fn regex(&self) -> Option<&Regex> {
        let compile = || RegexBuilder::new(self.pattern).unicode(false).build().ok();
        self.regex.get_or_init(compile).as_ref()
    }

    /// Whether a keyword that stands at `at` can belong to a match: one that begins the token must
    /// begin a word.
    fn may_begin(&self, text: &str, at: usize) -> bool {
        let before = text.as_bytes()[..at].last();
        if !before.is_some_and(u8::is_ascii_alphanumeric) {
            return true;
        }
        let border = self.pattern.strip_prefix("\\b");
        let border = border.or_else(|| Some(self.pattern.split_once("])(")?.1));
        let Some(token) = border else { return true };
        let token = token.trim_start_matches('(').replace('\\', "");
        !self.keywords().any(|it| token.starts_with(it) && text[at..].starts_with(it))
    }
}

/// All shapes and the search for their keywords.
#[derive(Debug)]
pub(super) struct Table {
    pub shapes: Vec<Shape>,
    prefilter: Prefilter,
    /// Those that are expected under certain names.
    named: Vec<usize>,
}

/// The table, read once; the shapes are compiled when they are needed.
pub(super) fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let lines = include_str!("tokens.tsv").lines().filter(|it| !it.starts_with('#'));
        let shapes: Vec<Shape> = lines.filter_map(Shape::read).collect();
        let keywords = |(at, it): (usize, &Shape)| it.keywords().map(move |word| (word, at));
        let prefilter = Prefilter::new(shapes.iter().enumerate().flat_map(keywords));
        let is_named = |it: &usize| !shapes[*it].names.is_empty();
        let named = (0..shapes.len()).filter(is_named).collect();
        Table { shapes, prefilter, named }
    })
}

impl Table {
    /// The shapes whose keyword stands in the text, in the order of the table.
    pub(super) fn candidates(&self, text: &str) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        self.prefilter.each(text, |at, owner| {
            let shape = &self.shapes[owner];
            if text.len() < shape.least || found.contains(&owner) {
                return;
            }
            let fits = shape.has_blanks || is_long(text, at, shape.least);
            if fits && shape.may_begin(text, at) {
                found.push(owner);
            }
        });
        found.sort_unstable();
        found
    }
}

/// Whether the word around `at` has at least so many bytes.
fn is_long(text: &str, at: usize, least: usize) -> bool {
    let bytes = text.as_bytes();
    let solid = |byte: &&u8| !byte.is_ascii_whitespace();
    let after = bytes[at..].iter().take(least).take_while(solid).count();
    let missing = least - after;
    missing == 0 || bytes[..at].iter().rev().take(missing).take_while(solid).count() == missing
}

/// Finds tokens anywhere in the text.
pub(super) fn find(written: &Written, found: &mut Findings) {
    let text: &str = &written.text;
    let table = table();
    for at in table.candidates(text) {
        let shape = &table.shapes[at];
        let Some(regex) = shape.regex() else { continue };
        for captures in regex.captures_iter(text.as_bytes()) {
            let Some(it) = captures.get(1).or_else(|| captures.get(0)) else { continue };
            if let Some(token) = text.get(it.range()) {
                report(shape, token, it.range(), None, written, found);
            }
        }
    }
}

/// Finds hashes in a text as it is written.
pub(super) fn find_hashes(raw: &str, found: &mut Findings) {
    let written = Written::verbatim(raw);
    let table = table();
    for at in table.candidates(raw) {
        let shape = &table.shapes[at];
        let Some(regex) = shape.regex().filter(|_| shape.provider == "hash") else { continue };
        for it in regex.find_iter(raw.as_bytes()) {
            if let Some(token) = raw.get(it.range()) {
                report(shape, token, it.range(), None, &written, found);
            }
        }
    }
}

/// Finds values that have the shape their name lets expect.
pub(super) fn find_named(
    name: &str,
    range: &Range<usize>,
    written: &Written,
    found: &mut Findings,
) {
    let Some(value) = written.text.get(range.clone()) else { return };
    let table = table();
    let named = table.named.iter().map(|it| &table.shapes[*it]);
    let mut lower = None;
    for shape in named.filter(|it| value.len() >= it.least) {
        let lower = lower.get_or_insert_with(|| name.to_ascii_lowercase().replace(['.', '-'], "_"));
        if !shape.names().any(|it| lower.contains(it)) {
            continue;
        }
        if shape.regex().is_some_and(|it| it.is_match(value.as_bytes())) {
            report(shape, value, range.clone(), Some(name), written, found);
        }
    }
}

fn report(
    shape: &Shape,
    token: &str,
    range: Range<usize>,
    name: Option<&str>,
    written: &Written,
    found: &mut Findings,
) {
    let Some(gravity) = shape.gravity else { return found.allow(written, &range) };
    if token.contains(UNKNOWN) {
        return;
    }
    let confidence = match checksum::agrees(shape.checksum, token) {
        // Formats change: a sum that does not agree only makes it less sure.
        Some(false) => shape.confidence.lowered(),
        _ => shape.confidence,
    };
    let (provider, kind) = (shape.provider, shape.kind);
    let is_key = kind.starts_with("private-key-pem") || kind == "putty-key";
    let range = if kind == "private-key-pem" { to_end_of_key(&written.text, range) } else { range };
    let kind = match provider {
        "hash" => LeakKind::Hash { scheme: kind },
        "generic" if is_key => LeakKind::PrivateKey,
        _ => LeakKind::Token { provider, kind },
    };
    let name = name.map(ToOwned::to_owned);
    found.add(written, Found { range, kind, name, gravity, confidence });
}

/// A key's first line and all up to its last.
fn to_end_of_key(text: &str, range: Range<usize>) -> Range<usize> {
    let limit = text.len().min(range.end + LONGEST_KEY);
    let limit = (range.end..=limit).rev().find(|it| text.is_char_boundary(*it));
    let rest = &text[range.end..limit.unwrap_or(range.end)];
    let last = rest.find("-----END").map(|at| {
        let line = &rest[at + 8..];
        at + 8 + line.find("-----").map_or(0, |it| it + 5)
    });
    range.start..last.map_or(range.end, |it| range.end + it)
}
