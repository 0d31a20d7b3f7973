//! Texts in double quotes, the way Go prints them.

use std::fmt::Write;
use std::sync::LazyLock;

use regex::Regex;

// Docker's Go knows the characters of Unicode 15.0.
static PRINTABLE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[[\p{L}\p{M}\p{N}\p{P}\p{S}]&&\p{age:15.0}]$").ok());
static LETTER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[\p{L}&&\p{age:15.0}]$").ok());

/// The text as Go's `%q` and `strconv.Quote` show it: control and invisible characters escaped,
/// all else as it is.
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            ' '..='~' => out.push(c),
            '\x07' => out.push_str("\\a"),
            '\x08' => out.push_str("\\b"),
            '\x0c' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\x0b' => out.push_str("\\v"),
            '\0'..='\x7f' => escape(&mut out, "x", c, 2),
            _ if is_printable(c) => out.push(c),
            '\u{80}'..='\u{ffff}' => escape(&mut out, "u", c, 4),
            _ => escape(&mut out, "U", c, 8),
        }
    }
    out.push('"');
    out
}

fn escape(out: &mut String, letter: &str, c: char, digits: usize) {
    // Writing to a string cannot fail.
    let _ = write!(out, "\\{letter}{:0digits$x}", u32::from(c));
}

/// Whether Go counts the character as visible: letters, marks, numbers, punctuation, symbols.
fn is_printable(c: char) -> bool {
    matches(PRINTABLE.as_ref(), c)
}

/// Whether Go counts the character as a letter.
pub(crate) fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || !c.is_ascii() && matches(LETTER.as_ref(), c)
}

fn matches(class: Option<&Regex>, c: char) -> bool {
    class.is_some_and(|it| it.is_match(c.encode_utf8(&mut [0; 4])))
}

/// The lower-case form Go gives a character: always one character.
pub(crate) fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// The lower-case form Go gives a text, character by character.
pub(crate) fn lower_text(text: &str) -> String {
    text.chars().map(lower).collect()
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn visible_characters_stand_as_they_are_and_others_are_escaped() {
        for (text, quoted) in [
            ("", r#""""#),
            ("a b", r#""a b""#),
            (r#"$"FOO"\"#, r#""$\"FOO\"\\""#),
            ("$É世 ", r#""$É世 ""#),
            ("l1\nl2\r\t\x07\x08\x0b\x0c", r#""l1\nl2\r\t\a\b\v\f""#),
            ("\0\x1b\x7f", r#""\x00\x1b\x7f""#),
            ("\u{a0}\u{200b}\u{feff}\u{85}", r#""\u00a0\u200b\ufeff\u0085""#),
            ("\u{2ffc}\u{13c2d}", "\"\\u2ffc\\U00013c2d\""),
            ("\u{1f600}\u{e0001}\u{10ffff}", "\"\u{1f600}\\U000e0001\\U0010ffff\""),
        ] {
            assert_eq!(quote(text), quoted);
        }
    }
}
