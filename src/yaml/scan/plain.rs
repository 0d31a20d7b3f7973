//! Scalars without quotes.

use std::borrow::Cow;

use super::Scanner;
use crate::yaml::cursor::Mark;
use crate::yaml::token::{Attempt, Kind, Scalar, Style};

impl Scanner<'_> {
    pub(super) fn fetch_plain(&mut self) -> Attempt<()> {
        self.save_key()?;
        self.key_allowed = false;
        let start = self.input.mark();
        let mut end = start;
        let mut folded: Option<String> = None;
        let mut breaks = Breaks::default();
        let least = self.indent + 1;
        loop {
            if self.input.is_document_indicator() || self.input.byte() == b'#' {
                break;
            }
            let word = self.input.at;
            self.skip_plain_word();
            if self.input.at > word {
                if breaks.is_empty() {
                    if let Some(text) = &mut folded {
                        text.push_str(self.input.since(end.at as usize));
                    }
                } else {
                    let first = || self.input.slice(start.at as usize, end.at as usize).to_owned();
                    let text = folded.get_or_insert_with(first);
                    breaks.fold_into(text);
                    text.push_str(self.input.since(word));
                }
                end = self.input.mark();
            }
            if !self.skip_plain_gap(start, least, &mut breaks)? {
                break;
            }
            if !self.in_flow() && (self.input.column() as i64) < least {
                break;
            }
        }
        if !breaks.is_empty() {
            self.key_allowed = true;
        }
        let scalar = match folded {
            Some(text) => Scalar { text: Cow::Owned(text), style: Style::Plain, verbatim: None },
            None => Scalar {
                text: Cow::Borrowed(self.input.slice(start.at as usize, end.at as usize)),
                style: Style::Plain,
                verbatim: Some(start.at),
            },
        };
        self.push(Kind::Scalar(scalar), start, end);
        Ok(())
    }

    /// Goes over characters up to a blank, a line break or what ends the scalar.
    fn skip_plain_word(&mut self) {
        let flow = self.in_flow();
        let rest = self.input.rest();
        let mut width = 0;
        while let Some(&byte) = rest.get(width) {
            let stop = match byte {
                b' ' | b'\t' | b'\n' | b'\r' => true,
                b':' => self.input.is_blank_or_end(width + 1),
                b',' | b'?' | b'[' | b']' | b'{' | b'}' => flow,
                0xC2 | 0xE2 => self.input.break_width(width) > 0,
                _ => false,
            };
            if stop {
                break;
            }
            width += 1;
        }
        self.input.advance(width);
    }

    /// Goes over blanks and line breaks. False if there were none.
    fn skip_plain_gap(&mut self, start: Mark, least: i64, breaks: &mut Breaks) -> Attempt<bool> {
        let before = self.input.at;
        loop {
            if self.input.byte() == b' ' {
                self.input.advance(1);
            } else if self.input.byte() == b'\t' {
                if !breaks.is_empty() && (self.input.column() as i64) < least {
                    let problem = "found a tab character that violates indentation";
                    return self.fail(problem, Some(start));
                }
                self.input.advance(1);
            } else if self.input.is_break() {
                breaks.push(self.input.skip_break());
            } else {
                return Ok(self.input.at > before);
            }
        }
    }
}

/// The line breaks between two words.
#[derive(Debug, Default)]
pub(super) struct Breaks {
    first: &'static str,
    rest: String,
    /// An escaped line break counts, but means nothing.
    escaped: bool,
}

impl Breaks {
    pub(super) fn escaped() -> Self {
        Self { escaped: true, ..Self::default() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.first.is_empty() && !self.escaped
    }

    pub(super) fn push(&mut self, line_break: &'static str) {
        if self.is_empty() {
            self.first = line_break;
        } else {
            self.rest.push_str(line_break);
        }
    }

    /// A single break becomes a space, of several the first is dropped; separators all stay.
    pub(super) fn fold_into(&mut self, text: &mut String) {
        if self.first == "\n" {
            if self.rest.is_empty() {
                text.push(' ');
            }
        } else {
            text.push_str(self.first);
        }
        text.push_str(&self.rest);
        *self = Self::default();
    }
}
