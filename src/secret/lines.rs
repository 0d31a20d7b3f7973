//! Configuration files of any format, read line by line: `key: value`, `key = value`,
//! `define('key', 'value')`, `<key>value</key>`, `requirepass value`.

use crate::secret::command;
use crate::secret::formats;
use crate::secret::found::Findings;
use crate::secret::json;
use crate::secret::name::{Level, level};
use crate::secret::named;
use crate::secret::text::Context;
use crate::secret::written::Written;
use std::ops::Range;

/// Longer lines are data, not settings.
const LONGEST: usize = 8192;

/// Finds named credentials in a whole text.
pub(super) fn find(context: Context, written: &Written, found: &mut Findings) {
    let text: &str = &written.text;
    if context == Context::Config && json::find(&(0..text.len()), written, found) {
        return;
    }
    if text.starts_with("#!") {
        command::find(&(0..text.len()), written, found);
    }
    let mut start = 0;
    let mut named: Option<&str> = None;
    for line in text.split('\n') {
        let range = start..start + line.len();
        start += line.len() + 1;
        if line.len() > LONGEST || is_comment(line) {
            continue;
        }
        if context == Context::Config {
            formats::find(trimmed(text, range.clone(), &[]), written, found);
        }
        for (name, value) in settings(text, range, context) {
            let name = if name == "value" { named.take().unwrap_or(name) } else { name };
            // `- name: DB_PASSWORD` names the value on the next line.
            named = (name == "name").then(|| &text[value.clone()]);
            named::find(name, value, context, written, found);
        }
    }
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with(['#', ';', '*']) || line.starts_with("//") || line.starts_with("<!--")
}

/// The settings of one line.
fn settings(text: &str, range: Range<usize>, context: Context) -> Vec<(&str, Range<usize>)> {
    let range = trimmed(text, range, &[]);
    let line = &text[range.clone()];
    let strip = |prefix: &str| line.strip_prefix(prefix).map(|rest| range.end - rest.len());
    let start = ["export ", "- ", "set ", "SET ", "ENV ", "ARG ", "SetEnv "]
        .iter()
        .find_map(|it| strip(it));
    let range = start.unwrap_or(range.start)..range.end;
    let line = &text[range.clone()];
    if context == Context::EnvFile {
        return setting(text, range, &['=']).into_iter().collect();
    }
    if let Some(it) = definition(text, &range).or_else(|| element(text, &range)) {
        return vec![it];
    }
    if line.contains('{') && line.contains('}') && !line.contains("{{") {
        return braced(text, &range);
    }
    setting(text, range.clone(), &[':', '='])
        .or_else(|| directive(text, &range))
        .into_iter()
        .collect()
}

/// `name = value` with one of the separators.
fn setting<'a>(
    text: &'a str,
    range: Range<usize>,
    separators: &[char],
) -> Option<(&'a str, Range<usize>)> {
    let line = &text[range.clone()];
    // `spring:datasource` and `a::b` are names, `key:"value"` is not.
    let at = line.find(separators)?;
    let rest = line[at + 1..].trim_start_matches(['=', '>']);
    let name = line[..at].trim().trim_matches(['"', '\'', '[', ']', '$']);
    let is_name = !name.is_empty()
        && name.len() < 100
        && name.bytes().all(|it| it.is_ascii_alphanumeric() || b"_-. []'\"/@".contains(&it));
    let value = range.end - rest.len()..range.end;
    is_name.then(|| (name, unquoted(text, value)))
}

/// `{ user: x, password: y }`.
fn braced<'a>(text: &'a str, range: &Range<usize>) -> Vec<(&'a str, Range<usize>)> {
    let mut found = Vec::new();
    let mut start = range.start;
    for piece in text[range.clone()].split(['{', '}', ',']) {
        let piece_range = trimmed(text, start..start + piece.len(), &[]);
        start += piece.len() + 1;
        found.extend(setting(text, piece_range, &[':', '=']));
    }
    found
}

/// PHP's `define('NAME', 'value')`.
fn definition<'a>(text: &'a str, range: &Range<usize>) -> Option<(&'a str, Range<usize>)> {
    let rest = text[range.clone()].strip_prefix("define(")?;
    let (name, value) = rest.split_once(',')?;
    let start = range.end - value.len();
    let value = trimmed(text, start..range.end, &[';', ')']);
    Some((name.trim().trim_matches(['"', '\'']), unquoted(text, value)))
}

