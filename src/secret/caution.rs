//! What may be a credential in a text that is wrong somewhere: enough to hide it where the text is
//! shown, not enough to blame anybody.

use std::ops::Range;

use crate::secret::find_shapes;
use crate::secret::found::Findings;
use crate::secret::name::{Level, level};
use crate::secret::text::{Context, Text};
use crate::secret::written::Written;

/// Shorter values say nothing to who sees them, and are rarely credentials.
const SHORTEST: usize = 4;

/// Longer names are none.
const LONGEST_NAME: usize = 100;

/// Longer lines are not taken for commands.
const LONGEST_LINE: usize = 8192;

/// The bytes that had better not be shown: what follows a credential's name on its line, in
/// whatever brackets, quotes and tags.
pub fn suspects(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    let bytes = text.as_bytes();
    while let Some(start) = bytes[at..].iter().position(|it| is_name(*it)).map(|it| at + it) {
        let length = bytes[start..].iter().take_while(|it| is_name(**it)).count();
        at = start + length;
        if length > LONGEST_NAME {
            continue;
        }
        let name = &text[start..at];
        let promise = level(name.trim_start_matches('-'));
        if promise < Level::Secret {
            continue;
        }
        let Some(value) = value_after(text, at, name.starts_with('-')) else { continue };
        let wanted =
            if text[at..value.start].contains('[') { Level::Password } else { Level::Secret };
        let value = if text[..start].ends_with("${") {
            odd(text, value.start, value.end)
        } else {
            written_out(text, value)
        };
        let is_shown = value.len() < SHORTEST || is_reference(&text[value.clone()]);
        if !is_shown && promise >= wanted {
            at = value.end;
            found.push(value);
        }
    }
    found
}

/// The tokens and the passwords of URLs that stand in a text, in whatever variables and keys.
pub fn shapes(text: &str) -> Vec<Range<usize>> {
    let mut found = Findings::default();
    let text = Text { name: None, value: text, context: Context::EnvFile };
    find_shapes(&text, &Written::verbatim(text.value), &mut found);
    found.leaks().into_iter().map(|it| it.range).collect()
}

/// The credentials in the value of a variable.
pub fn in_variable(name: &str, value: &str) -> Vec<Range<usize>> {
    if level(name) >= Level::Secret && !is_reference(value) {
        return std::iter::once(0..value.len()).filter(|it| it.len() >= SHORTEST).collect();
    }
    shapes(value)
}

