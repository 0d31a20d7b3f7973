//! Walks over a text and counts lines and columns as libyaml does.

/// A point in the text. Lines and columns count from zero; `index` and `column` count characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// The byte offset.
    pub(super) at: u32,
    pub(super) index: u32,
    pub(super) line: u32,
    pub(super) column: u32,
}

/// The place of reading. Past the end every byte reads as zero.
#[derive(Debug)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    bytes: &'t [u8],
    /// The byte offset.
    pub(super) at: usize,
    /// How many bytes before `at` do not begin a character.
    inner: usize,
    pub(super) line: usize,
    /// The index of the character that begins the line.
    line_index: usize,
}

/// The mark that some editors put at the beginning of a file.
const BYTE_ORDER_MARK: &str = "\u{feff}";

impl<'t> Cursor<'t> {
    /// A cursor over the text up to the byte `limit`.
    pub(super) fn new(text: &'t str, limit: usize) -> Self {
        let text = text.get(..limit).unwrap_or(text);
        let skipped = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        Self { text, bytes: text.as_bytes(), at: skipped, inner: skipped, line: 0, line_index: 0 }
    }

    pub(super) fn mark(&self) -> Mark {
        let index = self.at - self.inner;
        Mark {
            at: self.at as u32,
            index: index as u32,
            line: self.line as u32,
            column: (index - self.line_index) as u32,
        }
    }

    pub(super) fn column(&self) -> usize {
        self.at - self.inner - self.line_index
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    pub(super) fn byte(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    pub(super) fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    /// The text from a byte offset up to the cursor.
    pub(super) fn since(&self, start: usize) -> &'t str {
        self.slice(start, self.at)
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// What is still to be read.
    pub(super) fn rest(&self) -> &'t [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Goes over bytes that hold no line break.
    pub(super) fn advance(&mut self, bytes: usize) {
        let end = (self.at + bytes).min(self.bytes.len());
        let passed = &self.bytes[self.at..end];
        if !passed.is_ascii() {
            self.inner += passed.iter().filter(|&&byte| byte & 0xC0 == 0x80).count();
        }
        self.at = end;
    }

    /// The bytes of the line break at an offset from the cursor; 0 where there is none.
    pub(super) fn break_width(&self, ahead: usize) -> usize {
        break_width(self.bytes, self.at + ahead)
    }

    pub(super) fn is_break(&self) -> bool {
        self.break_width(0) > 0
    }

    /// Goes over a line break and says what it counts as: separators stay what they are.
    pub(super) fn skip_break(&mut self) -> &'static str {
        let width = self.break_width(0);
        if width == 0 {
            return "";
        }
        let last = self.peek(width - 1);
        let characters = if self.byte() < 0x80 { width } else { 1 };
        self.inner += width - characters;
        self.at += width;
        self.line += 1;
        self.line_index = self.at - self.inner;
        match (width, last) {
            (3, 0xA8) => "\u{2028}",
            (3, _) => "\u{2029}",
            _ => "\n",
        }
    }

    /// The end of the text counts as the end of a line.
    pub(super) fn force_new_line(&mut self) {
        if self.column() > 0 {
            self.line += 1;
            self.line_index = self.at - self.inner;
        }
    }

    pub(super) fn is_blank(&self, ahead: usize) -> bool {
        is_blank(self.peek(ahead))
    }

    /// Whether a blank, a line break or the end stands at an offset from the cursor.
    pub(super) fn is_blank_or_end(&self, ahead: usize) -> bool {
        is_blank(self.peek(ahead)) || self.is_line_end(ahead)
    }

    /// Whether a line break or the end stands at an offset from the cursor.
    pub(super) fn is_line_end(&self, ahead: usize) -> bool {
        self.at + ahead >= self.bytes.len() || self.break_width(ahead) > 0
    }

    pub(super) fn skip_blanks(&mut self) {
        while is_blank(self.byte()) {
            self.at += 1;
        }
    }

    /// Goes to the line's end, which is not passed.
    pub(super) fn skip_line_rest(&mut self) {
        let rest = self.rest();
        let mut width = 0;
        while width < rest.len() {
            let byte = rest[width];
            if matches!(byte, b'\n' | b'\r' | 0xC2 | 0xE2) && self.break_width(width) > 0 {
                break;
            }
            width += 1;
        }
        self.advance(width);
    }

    /// Whether `---` or `...` stands alone at the beginning of this line.
    pub(super) fn is_document_indicator(&self) -> bool {
        matches!(self.byte(), b'-' | b'.')
            && self.column() == 0
            && (self.rest().starts_with(b"---") || self.rest().starts_with(b"..."))
            && self.is_blank_or_end(3)
    }
}

/// The bytes of the line break at an offset; 0 where there is none.
pub(super) fn break_width(bytes: &[u8], at: usize) -> usize {
    let byte = |ahead: usize| bytes.get(at + ahead).copied().unwrap_or(0);
    match byte(0) {
        b'\n' => 1,
        b'\r' => 1 + usize::from(byte(1) == b'\n'),
        0xC2 if byte(1) == 0x85 => 2,
        0xE2 if byte(1) == 0x80 && matches!(byte(2), 0xA8 | 0xA9) => 3,
        _ => 0,
    }
}

pub(super) fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

/// Letters, digits, `_` and `-`: what names of anchors, tag handles and directives consist of.
pub(super) fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// Whether a character begins here that YAML does not allow.
fn is_forbidden(bytes: &[u8], at: usize) -> bool {
    let byte = |ahead: usize| bytes.get(at + ahead).copied().unwrap_or(0);
    match byte(0) {
        b'\t' | b'\n' | b'\r' => false,
        0..=0x1F | 0x7F => true,
        0xC2 => matches!(byte(1), 0x80..=0x9F) && byte(1) != 0x85,
        0xEF => byte(1) == 0xBF && matches!(byte(2), 0xBE | 0xBF),
        _ => false,
    }
}

/// Where the library begins to read the block in which the first forbidden character stands, and
/// where that character stands. It decodes 512 bytes at a time and refuses the whole block.
pub(super) fn first_unreadable(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    // Blocks of bytes without anything suspicious are passed quickly.
    let suspicious = |byte: u8| matches!(byte, 0..=9 | 11..=0x1F | 0x7F | 0xC2 | 0xEF);
    let at = bytes.chunks(64).enumerate().find_map(|(number, chunk)| {
        if !chunk.iter().fold(false, |found, &byte| found | suspicious(byte)) {
            return None;
        }
        let start = number * 64;
        (start..start + chunk.len()).find(|&at| is_forbidden(bytes, at))
    })?;
    let mut block = 0;
    loop {
        let mut next = (block + 512).min(text.len());
        while !text.is_char_boundary(next) {
            next -= 1;
        }
        if next > at {
            return Some((block, at));
        }
        block = next;
    }
}
