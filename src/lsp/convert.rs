//! Between the protocol's terms and ours: places in texts and names of files. The only place that
//! counts UTF-16.

use std::fmt::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};

use gen_lsp_types::{Position, Range as LspRange, Uri};

/// How a client counts the characters of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    /// What every client speaks.
    #[default]
    Utf16,
    Utf32,
}

impl Encoding {
    /// The one to use of those that a client offers: the cheapest.
    pub(super) fn of<'a>(mut offered: impl Iterator<Item = &'a str> + Clone) -> Self {
        if offered.clone().any(|it| it == "utf-8") {
            Self::Utf8
        } else if offered.clone().any(|it| it == "utf-16") || !offered.any(|it| it == "utf-32") {
            Self::Utf16
        } else {
            Self::Utf32
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf32 => "utf-32",
        }
    }

    fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// Where the lines of a text begin. A line ends with `\n`, `\r\n` or `\r`, as the protocol says.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    starts: Vec<usize>,
    encoding: Encoding,
}

impl Lines {
    pub(super) fn of(text: &str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let ends = |at: &usize| match bytes[*at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let starts = (0..bytes.len()).filter(ends).map(|at| at + 1);
        Self { starts: std::iter::once(0).chain(starts).collect(), encoding }
    }

    /// The bytes of a line, its line break left out.
    pub(super) fn line(&self, text: &str, line: usize) -> Range<usize> {
        let Some(&start) = self.starts.get(line) else { return text.len()..text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(text.len());
        let content = text.get(start..end).unwrap_or_default();
        start..start + content.trim_end_matches(['\n', '\r']).len()
    }

    /// The line with a byte.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// The byte at a position; the line's end where the line is shorter, the character's start
    /// where it points into one.
    pub(super) fn offset(&self, text: &str, position: Position) -> usize {
        let line = position.line as usize;
        if line >= self.starts.len() {
            return text.len();
        }
        let range = self.line(text, line);
        let wanted = position.character as usize;
        let mut column = 0;
        for (at, c) in text[range.clone()].char_indices() {
            column += self.encoding.width(c);
            if column > wanted {
                return range.start + at;
            }
        }
        range.end
    }

    pub(super) fn position(&self, text: &str, offset: usize) -> Position {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_of(offset);
        let start = self.starts.get(line).copied().unwrap_or_default();
        let before = text.get(start..offset).unwrap_or_default();
        let character = match self.encoding {
            Encoding::Utf8 => before.len(),
            encoding if before.is_ascii() => {
                debug_assert_eq!(encoding.width('a'), 1);
                before.len()
            }
            encoding => before.chars().map(|it| encoding.width(it)).sum(),
        };
        Position::new(line as u32, character as u32)
    }

    pub(super) fn range(&self, text: &str, range: Range<usize>) -> LspRange {
        LspRange::new(self.position(text, range.start), self.position(text, range.end))
    }

    /// The bytes of a range, whichever end comes first.
    pub(super) fn bytes(&self, text: &str, range: LspRange) -> Range<usize> {
        let (one, other) = (self.offset(text, range.start), self.offset(text, range.end));
        one.min(other)..one.max(other)
    }
}

/// The path of a file, and the name itself of anything else, such as `untitled:Untitled-1`.
pub(super) fn path_of(uri: &Uri) -> PathBuf {
    let Some(rest) = uri.0.strip_prefix("file:") else { return PathBuf::from(&uri.0) };
    let rest = match rest.strip_prefix("//") {
        // A host's name, as in `file://localhost/…`, says nothing here.
        Some(rest) => rest.find('/').map_or("/", |at| &rest[at..]),
        None => rest,
    };
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let path = decoded(rest);
    let drive = cfg!(windows) && path.as_bytes().get(2) == Some(&b':');
    clean(Path::new(if drive { &path[1..] } else { &path }))
}

/// The URI of a path.
pub(super) fn uri_of(path: &Path) -> Uri {
    let path = path.to_string_lossy();
    if !Path::new(&*path).is_absolute() {
        return Uri(path.into_owned());
    }
    let mut text = String::from("file://");
    let path = if cfg!(windows) { format!("/{}", path.replace('\\', "/")) } else { path.into() };
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    Uri(text)
}

fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut found = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = text.get(at + 1..at + 3).and_then(|it| u8::from_str_radix(it, 16).ok());
        match (bytes[at], code) {
            (b'%', Some(code)) => {
                found.push(code);
                at += 3;
            }
            (byte, _) => {
                found.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&found).into_owned()
}

/// The path without `.` and, as far as that can be told from its text, without `..`.
pub(super) fn clean(path: &Path) -> PathBuf {
    let mut found = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir if found.file_name().is_some() => {
                found.pop();
            }
            part => found.push(part),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use gen_lsp_types::{Position, Uri};

    use super::{Encoding, Lines, path_of, uri_of};

    const TEXT: &str = "a: ä😀b\r\nc\rd\n";

    #[test]
    fn places_are_counted_as_the_client_counts() {
        for (encoding, column) in [(Encoding::Utf8, 9), (Encoding::Utf16, 6), (Encoding::Utf32, 5)]
        {
            let lines = Lines::of(TEXT, encoding);
            let at = TEXT.find('b').unwrap_or_default();
            assert_eq!(lines.position(TEXT, at), Position::new(0, column), "{encoding:?}");
            assert_eq!(lines.offset(TEXT, Position::new(0, column)), at, "{encoding:?}");
            for (offset, _) in TEXT.char_indices().filter(|it| !"\r\n".contains(it.1)) {
                assert_eq!(lines.offset(TEXT, lines.position(TEXT, offset)), offset);
            }
        }
    }

    #[test]
    fn positions_beyond_the_text_are_its_ends() {
        let lines = Lines::of(TEXT, Encoding::Utf16);
        assert_eq!(lines.line(TEXT, 3), 16..16);
        assert_eq!(lines.offset(TEXT, Position::new(0, 99)), 10);
        assert_eq!(lines.offset(TEXT, Position::new(9, 0)), TEXT.len());
        // Between the halves of a surrogate pair.
        assert_eq!(lines.offset(TEXT, Position::new(0, 5)), 5);
    }

    #[test]
    fn utf_8_is_used_where_it_is_offered() {
        let of = |offered: &[&str]| Encoding::of(offered.iter().copied()).name();
        assert_eq!(of(&[]), "utf-16");
        assert_eq!(of(&["utf-16", "utf-8"]), "utf-8");
        assert_eq!(of(&["utf-32", "utf-16"]), "utf-16");
        assert_eq!(of(&["utf-32"]), "utf-32");
    }

    #[test]
    fn uris_are_paths_in_other_letters() {
        let path = |uri: &str| path_of(&Uri(uri.to_owned()));
        assert_eq!(path("file:///a%20b/%C3%A4.yml"), Path::new("/a b/ä.yml"));
        assert_eq!(path("file://localhost/a/./b/../c"), Path::new("/a/c"));
        assert_eq!(path("untitled:Untitled-1"), Path::new("untitled:Untitled-1"));
        assert_eq!(path("file:///a%zz%"), Path::new("/a%zz%"));
        assert_eq!(uri_of(Path::new("/a b/ä.yml")).0, "file:///a%20b/%C3%A4.yml");
    }
}
