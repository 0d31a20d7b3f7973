//! Scalars in single or double quotes.

use std::borrow::Cow;

use super::Scanner;
use super::plain::Breaks;
use crate::yaml::cursor::Mark;
use crate::yaml::token::{Attempt, Kind, Scalar, Style};

impl Scanner<'_> {
    pub(super) fn fetch_quoted(&mut self) -> Attempt<()> {
        self.save_key()?;
        self.key_allowed = false;
        let start = self.input.mark();
        let quote = self.input.byte();
        let style = if quote == b'"' { Style::DoubleQuoted } else { Style::SingleQuoted };
        self.input.advance(1);
        let inside = self.input.mark().at;
        let (text, verbatim) = match self.simple_quoted_width(quote) {
            Some(width) => {
                self.input.advance(width);
                (Cow::Borrowed(self.input.since(inside as usize)), Some(inside))
            }
            None => (Cow::Owned(self.read_quoted(quote, start)?), None),
        };
        self.input.advance(1);
        if self.input.line > start.line as usize {
            self.long_quote = Some((start.at, self.input.mark().at));
        }
        let scalar = Scalar { text, style, verbatim };
        self.push(Kind::Scalar(scalar), start, self.input.mark());
        Ok(())
    }

    /// The bytes up to the closing quote, where they stand for themselves.
    fn simple_quoted_width(&self, quote: u8) -> Option<usize> {
        let rest = self.input.rest();
        let width = rest.iter().enumerate().position(|(at, &byte)| match byte {
            b'\n' | b'\r' => true,
            b'\\' => quote == b'"',
            0xC2 | 0xE2 => self.input.break_width(at) > 0,
            _ => byte == quote,
        })?;
        let ends = rest[width] == quote && (quote == b'"' || rest.get(width + 1) != Some(&quote));
        ends.then_some(width)
    }

    fn read_quoted(&mut self, quote: u8, start: Mark) -> Attempt<String> {
        let mut text = String::new();
        loop {
            if self.input.is_document_indicator() {
                return self.fail("found unexpected document indicator", Some(start));
            }
            if self.input.is_at_end() {
                return self.fail("found unexpected end of stream", Some(start));
            }
            let mut breaks = self.read_quoted_word(quote, start, &mut text)?;
            if self.input.byte() == quote {
                return Ok(text);
            }
            let gap = self.input.at;
            loop {
                self.input.skip_blanks();
                if !self.input.is_break() {
                    break;
                }
                breaks.push(self.input.skip_break());
            }
            if breaks.is_empty() {
                text.push_str(self.input.since(gap));
            } else {
                breaks.fold_into(&mut text);
            }
        }
    }

    /// Reads up to a blank, a line break or the closing quote.
    fn read_quoted_word(&mut self, quote: u8, start: Mark, text: &mut String) -> Attempt<Breaks> {
        loop {
            let rest = self.input.rest();
            let mut width = 0;
            while let Some(&byte) = rest.get(width) {
                let stop = match byte {
                    b' ' | b'\t' | b'\n' | b'\r' => true,
                    0xC2 | 0xE2 => self.input.break_width(width) > 0,
                    b'\\' => quote == b'"',
                    _ => byte == quote,
                };
                if stop {
                    break;
                }
                width += 1;
            }
            let word = self.input.at;
            self.input.advance(width);
            text.push_str(self.input.since(word));
            match self.input.byte() {
                b'\'' if quote == b'\'' && self.input.peek(1) == b'\'' => {
                    text.push('\'');
                    self.input.advance(2);
                }
                b'\\' if quote == b'"' => {
                    if self.input.break_width(1) > 0 {
                        self.input.advance(1);
                        self.input.skip_break();
                        return Ok(Breaks::escaped());
                    }
                    text.push(self.read_escape(start)?);
                }
                _ => return Ok(Breaks::default()),
            }
        }
    }

    fn read_escape(&mut self, start: Mark) -> Attempt<char> {
        let digits = match self.input.peek(1) {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            other => {
                let Some(character) = escaped(other) else {
                    return self.fail("found unknown escape character", Some(start));
                };
                self.input.advance(2);
                return Ok(character);
            }
        };
        self.input.advance(2);
        let mut code: u32 = 0;
        for ahead in 0..digits {
            let Some(digit) = char::from(self.input.peek(ahead)).to_digit(16) else {
                return self.fail("did not find expected hexdecimal number", Some(start));
            };
            code = code << 4 | digit;
        }
        let Some(character) = char::from_u32(code) else {
            return self.fail("found invalid Unicode character escape code", Some(start));
        };
        self.input.advance(digits);
        Ok(character)
    }
}

/// What a character behind a backslash means. YAML 1.2's `\/` is not among them.
fn escaped(byte: u8) -> Option<char> {
    Some(match byte {
        b'0' => '\0',
        b'a' => '\u{7}',
        b'b' => '\u{8}',
        b't' | b'\t' => '\t',
        b'n' => '\n',
        b'v' => '\u{B}',
        b'f' => '\u{C}',
        b'r' => '\r',
        b'e' => '\u{1B}',
        b' ' | b'"' | b'\'' | b'\\' => char::from(byte),
        b'N' => '\u{85}',
        b'_' => '\u{A0}',
        b'L' => '\u{2028}',
        b'P' => '\u{2029}',
        _ => return None,
    })
}
