//! A text as Docker will read it: `$$` undone, defaults put in, unknown values marked; and the way
//! back from its bytes to the bytes that were written.

use std::borrow::Cow;
use std::ops::Range;

/// Stands where the value of a variable will stand.
pub(super) const UNKNOWN: char = '\u{fffc}';

/// Expressions with more bytes than this are left as they are written.
const LONGEST: usize = 2048;

/// Deeper defaults than this are left as they are written.
const NESTING: usize = 4;

/// A text without its dollar signs.
#[derive(Debug)]
pub(super) struct Written<'a> {
    pub text: Cow<'a, str>,
    /// None where the whole text was written byte for byte.
    pieces: Vec<Piece>,
}

/// A run of `text` and where it was written.
#[derive(Clone, Copy, Debug, Default)]
struct Piece {
    /// Where the run begins in the text.
    at: usize,
    /// Where it was written.
    raw: usize,
    /// How many bytes stand for one place: zero where the run was written byte for byte.
    stands_for: usize,
    in_default: bool,
}

/// What stands behind a dollar sign.
enum Reference<'a> {
    Escape,
    /// `end` is where the text goes on; a default is a part of the text and where it begins.
    Variable {
        end: usize,
        default: Option<(usize, &'a str)>,
    },
    None,
}

impl<'a> Written<'a> {
    /// Reads a text with the interpolation of stack files.
    pub(super) fn interpolated(raw: &'a str) -> Self {
        Self::read(raw, true)
    }

    /// Reads a text in which only `${…}` is taken for a variable.
    pub(super) fn plain(raw: &'a str) -> Self {
        Self::read(raw, false)
    }

    /// A text that stands for itself.
    pub(super) fn verbatim(raw: &'a str) -> Self {
        Self { text: Cow::Borrowed(raw), pieces: Vec::new() }
    }

    fn read(raw: &'a str, interpolated: bool) -> Self {
        if !raw.contains('$') {
            return Self::verbatim(raw);
        }
        let mut it = Builder { text: String::new(), pieces: Vec::new(), interpolated };
        it.add(raw, 0, 0);
        Self { text: Cow::Owned(it.text), pieces: it.pieces }
    }

    fn piece(&self, at: usize) -> Piece {
        let next = self.pieces.partition_point(|it| it.at <= at);
        self.pieces.get(next.saturating_sub(1)).copied().unwrap_or_default()
    }

    fn raw(&self, at: usize) -> usize {
        let piece = self.piece(at);
        if piece.stands_for > 0 { piece.raw } else { piece.raw + (at - piece.at) }
    }

    /// The bytes that were written for a range of the text.
    pub(super) fn range(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.raw(range.start);
        if range.is_empty() {
            return start..start;
        }
        let last = range.end - 1;
        let piece = self.piece(last);
        let end =
            if piece.stands_for > 0 { piece.raw + piece.stands_for } else { self.raw(last) + 1 };
        start..end.max(start)
    }

    /// Whether a range begins in the default of a variable.
    pub(super) fn in_default(&self, range: &Range<usize>) -> bool {
        self.piece(range.start).in_default
    }
}

struct Builder {
    text: String,
    pieces: Vec<Piece>,
    interpolated: bool,
}

impl Builder {
    fn add(&mut self, text: &str, base: usize, depth: usize) {
        let mut from = 0;
        while let Some(dollar) = text[from..].find('$').map(|at| from + at) {
            self.literal(&text[from..dollar], base + from, depth);
            from = match reference(&text[dollar..], self.interpolated) {
                Reference::Escape => {
                    // The second dollar sign is the one that stays.
                    self.literal(&text[dollar + 1..dollar + 2], base + dollar + 1, depth);
                    dollar + 2
                }
                Reference::Variable { end, default } => {
                    match default {
                        Some((at, default)) if depth < NESTING => {
                            self.add(default, base + dollar + at, depth + 1);
                        }
                        _ => self.unknown(base + dollar, end, depth),
                    }
                    dollar + end
                }
                Reference::None => {
                    self.literal("$", base + dollar, depth);
                    dollar + 1
                }
            };
        }
        self.literal(&text[from..], base + from, depth);
    }

    fn literal(&mut self, text: &str, raw: usize, depth: usize) {
        if !text.is_empty() {
            let at = self.text.len();
            self.pieces.push(Piece { at, raw, stands_for: 0, in_default: depth > 0 });
            self.text.push_str(text);
        }
    }

