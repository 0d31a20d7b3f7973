//! Commands written as one text, split into words.

use std::iter::Peekable;
use std::str::CharIndices;

use crate::value::Refusal;

type Text<'a> = Peekable<CharIndices<'a>>;

/// The words of a command such as `sh -c "echo 'a b'"`, as google/shlex splits them.
///
/// Double quotes keep blanks and take a backslash before any character; single quotes are literal;
/// `#` at the beginning of a word comments out the rest of the line. Nothing is expanded.
pub fn split(text: &str) -> Result<Vec<String>, Refusal> {
    let mut words = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some(&(_, c)) = rest.peek() {
        match c {
            ' ' | '\t' | '\r' | '\n' => _ = rest.next(),
            '#' => while rest.next_if(|(_, c)| *c != '\n').is_some() {},
            _ => words.push(word(text, &mut rest)?),
        }
    }
    Ok(words)
}

fn word(text: &str, rest: &mut Text) -> Result<String, Refusal> {
    let mut word = String::new();
    while let Some((at, c)) = rest.next_if(|(_, c)| !matches!(c, ' ' | '\t' | '\r' | '\n')) {
        match c {
            '\\' => word.push(escaped(text, at, rest)?),
            '"' | '\'' => quoted(text, at, c, rest, &mut word)?,
            _ => word.push(c),
        }
    }
    Ok(word)
}

fn quoted(
    text: &str,
    start: usize,
    mark: char,
    rest: &mut Text,
    word: &mut String,
) -> Result<(), Refusal> {
    while let Some((at, c)) = rest.next() {
        match c {
            _ if c == mark => return Ok(()),
            '\\' if mark == '"' => word.push(escaped(text, at, rest)?),
            _ => word.push(c),
        }
    }
    Err(Refusal::new("EOF found when expecting closing quote", start..text.len()))
}

fn escaped(text: &str, start: usize, rest: &mut Text) -> Result<char, Refusal> {
    match rest.next() {
        Some((_, c)) => Ok(c),
        None => Err(Refusal::new("EOF found after escape character", start..text.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn commands_are_split_as_docker_splits_them() {
        for (text, words) in [
            ("", &[][..]),
            ("a b c", &["a", "b", "c"]),
            ("a 'b c' d", &["a", "b c", "d"]),
            (r"a 'b\'c' d'", &["a", r"b\c d"]),
            (r#"a "b\"c" d"#, &["a", "b\"c", "d"]),
            (r#"a "b\nc""#, &["a", "bnc"]),
            ("#a", &[]),
            ("a #b c", &["a"]),
            ("a #b\nc", &["a", "c"]),
            ("a#b", &["a#b"]),
            (r##"a "#b""##, &["a", "#b"]),
            ("a;b|c&d", &["a;b|c&d"]),
            ("a\tb\nc\r\nd", &["a", "b", "c", "d"]),
            ("a''b", &["ab"]),
            ("''", &[""]),
            (r#"a'b'"c"d"#, &["abcd"]),
            ("é ü", &["é", "ü"]),
            ("*.txt ~ $HOME", &["*.txt", "~", "$HOME"]),
            ("   a   ", &["a"]),
            ("a\\\nb", &["a\nb"]),
            (r#""a\\b""#, &[r"a\b"]),
            ("a\u{b}b\u{c}c\u{a0}d", &["a\u{b}b\u{c}c\u{a0}d"]),
            (r"\# a", &["#", "a"]),
        ] {
            assert_eq!(
                split(text).as_deref(),
                Ok(words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>().as_slice()),
                "{text}"
            );
        }
    }

    #[test]
    fn an_open_end_is_refused_where_it_was_opened() {
        for (text, message, range) in [
            ("a '", "EOF found when expecting closing quote", 2..3),
            ("a \"b c", "EOF found when expecting closing quote", 2..6),
            ("a \\", "EOF found after escape character", 2..3),
            ("a \"b\\", "EOF found after escape character", 4..5),
        ] {
            let error = split(text).expect_err(text);
            assert_eq!((error.message.as_str(), error.range), (message, range));
        }
    }
}
