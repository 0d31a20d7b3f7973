//! Anchors, aliases, tags and directives.

use std::borrow::Cow;

use super::Scanner;
use crate::yaml::cursor::{Mark, is_name};
use crate::yaml::token::{Attempt, Kind};

impl<'t> Scanner<'t> {
    pub(super) fn fetch_anchor(&mut self) -> Attempt<()> {
        self.save_key()?;
        self.key_allowed = false;
        let start = self.input.mark();
        let alias = self.input.byte() == b'*';
        self.input.advance(1);
        let name = self.read_name();
        let ends = self.input.is_blank_or_end(0)
            || matches!(self.input.byte(), b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`');
        if name.is_empty() || !ends {
            let problem = "did not find expected alphabetic or numeric character";
            return self.fail(problem, Some(start));
        }
        let kind = if alias { Kind::Alias(name) } else { Kind::Anchor(name) };
        self.push(kind, start, self.input.mark());
        Ok(())
    }

    fn read_name(&mut self) -> &'t str {
        let start = self.input.at;
        while is_name(self.input.byte()) {
            self.input.advance(1);
        }
        self.input.since(start)
    }

    pub(super) fn fetch_tag(&mut self) -> Attempt<()> {
        self.save_key()?;
        self.key_allowed = false;
        let start = self.input.mark();
        let (handle, suffix) = if self.input.peek(1) == b'<' {
            self.input.advance(2);
            let suffix = self.read_uri("", start)?;
            if self.input.byte() != b'>' {
                return self.fail("did not find the expected '>'", Some(start));
            }
            self.input.advance(1);
            ("", suffix)
        } else {
            let handle = self.read_tag_handle(false, start)?;
            if handle.len() > 1 && handle.ends_with('!') {
                (handle, self.read_uri("", start)?)
            } else {
                let suffix = self.read_uri(handle, start)?;
                // A lone `!` is a whole tag.
                if suffix.is_empty() { ("", Cow::Borrowed("!")) } else { ("!", suffix) }
            }
        };
        if !self.input.is_blank_or_end(0) {
            return self.fail("did not find expected whitespace or line break", Some(start));
        }
        self.push(Kind::Tag(handle, suffix), start, self.input.mark());
        Ok(())
    }

    /// Reads `!`, `!name` or `!name!`.
    fn read_tag_handle(&mut self, directive: bool, start: Mark) -> Attempt<&'t str> {
        let begin = self.input.at;
        if self.input.byte() != b'!' {
            return self.fail("did not find expected '!'", Some(start));
        }
        self.input.advance(1);
        self.read_name();
        if self.input.byte() == b'!' {
            self.input.advance(1);
        } else if directive && self.input.at > begin + 1 {
            return self.fail("did not find expected '!'", Some(start));
        }
        Ok(self.input.since(begin))
    }

    /// Reads a tag's characters behind what was already read as a handle.
    fn read_uri(&mut self, head: &'t str, start: Mark) -> Attempt<Cow<'t, str>> {
        let begin = self.input.at;
        let mut escaped: Option<Vec<u8>> = None;
        while is_uri(self.input.byte()) {
            if self.input.byte() == b'%' {
                let mut bytes = escaped.unwrap_or_else(|| self.input.since(begin).into());
                self.read_uri_character(&mut bytes, start)?;
                escaped = Some(bytes);
            } else {
                if let Some(bytes) = &mut escaped {
                    bytes.push(self.input.byte());
                }
                self.input.advance(1);
            }
        }
        if head.is_empty() && self.input.at == begin {
            return self.fail("did not find expected tag URI", Some(start));
        }
        let head = head.get(1..).unwrap_or_default();
        Ok(match escaped {
            Some(bytes) => Cow::Owned(format!("{head}{}", String::from_utf8_lossy(&bytes))),
            None => Cow::Borrowed(self.input.since(begin - head.len())),
        })
    }

    /// Reads the `%` escapes of one character.
    fn read_uri_character(&mut self, bytes: &mut Vec<u8>, start: Mark) -> Attempt<()> {
        let mut left = 0;
        loop {
            let digit = |ahead| char::from(self.input.peek(ahead)).to_digit(16);
            let (b'%', Some(high), Some(low)) = (self.input.byte(), digit(1), digit(2)) else {
                return self.fail("did not find URI escaped octet", Some(start));
            };
            let octet = (high << 4 | low) as u8;
            if left == 0 {
                left = match octet {
                    0..0x80 => 1,
                    0xC0..0xE0 => 2,
                    0xE0..0xF0 => 3,
                    0xF0..0xF8 => 4,
                    _ => {
                        let problem = "found an incorrect leading UTF-8 octet";
                        return self.fail(problem, Some(start));
                    }
                };
            } else if octet & 0xC0 != 0x80 {
                let problem = "found an incorrect trailing UTF-8 octet";
                return self.fail(problem, Some(start));
            }
            bytes.push(octet);
            self.input.advance(3);
            left -= 1;
            if left == 0 {
                return Ok(());
            }
        }
    }

    pub(super) fn fetch_directive(&mut self) -> Attempt<()> {
        let start = self.input.mark();
        self.input.advance(1);
        let name = self.read_name();
        if name.is_empty() {
            return self.fail("could not find expected directive name", Some(start));
        }
        if !self.input.is_blank_or_end(0) {
            return self.fail("found unexpected non-alphabetical character", Some(start));
        }
        let kind = match name {
            "YAML" => self.read_version(start)?,
            "TAG" => self.read_tag_directive(start)?,
            _ => return self.fail("found unknown directive name", Some(start)),
        };
        let end = self.input.mark();
        self.input.skip_blanks();
        if self.input.byte() == b'#' {
            self.skip_comment();
        }
        if !self.input.is_line_end(0) {
            return self.fail("did not find expected comment or line break", Some(start));
        }
        self.input.skip_break();
        self.push(kind, start, end);
        Ok(())
    }

    fn read_version(&mut self, start: Mark) -> Attempt<Kind<'t>> {
        self.input.skip_blanks();
        let major = self.read_version_number(start)?;
        if self.input.byte() != b'.' {
            let problem = "did not find expected digit or '.' character";
            return self.fail(problem, Some(start));
        }
        self.input.advance(1);
        Ok(Kind::Version(major, self.read_version_number(start)?))
    }

    fn read_version_number(&mut self, start: Mark) -> Attempt<u8> {
        let begin = self.input.at;
        let mut number = 0;
        while self.input.byte().is_ascii_digit() {
            if self.input.at - begin == 2 {
                return self.fail("found extremely long version number", Some(start));
            }
            number = number * 10 + (self.input.byte() - b'0');
            self.input.advance(1);
        }
        if self.input.at == begin {
            return self.fail("did not find expected version number", Some(start));
        }
        Ok(number)
    }

    fn read_tag_directive(&mut self, start: Mark) -> Attempt<Kind<'t>> {
        self.input.skip_blanks();
        let handle = self.read_tag_handle(true, start)?;
        if !self.input.is_blank(0) {
            return self.fail("did not find expected whitespace", Some(start));
        }
        self.input.skip_blanks();
        let prefix = self.read_uri("", start)?;
        if !self.input.is_blank_or_end(0) {
            return self.fail("did not find expected whitespace or line break", Some(start));
        }
        Ok(Kind::TagDirective(handle, prefix))
    }
}

/// The characters of a tag.
fn is_uri(byte: u8) -> bool {
    is_name(byte) || b";/?:@&=+$,.!~*'()[]%".contains(&byte)
}