    fn unknown(&mut self, raw: usize, length: usize, depth: usize) {
        let at = self.text.len();
        self.pieces.push(Piece { at, raw, stands_for: length, in_default: depth > 0 });
        self.text.push(UNKNOWN);
    }
}

/// What a text that begins with a dollar sign begins with.
fn reference(text: &str, interpolated: bool) -> Reference<'_> {
    let bytes = text.as_bytes();
    match bytes.get(1) {
        Some(b'$') if interpolated => Reference::Escape,
        Some(b'{') => {
            let name = name_length(&bytes[2..]);
            let goes_on = bytes.get(2 + name).is_some_and(|it| b"}:-?+".contains(it));
            if name == 0 || !goes_on {
                return Reference::None;
            }
            let Some(close) = closing_brace(bytes) else { return Reference::None };
            let default = default_of(text, 2 + name, close);
            Reference::Variable { end: close + 1, default }
        }
        Some(_) if interpolated => {
            let name = name_length(&bytes[1..]);
            if name == 0 {
                return Reference::None;
            }
            // Without braces an operator works as well, up to the next brace.
            let end = text.find('}').unwrap_or(text.len());
            match default_of(text, 1 + name, end) {
                Some(default) => Reference::Variable { end, default: Some(default) },
                None => Reference::Variable { end: 1 + name, default: None },
            }
        }
        _ => Reference::None,
    }
}

/// The default of an expression whose name ends at `from`. A message after `?` is none, even one
/// with a dash, which Docker takes for a default: it is no credential.
fn default_of(text: &str, from: usize, end: usize) -> Option<(usize, &str)> {
    let rest = text.get(from..end)?;
    let operator = if rest.starts_with(":-") { 2 } else { usize::from(rest.starts_with('-')) };
    (operator > 0).then(|| (from + operator, &rest[operator..]))
}

fn name_length(bytes: &[u8]) -> usize {
    match bytes.first() {
        Some(first) if first.is_ascii_alphabetic() || *first == b'_' => {
            bytes.iter().take_while(|it| it.is_ascii_alphanumeric() || **it == b'_').count()
        }
        _ => 0,
    }
}

/// Where the brace that opens at the second byte closes. Docker stops at the first closing brace;
/// whoever wrote an inner variable meant the last.
fn closing_brace(bytes: &[u8]) -> Option<usize> {
    let mut open = 0_usize;
    for (at, byte) in bytes.iter().enumerate().skip(1).take(LONGEST) {
        match byte {
            b'{' => open += 1,
            b'}' => {
                open -= 1;
                if open == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{UNKNOWN, Written};

    #[test]
    fn dollar_signs_are_read_as_docker_reads_them() {
        for (raw, text) in [
            ("plain", "plain".to_owned()),
            ("a$$b", "a$b".to_owned()),
            ("${A}", UNKNOWN.to_string()),
            ("$A:$B", format!("{UNKNOWN}:{UNKNOWN}")),
            ("${A:-x}y", "xy".to_owned()),
            ("${A-x}", "x".to_owned()),
            ("$A-x y", "x y".to_owned()),
            ("${A:?set a-b}", UNKNOWN.to_string()),
            ("${A:-${B:-x}}", "x".to_owned()),
            ("${A:-}", String::new()),
            ("$(cat x) $1", "$(cat x) $1".to_owned()),
            ("${", "${".to_owned()),
        ] {
            assert_eq!(Written::interpolated(raw).text, text, "{raw}");
        }
        assert_eq!(Written::plain("$A$$${B}").text, format!("$A$${UNKNOWN}"));
    }

    #[test]
    fn ranges_lead_back_to_what_was_written() {
        for (raw, part, written, in_default) in [
            ("plain", "lai", "lai", false),
            ("u:$$2y$$x", "$2y$x", "$2y$$x", false),
            ("u:${P:-word}@h", "word", "word", true),
            ("u:${P:-word}@h", "u:word@h", "u:${P:-word}@h", false),
            ("a${B}c", "a\u{fffc}c", "a${B}c", false),
            ("a${B}", "\u{fffc}", "${B}", false),
        ] {
            let it = Written::interpolated(raw);
            let at = it.text.find(part).expect(part);
            let range = at..at + part.len();
            assert_eq!(&raw[it.range(&range)], written, "{raw}");
            assert_eq!(it.in_default(&range), in_default, "{raw}");
        }
    }
}
