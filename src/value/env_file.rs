//! The files that `env_file` names.

use std::ops::Range;

use crate::value::Refusal;

/// Docker reads lines of less than 64 KiB.
const LONGEST_LINE: usize = 1 << 16;
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// One variable of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    pub name: String,
    /// The raw text after the first `=`, quotes and all. Without `=` the value comes from the
    /// environment, and where it has none the variable is left out.
    pub value: Option<String>,
    /// From 1.
    pub line: usize,
    /// The bytes of the file from the name to the end of the value.
    pub range: Range<usize>,
}

/// Why a file is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// What Docker says, without the file's name, and the bytes of the file.
    pub refusal: Refusal,
    /// From 1.
    pub line: usize,
}

impl BadLine {
    /// Docker's whole message for a file at a path.
    pub fn message(&self, path: &str) -> String {
        format!("invalid env file ({path}): {}", self.refusal.message)
    }
}

/// The variables of a file in order, duplicates included: the last one counts.
pub fn parse(file: &[u8]) -> Result<Vec<Variable>, BadLine> {
    let mut variables = Vec::new();
    let mut start = 0;
    for (index, whole) in file.split(|it| *it == b'\n').enumerate() {
        let line = index + 1;
        let found = read_line(whole, start, line);
        variables.extend(found.map_err(|refusal| BadLine { refusal, line })?);
        start += whole.len() + 1;
    }
    Ok(variables)
}

fn read_line(whole: &[u8], start: usize, line: usize) -> Result<Option<Variable>, Refusal> {
    if whole.len() >= LONGEST_LINE {
        return Err(Refusal::new("bufio.Scanner: token too long", start..start + whole.len()));
    }
    let bytes = whole.strip_suffix(b"\r").unwrap_or(whole);
    let end = start + bytes.len();
    let Ok(text) = std::str::from_utf8(bytes) else {
        let message = format!("invalid utf8 bytes at line {line}: {}", numbers(bytes));
        return Err(Refusal::new(message, start..end));
    };
    let text = if line == 1 { text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text) } else { text };
    let text = text.trim_start();
    let start = end - text.len();
    if text.is_empty() || text.starts_with('#') {
        return Ok(None);
    }
    let (name, value) = match text.split_once('=') {
        Some((name, value)) => (name, Some(value.to_owned())),
        None => (text, None),
    };
    if name.is_empty() {
        return Err(Refusal::new(format!("no variable name on line '{text}'"), start..end));
    }
    if name.contains([' ', '\t']) {
        let message = format!("variable '{name}' contains whitespaces");
        return Err(Refusal::new(message, start..start + name.len()));
    }
    Ok(Some(Variable { name: name.to_owned(), value, line, range: start..end }))
}

/// Bytes as Go prints them: `[65 61 255]`.
fn numbers(bytes: &[u8]) -> String {
    let numbers: Vec<String> = bytes.iter().map(ToString::to_string).collect();
    format!("[{}]", numbers.join(" "))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn lines_become_variables_with_raw_values() {
        for (file, expected) in [
            ("A=b\nB=c d\n", &[("A", Some("b")), ("B", Some("c d"))][..]),
            ("A=\"b\"\nB='c'", &[("A", Some("\"b\"")), ("B", Some("'c'"))]),
            ("   A=b  \n\tB=c\t\r\n", &[("A", Some("b  ")), ("B", Some("c\t"))]),
            ("A\nB=", &[("A", None), ("B", Some(""))]),
            ("A=a\\nb", &[("A", Some("a\\nb"))]),
            ("A=\"one\ntwo\"", &[("A", Some("\"one")), ("two\"", None)]),
            ("\u{feff}A=b", &[("A", Some("b"))]),
            ("\u{feff}# x\n\n  # y\nA=b", &[("A", Some("b"))]),
            ("A=1\n\u{feff}B=2", &[("A", Some("1")), ("\u{feff}B", Some("2"))]),
            ("A=b\0c", &[("A", Some("b\0c"))]),
            ("A=b=c== # d", &[("A", Some("b=c== # d"))]),
            ("a.b=1\n1A=3\nÄ=4", &[("a.b", Some("1")), ("1A", Some("3")), ("Ä", Some("4"))]),
            ("A\u{a0}B=c", &[("A\u{a0}B", Some("c"))]),
            ("\u{a0}A=b", &[("A", Some("b"))]),
            ("", &[]),
        ] {
            let found = parse(file.as_bytes()).expect(file);
            let pairs: Vec<_> =
                found.iter().map(|it| (it.name.as_str(), it.value.as_deref())).collect();
            assert_eq!(pairs, expected);
        }
    }

    #[test]
    fn variables_know_their_line_and_bytes() {
        let found = parse("# é\r\n  A=b\r\nB".as_bytes()).expect("a file");
        let places: Vec<_> = found.iter().map(|it| (it.line, it.range.clone())).collect();
        assert_eq!(places, [(2, 8..11), (3, 13..14)]);
    }

    #[test]
    fn bad_lines_are_refused_in_the_words_of_docker() {
        for (file, message, line, range) in [
            (&b"export A=b"[..], "variable 'export A' contains whitespaces", 1, 0..8),
            (b"A=1\nB C=2", "variable 'B C' contains whitespaces", 2, 4..7),
            (b"A: b", "variable 'A: b' contains whitespaces", 1, 0..4),
            (b" =b", "no variable name on line '=b'", 1, 1..3),
            (b"A=\xff\r\n", "invalid utf8 bytes at line 1: [65 61 255]", 1, 0..3),
        ] {
            let error = parse(file).expect_err(message);
            assert_eq!(error.message("@/e.env"), format!("invalid env file (@/e.env): {message}"));
            assert_eq!((error.line, error.refusal.range), (line, range));
        }
    }

    #[test]
    fn a_line_has_less_than_64_kib() {
        let fits = format!("A={}\n", "x".repeat((1 << 16) - 3));
        assert_eq!(parse(fits.as_bytes()).map(|it| it.len()), Ok(1));
        let long = format!("A={}", "x".repeat((1 << 16) - 2));
        let message = parse(long.as_bytes()).map_err(|it| it.refusal.message);
        assert_eq!(message, Err("bufio.Scanner: token too long".to_owned()));
    }
}
