//! The words of one `{{…}}`.

use crate::value::Part;

/// A piece of a placeholder that matters here.
pub(super) enum Token {
    /// A chain such as `.Node.Hostname`, of the data given to the template.
    Field(Part),
    /// A function or a keyword.
    Word(Part),
    /// A text, a number, a variable, a comment, a sign.
    Other,
}

/// The tokens from `start` on, and where the placeholder ends if it does.
pub(super) fn tokens(text: &str, start: usize) -> (Vec<Token>, Option<usize>) {
    let (mut found, mut at, mut chained) = (Vec::new(), start, false);
    loop {
        let rest = text.get(at..).unwrap_or_default();
        if rest.starts_with("}}") {
            return (found, Some(at + 2));
        }
        let Some(first) = rest.chars().next() else { return (found, None) };
        let length = match first {
            '"' | '\'' => quoted(rest, first),
            '`' => rest.get(1..).and_then(|it| it.find('`')).map(|it| it + 2),
            '/' if rest.starts_with("/*") => rest.find("*/").map(|it| it + 2),
            '.' => Some(1 + word(rest, 1, |c| c == '.' || is_word(c))),
            '$' => Some(1 + word(rest, 1, is_word)),
            _ if is_word(first) => Some(word(rest, 0, is_word)),
            _ => Some(first.len_utf8()),
        };
        let Some(length) = length else { return (found, None) };
        let part = Part::of(text, at..at + length);
        if !first.is_whitespace() && first != '-' {
            found.push(match first {
                '.' if length > 1 && !chained => Token::Field(part),
                _ if is_word(first) && !first.is_numeric() => Token::Word(part),
                _ => Token::Other,
            });
        }
        // A chain after a variable or a parenthesis is not of the template's data.
        chained = first == '$' || first == ')';
        at += length;
    }
}

/// The length of a quoted text with its quotes.
fn quoted(text: &str, mark: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == mark => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn word(text: &str, from: usize, belongs: impl Fn(char) -> bool) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    rest.find(|c| !belongs(c)).unwrap_or(rest.len())
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}
