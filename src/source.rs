//! Texts, places in them, and values that remember their place.

use std::io;
use std::num::NonZeroU32;
use std::ops::{Deref, Range};
use std::path::Path;

/// Names one text in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
// Counted from one, which leaves room for `None` beside it: a tree holds many places that may be
// absent.
pub struct SourceId(NonZeroU32);

impl SourceId {
    fn new(index: usize) -> Self {
        Self(NonZeroU32::MIN.saturating_add(offset(index)))
    }

    fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

impl Default for SourceId {
    /// The first text.
    fn default() -> Self {
        Self(NonZeroU32::MIN)
    }
}

/// A half-open byte range in one text. Texts of 4 GiB and more are read by nobody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub source: SourceId,
    start: u32,
    end: u32,
}

/// A byte offset as it is stored.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl Span {
    pub fn new(source: SourceId, start: usize, end: usize) -> Self {
        Self { source, start: offset(start), end: offset(end) }
    }

    pub fn start(self) -> usize {
        self.start as usize
    }

    pub fn end(self) -> usize {
        self.end as usize
    }

    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The bytes `from..to`, counted from this span's start and kept inside it.
    pub fn part(self, from: usize, to: usize) -> Self {
        let start = (self.start() + from).min(self.end());
        let end = (self.start() + to).max(start).min(self.end());
        Self::new(self.source, start, end)
    }
}

/// How a value relates to the bytes of its span.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Written {
    /// The text stands there byte for byte, from this byte offset of the source on.
    Verbatim(u32),
    /// Escapes, folding or a block's indentation stand between the text and the value.
    #[default]
    Encoded,
    /// Variables were put in. `unset` says that one of them had neither value nor default.
    Interpolated { unset: bool },
}

impl Written {
    /// The text stands byte for byte from `at` on.
    pub fn verbatim(at: usize) -> Self {
        Self::Verbatim(offset(at))
    }
}

/// Where a value was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The value's characters, quotes included.
    pub span: Span,
    /// The alias or merge key that pulled the value in from elsewhere.
    pub via: Option<Span>,
    pub written: Written,
}

impl Place {
    pub fn at(span: Span) -> Self {
        Self { span, via: None, written: Written::Encoded }
    }

    /// The place of the bytes `from..to` of the value's text: exact where the text stands
    /// verbatim, else the whole value.
    pub fn part(self, from: usize, to: usize) -> Span {
        match self.written {
            Written::Verbatim(at) => {
                let at = at as usize;
                let end = self.span.end().max(at);
                let start = (at + from).min(end);
                Span::new(self.span.source, start, (at + to).clamp(start, end))
            }
            _ => self.span,
        }
    }

    /// The place of a piece of the value's text.
    pub fn inner(self, range: &Range<usize>) -> Self {
        let span = self.part(range.start, range.end);
        let written = match self.written {
            Written::Verbatim(at) => Written::verbatim(at as usize + range.start),
            other => other,
        };
        Self { span, written, ..self }
    }

    /// Whether variables had a part in the value.
    pub fn is_interpolated(self) -> bool {
        matches!(self.written, Written::Interpolated { .. })
    }

    /// Whether the value lacks a variable that was not set, so that it says nothing.
    pub fn is_unset(self) -> bool {
        matches!(self.written, Written::Interpolated { unset: true })
    }
}

/// A value and the place it was written.
#[derive(Clone, Debug, Default)]
pub struct Spanned<T> {
    pub value: T,
    pub place: Place,
}

impl<T> Spanned<T> {
    pub fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }

    pub fn span(&self) -> Span {
        self.place.span
    }

    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: f(self.value), place: self.place }
    }
}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// An entry of a mapping with free keys, such as one service of `services`.
#[derive(Clone, Debug, Default)]
pub struct Named<T> {
    pub name: Spanned<String>,
    pub value: T,
}

impl<T> Deref for Named<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Zero-based position, as editors count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// How an audience counts columns.
#[derive(Clone, Copy, Debug)]
pub enum Columns {
    /// Characters, as people count.
    Chars,
    /// UTF-16 code units, as LSP counts by default.
    Utf16,
    /// Bytes of UTF-8.
    Utf8,
}

/// One text and the name it is known by.
#[derive(Clone, Debug, Default)]
pub struct Source {
    pub name: String,
    pub text: String,
    line_starts: Vec<u32>,
    is_ascii: bool,
}

