//! What stands between tokens: blanks, line breaks and comments.

use super::{CommentPlace, Scanner};
use crate::yaml::cursor::{break_width, is_blank};

/// How far the library looks ahead for another comment.
const LOOK_AHEAD: usize = 512;

impl Scanner<'_> {
    /// Goes to the next token. Tabs do not count as indentation.
    pub(super) fn skip_to_token(&mut self) {
        loop {
            let tabs = self.in_flow() || !self.key_allowed;
            while self.input.byte() == b' ' || tabs && self.input.byte() == b'\t' {
                self.input.advance(1);
            }
            if self.input.byte() == b'#' {
                self.skip_comments();
            }
            if !self.input.is_break() {
                break;
            }
            self.input.skip_break();
            if !self.in_flow() {
                self.key_allowed = true;
            }
        }
    }

    /// A comment takes the comments along that follow within reach, even behind tabs.
    fn skip_comments(&mut self) {
        self.skip_comment();
        loop {
            let rest = self.input.rest();
            let ahead = (0..rest.len().min(LOOK_AHEAD))
                .find(|&at| !is_blank(rest[at]) && break_width(rest, at) == 0);
            let Some(ahead) = ahead.filter(|&at| rest[at] == b'#') else { break };
            let target = self.input.at + ahead;
            while self.input.at < target {
                self.input.skip_blanks();
                self.input.skip_break();
            }
            self.skip_comment();
        }
    }

    /// A comment behind a token on its line, even behind tabs.
    pub(super) fn skip_line_comment(&mut self) {
        let rest = self.input.rest();
        let blanks = rest.iter().take(LOOK_AHEAD).take_while(|&&byte| is_blank(byte)).count();
        if blanks < LOOK_AHEAD && rest.get(blanks) == Some(&b'#') && !self.is_at_line_start() {
            self.input.advance(blanks);
            self.skip_comment();
        }
    }

    fn is_at_line_start(&self) -> bool {
        let before = self.input.since(0).trim_end_matches([' ', '\t']);
        before.is_empty() || before.ends_with(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'])
    }

    pub(super) fn skip_comment(&mut self) {
        let start = self.input.at as u32;
        self.input.skip_line_rest();
        self.comments.push(CommentPlace { start, end: self.input.at as u32 });
    }
}