/// `<password>value</password>`, `<add key="password" value="…"/>`.
fn element<'a>(text: &'a str, range: &Range<usize>) -> Option<(&'a str, Range<usize>)> {
    let line = &text[range.clone()];
    let rest = line.strip_prefix('<')?;
    if let Some((_, after)) = rest.split_once("key=\"") {
        let (name, after) = after.split_once('"')?;
        let (_, after) = after.split_once("value=\"")?;
        let value = &after[..after.find('"')?];
        let start = range.end - after.len();
        return Some((name, start..start + value.len()));
    }
    let (name, after) = rest.split_once('>')?;
    let value = &after[..after.find("</")?];
    let start = range.end - after.len();
    Some((name, start..start + value.len()))
}

/// `requirepass value`, `secret "value";`: a name that means a password, or another secret in
/// quotes, and one word.
fn directive<'a>(text: &'a str, range: &Range<usize>) -> Option<(&'a str, Range<usize>)> {
    let (name, rest) = text[range.clone()].split_once(char::is_whitespace)?;
    let start = range.end - rest.len();
    let value = trimmed(text, start..range.end, &[';']);
    let is_name = name.bytes().all(|it| it.is_ascii_alphanumeric() || b"_-.".contains(&it));
    let one_word = !text[value.clone()].contains(char::is_whitespace);
    let quoted = text[value.clone()].starts_with(['"', '\'']);
    let promises = level(name) >= if quoted { Level::Secret } else { Level::Password };
    (is_name && one_word && promises).then(|| (name, unquoted(text, value)))
}

/// A value without quotes, comments and the comma or semicolon that ends it.
fn unquoted(text: &str, range: Range<usize>) -> Range<usize> {
    let range = trimmed(text, range, &[]);
    let value = &text[range.clone()];
    if let Some(quote) = value.chars().next().filter(|it| matches!(it, '"' | '\'' | '`')) {
        let inner = range.start + 1;
        let close = text[inner..range.end].find(quote).map_or(range.end, |it| inner + it);
        return inner..close;
    }
    let begins = |it: &[u8]| {
        matches!(it, [b' ' | b'\t', b'#', ..] | [b' ', b';', ..] | [b' ', b'/', b'/', ..])
    };
    let bytes = value.as_bytes();
    let comment = (0..bytes.len()).find(|at| begins(&bytes[*at..]));
    let end = comment.map_or(range.end, |it| range.start + it);
    trimmed(text, range.start..end, &[',', ';'])
}

/// The range without blanks around it and without the given signs at its end.
fn trimmed(text: &str, range: Range<usize>, signs: &[char]) -> Range<usize> {
    let value = text[range.clone()].trim_start();
    let start = range.end - value.len();
    let end = value.trim_end_matches(|it: char| signs.contains(&it) || it.is_whitespace());
    start..start + end.len()
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::secret::found::Findings;
    use crate::secret::text::Context;
    use crate::secret::written::Written;

    fn values(text: &str, context: Context) -> Vec<String> {
        let mut found = Findings::default();
        find(context, &Written::plain(text), &mut found);
        found.leaks().into_iter().map(|it| text[it.range].to_owned()).collect()
    }

    #[test]
    fn settings_of_any_format_are_read() {
        for text in [
            "a: 1\n  password: Harbor17 # note",
            "auth_password: \"Harbor17\"",
            "password = Harbor17",
            "spring.mail.password=Harbor17",
            "define('DB_PASSWORD', 'Harbor17');",
            "'password' => 'Harbor17',",
            "requirepass Harbor17",
            "<password>Harbor17</password>",
            "<add key=\"DbPassword\" value=\"Harbor17\"/>",
            "auth: { user: x, password: Harbor17 }",
            "- name: DB_PASSWORD\n  value: Harbor17",
            "{\n  \"password\": \"Harbor17\"\n}",
            "#!/bin/sh\nmysql -u root -pHarbor17",
            "export PGPASSWORD=Harbor17",
        ] {
            assert_eq!(values(text, Context::Config), ["Harbor17"], "{text}");
        }
        assert_eq!(values("A=1\nDB_PASSWORD='Harbor17'\n", Context::EnvFile), ["Harbor17"]);
    }

    #[test]
    fn other_settings_are_quiet() {
        for text in [
            "password_file: /run/secrets/prom",
            "# password: Harbor17",
            "- targets: ['node-exporter:9100']",
            "password: ${PASSWORD}",
            "password required",
            "passwords are kept elsewhere",
        ] {
            assert_eq!(values(text, Context::Config), [""; 0], "{text}");
        }
    }
}
