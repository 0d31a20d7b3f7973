//! Characters that a terminal would obey, or that would turn a line around, are shown by number.

use std::borrow::Cow;
use std::fmt::Write;

/// The text in one line, with nothing in it that a terminal obeys.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if text.chars().all(|it| !is_dangerous(it)) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        push(&mut safe, c);
    }
    Cow::Owned(safe)
}

/// Appends a character, or its number where it is dangerous.
pub(super) fn push(text: &mut String, c: char) {
    if is_dangerous(c) {
        // Writing to a text cannot fail.
        let _ = write!(text, "\\u{{{:x}}}", u32::from(c));
    } else {
        text.push(c);
    }
}

/// Control characters, and those that change the direction of writing or cannot be seen.
fn is_dangerous(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || c == '\u{feff}'
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn a_terminal_gets_no_orders() {
        assert_eq!(escaped("a\u{1b}[2Jb"), "a\\u{1b}[2Jb");
        assert_eq!(escaped("a\u{202e}b\u{9b}c\rd"), "a\\u{202e}b\\u{9b}c\\u{d}d");
        assert_eq!(escaped("größe → 東京"), "größe → 東京");
    }
}
