//! Scalars behind `|` and `>`.

use std::borrow::Cow;

use super::Scanner;
use crate::yaml::cursor::Mark;
use crate::yaml::token::{Attempt, Kind, Scalar, Style};

/// What becomes of the line breaks at the end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chomping {
    Strip,
    Clip,
    Keep,
}

impl Scanner<'_> {
    pub(super) fn fetch_block_scalar(&mut self) -> Attempt<()> {
        self.drop_key()?;
        self.key_allowed = true;
        let start = self.input.mark();
        let style = if self.input.byte() == b'|' { Style::Literal } else { Style::Folded };
        self.input.advance(1);
        let (chomping, indent) = self.read_block_header(start)?;
        let mut end = self.input.mark();
        self.input.skip_blanks();
        if self.input.byte() == b'#' {
            self.skip_comment();
        }
        if !self.input.is_line_end(0) {
            return self.fail("did not find expected comment or line break", Some(start));
        }
        self.input.skip_break();
        let mut indent = match indent {
            0 => 0,
            more if self.indent >= 0 => self.indent as usize + more,
            more => more,
        };

        let mut text = String::new();
        let mut pending = "";
        let mut blank_lines = String::new();
        self.skip_block_breaks(&mut indent, &mut blank_lines, start)?;
        let content = self.input.at;
        let mut was_blank = false;
        while self.input.column() == indent && !self.input.is_at_end() {
            let blank = self.input.is_blank(0);
            if style == Style::Folded && !was_blank && !blank && pending == "\n" {
                if blank_lines.is_empty() {
                    text.push(' ');
                }
            } else {
                text.push_str(pending);
            }
            text.push_str(&blank_lines);
            blank_lines.clear();
            was_blank = blank;
            let line = self.input.at;
            self.input.skip_line_rest();
            text.push_str(self.input.since(line));
            end = self.input.mark();
            pending = self.input.skip_break();
            self.skip_block_breaks(&mut indent, &mut blank_lines, start)?;
        }
        if chomping != Chomping::Strip {
            text.push_str(pending);
        }
        if chomping == Chomping::Keep {
            text.push_str(&blank_lines);
        }
        let verbatim = self.input.since(content).starts_with(&text).then_some(content as u32);
        let scalar = Scalar { text: Cow::Owned(text), style, verbatim };
        self.push(Kind::Scalar(scalar), start, end);
        Ok(())
    }

    /// Reads the signs behind the `|`; an indentation of 0 is to be found out.
    fn read_block_header(&mut self, start: Mark) -> Attempt<(Chomping, usize)> {
        let mut chomping = None;
        let mut indent = 0;
        loop {
            match self.input.byte() {
                b'+' if chomping.is_none() => chomping = Some(Chomping::Keep),
                b'-' if chomping.is_none() => chomping = Some(Chomping::Strip),
                b'0' if indent == 0 => {
                    let problem = "found an indentation indicator equal to 0";
                    return self.fail(problem, Some(start));
                }
                digit @ b'1'..=b'9' if indent == 0 => indent = usize::from(digit - b'0'),
                _ => return Ok((chomping.unwrap_or(Chomping::Clip), indent)),
            }
            self.input.advance(1);
        }
    }

    /// Goes over indentation and empty lines, and finds the indentation out where it is unknown.
    fn skip_block_breaks(
        &mut self,
        indent: &mut usize,
        breaks: &mut String,
        start: Mark,
    ) -> Attempt<()> {
        let mut deepest = 0;
        loop {
            while (*indent == 0 || self.input.column() < *indent) && self.input.byte() == b' ' {
                self.input.advance(1);
            }
            let column = self.input.column();
            deepest = deepest.max(column);
            if (*indent == 0 || column < *indent) && self.input.byte() == b'\t' {
                let problem = "found a tab character where an indentation space is expected";
                return self.fail(problem, Some(start));
            }
            if !self.input.is_break() {
                break;
            }
            breaks.push_str(self.input.skip_break());
        }
        if *indent == 0 {
            *indent = deepest.max((self.indent + 1) as usize).max(1);
        }
        Ok(())
    }
}