/// The credentials of whatever commands stand in the lines, in whatever lists and quotes.
pub fn in_commands(text: &str) -> Vec<Range<usize>> {
    let is_syntax = |c: char| "[]{}\"',@*&!%$".contains(c);
    let plain: String = text.chars().map(|c| if is_syntax(c) { ' ' } else { c }).collect();
    let mut found = Vec::new();
    let mut start = 0;
    for line in plain.split('\n') {
        if line.len() <= LONGEST_LINE {
            // What stands before a command is taken for its name.
            let command = line.find(": ").map_or(0, |at| at + 2);
            let value = &line[command..];
            let leaks = super::find(&Text { name: None, value, context: Context::Command });
            let at = start + command;
            found.extend(leaks.iter().map(|it| at + it.range.start..at + it.range.end));
        }
        start += line.len() + 1;
    }
    found
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

/// The value of a name that ends at a byte: an option's, or what follows a `:` or `=`.
fn value_after(text: &str, end: usize, is_option: bool) -> Option<Range<usize>> {
    let line = &text[end..];
    let gap = |from: usize| {
        let is_gap = |c: char| matches!(c, ' ' | '\t') || "\"'[]{},:=!@*&%|>?\\".contains(c);
        line[from..].find(|c| !is_gap(c)).map(|it| from + it)
    };
    let mut start = gap(0)?;
    let between = &line[..start];
    let is_meant = between.contains([':', '=']) || (is_option && start > 0);
    if !is_meant {
        return None;
    }
    if between.ends_with('!') {
        // A tag.
        start = gap(start + line[start..].find([' ', '\t', '\n'])?)?;
    }
    let is_end = |c: char| c.is_whitespace() || matches!(c, ',' | '}' | ']' | '"' | '\'');
    let length = line[start..].find(is_end).unwrap_or(line.len() - start);
    let value = &line[start..start + length];
    // A name in its turn, as in `db_password: {external: true}`.
    (!value.ends_with(':')).then_some(end + start..end + start + length)
}

/// What an expression such as `${NAME:-value}` holds besides the variable's name, if that may be a
/// credential; any other value as it is.
fn written_out(text: &str, value: Range<usize>) -> Range<usize> {
    let Some(rest) = text[value.clone()].strip_prefix("${") else { return value };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let rest = rest.trim_start_matches([':', '-', '?', '+']);
    odd(text, value.end - rest.len(), value.end)
}

/// The bytes of an expression, if they may be a credential: a message of several words says what to
/// do, a single plain word is a name or a default.
fn odd(text: &str, start: usize, end: usize) -> Range<usize> {
    let is_whole = !text[end..].starts_with([' ', '\t']);
    let has_digit = text[start..end].bytes().any(|it| it.is_ascii_digit());
    if is_whole && has_digit { start..end } else { end..end }
}

/// Whether the value stands elsewhere: in a variable or a file.
fn is_reference(value: &str) -> bool {
    let name = value.strip_prefix('$').map(|it| it.strip_prefix('{').unwrap_or(it));
    value.starts_with(['/', '.'])
        || name.is_some_and(|it| it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_'))
}

#[cfg(test)]
mod tests {
    use super::{in_commands, suspects};

    #[test]
    fn what_follows_a_credentials_name_is_suspect() {
        for (text, expected) in [
            ("DB_PASSWORD: Kx9-vTq27LmW # x", "Kx9-vTq27LmW"),
            ("DB_PASSWORD:Kx9-vTq27LmW", "Kx9-vTq27LmW"),
            ("- \"DB_PASSWORD=Kx9:vTq=27LmW\"", "Kx9:vTq=27LmW"),
            ("{a: 1, db.password: [!!int 'Kx9-vTq27LmW]}", "Kx9-vTq27LmW"),
            ("DB_PASSWORD: Kx9{{vTq}}", "Kx9{{vTq"),
            ("DB_PASSWORD: \"pa$$word${", "pa$$word${"),
            ("[serve, --password, Kx9-vTq27LmW", "Kx9-vTq27LmW"),
            ("o: user=shop,password=Kx9-vTq27LmW", "Kx9-vTq27LmW"),
            ("API_TOKEN: ä€Kx9-vTq27LmW\n", "ä€Kx9-vTq27LmW"),
            ("DB_PASSWORD: ${DB_PASSWORD}", ""),
            ("DB_PASSWORD: ${DB_PASSWORD:-Kx9-vTq27LmW}", "Kx9-vTq27LmW"),
            ("DB_PASSWORD: ${DB_PASSWORD:?Kx9-vTq27LmW}", "Kx9-vTq27LmW"),
            ("DB_PASSWORD: ${DB_PASSWORD:?set DB_PASSWORD in .env}", ""),
            ("DB_PASSWORD: ${DB_PASSWORD:?required}", ""),
            ("DB_PASSWORD_FILE: /run/secrets/db", ""),
            ("db_password: {external: true}", ""),
            ("db_password:\n  file: secret", ""),
            ("secrets: [db_password, other]", ""),
            ("image: nginx:1.27", ""),
            ("DB_PASSWORD:", ""),
        ] {
            let found: Vec<_> = suspects(text).into_iter().map(|it| &text[it]).collect();
            assert_eq!(found.join("|"), expected, "{text}");
        }
    }

    #[test]
    fn broken_commands_are_read_word_by_word() {
        let text = "  a: 1\n  test: [\"CMD\", \"redis-cli\", \"-a\", \"Kx9-vTq27LmW\", ping\n";
        let found: Vec<_> = in_commands(text).into_iter().map(|it| &text[it]).collect();
        assert_eq!(found, ["Kx9-vTq27LmW"]);
    }
}
