//! Values on one line, as YAML reads them back.

use std::fmt::Write;

use crate::yaml::emit::reads_as_other;

/// A text, in quotes where it needs them.
pub(super) fn scalar(text: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || "_./-".contains(c);
    let starts = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '/';
    if text.starts_with(starts) && text.chars().all(fits) && !reads_as_other(text) {
        return text.to_owned();
    }
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            // Neither control characters nor those that look like nothing.
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A list of texts.
pub(super) fn list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let texts: Vec<_> = texts.into_iter().map(scalar).collect();
    format!("[{}]", texts.join(", "))
}

/// A mapping of texts.
pub(super) fn map<'a>(entries: impl IntoIterator<Item = (&'a String, &'a String)>) -> String {
    let entries =
        entries.into_iter().map(|(key, value)| format!("{}: {}", scalar(key), scalar(value)));
    let entries: Vec<_> = entries.collect();
    format!("{{{}}}", entries.join(", "))
}

/// A text that stands in a comment.
pub(super) fn comment(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() || c == '\u{2028}' || c == '\u{2029}' { ' ' } else { c })
        .collect()
}

/// Processors: a number where it is a short one.
pub(super) fn cpus(nano: i64) -> String {
    const ONE: i64 = 1_000_000_000;
    let nano = nano.max(0);
    match (nano / ONE, nano % ONE) {
        (whole, 0) => format!("cpus: {whole}"),
        (whole, part) if part % 10_000_000 == 0 => {
            let digits = format!("{:02}", part / 10_000_000);
            format!("cpus: {whole}.{}", digits.trim_end_matches('0'))
        }
        _ => format!("nano_cpus: {nano}"),
    }
}

/// Memory: in MiB or GiB where that is exact.
pub(super) fn memory(bytes: i64) -> String {
    let bytes = bytes.max(0);
    let is_whole = |unit: i64| bytes >= unit && bytes % unit == 0;
    match bytes {
        0 => "memory: 0".to_owned(),
        _ if is_whole(1 << 30) => format!("memory: {}GiB", bytes >> 30),
        _ if is_whole(1 << 20) => format!("memory: {}MiB", bytes >> 20),
        _ => format!("memory_bytes: {bytes}"),
    }
}