impl Source {
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let breaks = memchr_lines(text.as_bytes()).map(|at| offset(at + 1));
        let line_starts = std::iter::once(0).chain(breaks).collect();
        let is_ascii = text.is_ascii();
        Self { name: name.into(), text, line_starts, is_ascii }
    }

    /// The position of a byte offset; offsets past the end give the end, offsets inside a
    /// character give its start.
    pub fn position(&self, offset: usize, columns: Columns) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_of(offset);
        let before = &self.text[self.line_starts[line] as usize..offset];
        let column = match columns {
            _ if self.is_ascii => before.len(),
            Columns::Chars => before.chars().count(),
            Columns::Utf16 => before.encode_utf16().count(),
            Columns::Utf8 => before.len(),
        };
        Position { line, column }
    }

    /// The bytes of a line counted from zero, its line break left out.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        let start = |line: usize| self.line_starts.get(line).map(|&start| start as usize);
        let end = start(line + 1).map_or(self.text.len(), |next| next - 1);
        let start = start(line).unwrap_or(self.text.len());
        let end = if self.text[start..end].ends_with('\r') { end - 1 } else { end };
        start..end
    }

    /// The line, counted from zero, that holds a byte offset.
    pub fn line_of(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        self.line_starts.partition_point(|&start| start as usize <= offset) - 1
    }

    pub fn lines(&self) -> usize {
        self.line_starts.len()
    }
}

fn memchr_lines(bytes: &[u8]) -> impl Iterator<Item = usize> {
    bytes.iter().enumerate().filter(|&(_, &byte)| byte == b'\n').map(|(at, _)| at)
}

/// All texts of one analysis.
#[derive(Clone, Debug, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        self.0.push(Source::new(name, text));
        SourceId::new(self.0.len() - 1)
    }

    /// Gives a text another content.
    pub fn replace(&mut self, id: SourceId, text: impl Into<String>) {
        if let Some(source) = self.0.get_mut(id.index()) {
            *source = Source::new(std::mem::take(&mut source.name), text);
        }
    }

    pub fn get(&self, id: SourceId) -> &Source {
        &self.0[id.index()]
    }

    pub fn all(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.0.iter().enumerate().map(|(at, source)| (SourceId::new(at), source))
    }
}

/// Where files beside a stack come from: the disk, open editors over the disk, or a map in tests.
pub trait Files {
    /// The whole file. Refuses what is not a regular file, and what is too large: see [`is_ours`].
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// Its size in bytes, symbolic links followed, nothing read.
    fn size(&self, path: &Path) -> io::Result<u64>;

    /// Whether a repository keeps it as it stands, for everyone who has the repository.
    fn is_tracked(&self, _path: &Path) -> bool {
        false
    }
}

/// The text of a file's bytes: UTF-8, or UTF-16 with its mark.
///
/// # Errors
///
/// The offset of the first byte that is no text.
pub fn decode(bytes: Vec<u8>) -> Result<String, usize> {
    let wide = |order: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|it| order([it[0], it[1]])).collect();
        let mut text = String::with_capacity(units.len());
        let mut at = 0;
        for unit in char::decode_utf16(units) {
            let Ok(c) = unit else { return Err(at) };
            text.push(c);
            at += 2 * c.len_utf16();
        }
        if bytes.len().is_multiple_of(2) { Ok(text) } else { Err(at) }
    };
    if bytes.starts_with(&[0xff, 0xfe]) {
        return wide(u16::from_le_bytes);
    }
    if bytes.starts_with(&[0xfe, 0xff]) {
        return wide(u16::from_be_bytes);
    }
    String::from_utf8(bytes).map_err(|error| error.utf8_error().valid_up_to())
}

/// Whether a file was refused by [`Files`] and not by the system: Docker would go on and read it.
pub fn is_ours(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::FileTooLarge)
}

/// An error's text as Go prints it.
pub fn go_error(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or directory".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "is a directory".to_owned(),
        io::ErrorKind::NotADirectory => "not a directory".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or_default().to_lowercase()
        }
    }
}

/// No files at all.
#[derive(Debug, Default)]
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &Path) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::NotFound.into())
    }

    fn size(&self, _: &Path) -> io::Result<u64> {
        Err(io::ErrorKind::NotFound.into())
    }
}
