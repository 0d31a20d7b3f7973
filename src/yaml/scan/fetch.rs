//! Finds out which token begins at the cursor.

use super::{MAX_DEPTH, Scanner, SimpleKey};
use crate::yaml::cursor::Mark;
use crate::yaml::token::{Attempt, Failure, Kind, Stage, Token};

impl<'t> Scanner<'t> {
    /// Reads one more token into the queue.
    pub(super) fn fetch(&mut self) -> Attempt<()> {
        let outcome = if self.ended {
            let mark = self.input.mark();
            self.push(Kind::StreamEnd, mark, mark);
            Ok(())
        } else {
            self.fetch_token()
        };
        // The library has looked at the next characters to tell what the token is.
        match self.unreadable {
            Some((limit, at)) if self.input.at + 3 >= limit => Err(Box::new(Failure {
                stage: Stage::Reader,
                problem: "control characters are not allowed",
                context: None,
                at: Mark { at: at as u32, ..Mark::default() },
            })),
            _ => outcome,
        }
    }

    fn fetch_token(&mut self) -> Attempt<()> {
        let before = self.input.mark();
        self.skip_to_token();
        let column = self.input.column();
        self.close_blocks(column as i64, before);
        if self.input.is_at_end() {
            return self.fetch_stream_end();
        }
        if column == 0 && self.input.byte() == b'%' {
            self.leave_document()?;
            return self.fetch_directive();
        }
        if self.input.is_document_indicator() {
            let kind =
                if self.input.byte() == b'-' { Kind::DocumentStart } else { Kind::DocumentEnd };
            self.leave_document()?;
            self.push_indicator(kind, 3);
            return Ok(());
        }
        self.fetch_content()?;
        // What follows a dash belongs to the item, and so does a comment.
        if !self.queue.back().is_some_and(|it| matches!(it.kind, Kind::BlockEntry)) {
            self.skip_line_comment();
        }
        Ok(())
    }

    fn fetch_content(&mut self) -> Attempt<()> {
        let flow = self.in_flow();
        let alone = self.input.is_blank_or_end(1);
        match self.input.byte() {
            b'[' => self.open_bracket(Kind::FlowListStart),
            b'{' => self.open_bracket(Kind::FlowMapStart),
            b']' => self.close_bracket(Kind::FlowListEnd),
            b'}' => self.close_bracket(Kind::FlowMapEnd),
            b',' => {
                self.drop_key()?;
                self.key_allowed = true;
                self.push_indicator(Kind::FlowEntry, 1);
                Ok(())
            }
            b'-' if alone => self.fetch_block_entry(),
            b'?' if flow || alone => self.fetch_key(),
            b':' if flow || alone => self.fetch_value(),
            b'*' | b'&' => self.fetch_anchor(),
            b'!' => self.fetch_tag(),
            b'|' | b'>' if !flow => self.fetch_block_scalar(),
            b'\'' | b'"' => self.fetch_quoted(),
            b'\t' | b'#' | b'%' | b'@' | b'`' | b'|' | b'>' => {
                self.fail("found character that cannot start any token", None)
            }
            _ => self.fetch_plain(),
        }
    }

    fn fetch_stream_end(&mut self) -> Attempt<()> {
        self.input.force_new_line();
        self.leave_document()?;
        let mark = self.input.mark();
        self.push(Kind::StreamEnd, mark, mark);
        self.ended = true;
        Ok(())
    }

    fn leave_document(&mut self) -> Attempt<()> {
        let mark = self.input.mark();
        self.close_blocks(-1, mark);
        self.drop_key()?;
        self.key_allowed = false;
        Ok(())
    }

    fn push_indicator(&mut self, kind: Kind<'t>, width: usize) {
        let start = self.input.mark();
        self.input.advance(width);
        self.push(kind, start, self.input.mark());
    }

    fn open_bracket(&mut self, kind: Kind<'t>) -> Attempt<()> {
        self.save_key()?;
        let mark = self.input.mark();
        let token = self.taken + self.queue.len();
        self.keys.push(SimpleKey { token, mark, ..SimpleKey::default() });
        if self.keys.len() > MAX_DEPTH + 1 {
            return self.fail("exceeded max depth of 10000", Some(mark));
        }
        self.key_allowed = true;
        self.push_indicator(kind, 1);
        Ok(())
    }

    fn close_bracket(&mut self, kind: Kind<'t>) -> Attempt<()> {
        self.drop_key()?;
        if self.in_flow() {
            // Where nothing inside could be a key this is the token of the bracket itself.
            if let Some(key) = self.keys.pop() {
                self.release(key.token);
            }
        }
        self.key_allowed = false;
        self.push_indicator(kind, 1);
        Ok(())
    }

    fn fetch_block_entry(&mut self) -> Attempt<()> {
        // Inside brackets the parser refuses it and can name the bracket.
        if !self.in_flow() {
            if !self.key_allowed {
                let problem = "block sequence entries are not allowed in this context";
                return self.fail(problem, None);
            }
            self.open_block(self.input.mark(), None, Kind::BlockListStart)?;
        }
        self.drop_key()?;
        self.key_allowed = true;
        self.push_indicator(Kind::BlockEntry, 1);
        Ok(())
    }

    fn fetch_key(&mut self) -> Attempt<()> {
        if !self.in_flow() {
            if !self.key_allowed {
                let problem = "mapping keys are not allowed in this context";
                return self.fail(problem, None);
            }
            self.open_block(self.input.mark(), None, Kind::BlockMapStart)?;
        }
        self.drop_key()?;
        self.key_allowed = !self.in_flow();
        self.push_indicator(Kind::Key, 1);
        Ok(())
    }

    fn fetch_value(&mut self) -> Attempt<()> {
        let level = self.keys.len() - 1;
        if self.key_is_valid(level)? {
            let SimpleKey { token, mark, .. } = self.keys[level];
            self.insert(Some(token), Token { kind: Kind::Key, start: mark, end: mark });
            self.open_block(mark, Some(token), Kind::BlockMapStart)?;
            self.keys[level].possible = false;
            self.release(token);
            self.key_allowed = false;
        } else {
            if !self.in_flow() {
                if !self.key_allowed {
                    let problem = "mapping values are not allowed in this context";
                    return self.fail(problem, None);
                }
                self.open_block(self.input.mark(), None, Kind::BlockMapStart)?;
            }
            self.key_allowed = !self.in_flow();
        }
        self.push_indicator(Kind::Value, 1);
        Ok(())
    }
}
