//! A tree → text, in the layout of Docker's YAML library: two blanks per level, plain scalars
//! where they read back as the same text.

use std::cmp::Ordering;
use std::fmt::Write;

use crate::yaml::resolve;

/// What is printed.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    Null,
    Bool(bool),
    Int(i128),
    Float(f64),
    /// Printed as it stands: numbers and times that are text already.
    Raw(String),
    Text(String),
    List(Vec<Item>),
    Map(Vec<(String, Item)>),
}

impl Item {
    /// An entry of a mapping being built.
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// The text of a document.
pub fn document(item: &Item) -> String {
    let mut out = String::new();
    match item {
        Item::Map(entries) if !entries.is_empty() => map(entries, 0, false, &mut out),
        other => {
            inline(other, 0, &mut out);
            out.push('\n');
        }
    }
    out
}

fn map(entries: &[(String, Item)], indent: usize, first_is_placed: bool, out: &mut String) {
    for (at, (key, value)) in entries.iter().enumerate() {
        if at > 0 || !first_is_placed {
            pad(indent, out);
        }
        text(key, indent, true, out);
        out.push(':');
        below(value, indent, out);
    }
}

/// The value of a key.
fn below(value: &Item, indent: usize, out: &mut String) {
    match value {
        Item::Map(entries) if !entries.is_empty() => {
            out.push('\n');
            map(entries, indent + 2, false, out);
        }
        Item::List(items) if !items.is_empty() => {
            out.push('\n');
            list(items, indent + 2, false, out);
        }
        other => {
            out.push(' ');
            inline(other, indent + 2, out);
            out.push('\n');
        }
    }
}

fn list(items: &[Item], indent: usize, first_is_placed: bool, out: &mut String) {
    for (at, item) in items.iter().enumerate() {
        if at > 0 || !first_is_placed {
            pad(indent, out);
        }
        out.push_str("- ");
        match item {
            Item::Map(entries) if !entries.is_empty() => map(entries, indent + 2, true, out),
            Item::List(items) if !items.is_empty() => list(items, indent + 2, true, out),
            other => {
                inline(other, indent + 2, out);
                out.push('\n');
            }
        }
    }
}

fn inline(item: &Item, indent: usize, out: &mut String) {
    match item {
        Item::Null => out.push_str("null"),
        Item::Bool(it) => out.push_str(if *it { "true" } else { "false" }),
        Item::Int(it) => {
            let _ = write!(out, "{it}");
        }
        Item::Float(it) => out.push_str(&crate::value::number::format_float(*it)),
        Item::Raw(it) => out.push_str(it),
        Item::Text(it) => text(it, indent, false, out),
        Item::List(_) => out.push_str("[]"),
        Item::Map(_) => out.push_str("{}"),
    }
}

fn pad(indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
}

/// A text, plain, as a literal block, or quoted.
fn text(it: &str, indent: usize, key: bool, out: &mut String) {
    let printable = it.chars().all(|c| c == '\t' || is_printable(c));
    if !key && printable && it.contains('\n') && !has_blank_ends(it) {
        return block(it, indent, out);
    }
    if !printable || it.contains(['\n', '\t', '\u{2028}', '\u{2029}', '\u{85}']) {
        return double(it, out);
    }
    if reads_as_other(it) {
        return double(it, out);
    }
    if is_plain(it) {
        out.push_str(it);
    } else {
        out.push('\'');
        out.push_str(&it.replace('\'', "''"));
        out.push('\'');
    }
}

/// Whether a line ends in a blank, which a block would not show.
fn has_blank_ends(it: &str) -> bool {
    it.contains(" \n") || it.ends_with(' ')
}

fn block(it: &str, indent: usize, out: &mut String) {
    let body = it.trim_end_matches('\n');
    out.push('|');
    if it.starts_with([' ', '\n']) {
        out.push('2');
    }
    match it.len() - body.len() {
        0 => out.push('-'),
        1 if !body.is_empty() => {}
        _ => out.push('+'),
    }
    for line in it.strip_suffix('\n').unwrap_or(it).split('\n') {
        out.push('\n');
        if !line.is_empty() {
            pad(indent, out);
            out.push_str(line);
        }
    }
}

/// Docker's library takes characters beyond the first 65,536 for unprintable.
fn is_printable(c: char) -> bool {
    match c {
        '\n' => true,
        '\u{fffe}' | '\u{ffff}' | '\u{feff}' => false,
        c => !c.is_control() && (c as u32) < 0x1_0000,
    }
}

/// Whether a plain scalar would be read as something else: here, or by readers of YAML 1.1.
pub(crate) fn reads_as_other(it: &str) -> bool {
    const BOOLEANS: [&str; 22] = [
        "y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "n", "N", "no", "No", "NO", "off", "Off",
        "OFF", "true", "True", "TRUE", "false", "False", "FALSE",
    ];
    let other = resolve::plain_tag(it) != resolve::TEXT;
    other || BOOLEANS.contains(&it) || is_base_60(it)
}

/// A number of base 60, as YAML 1.1 has them: `1:30`.
fn is_base_60(it: &str) -> bool {
    let digits = it.strip_prefix(['-', '+']).unwrap_or(it);
    let (head, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut parts = head.split(':');
    let is_number = |it: &str| it.chars().all(|c| c.is_ascii_digit() || c == '_');
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let sixty = |it: &&str| matches!(it.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9']);
    first.starts_with(|c: char| c.is_ascii_digit())
        && is_number(first)
        && !rest.is_empty()
        && rest.iter().all(sixty)
        && is_number(fraction)
}

/// Whether a text can stand without quotes, in a block.
fn is_plain(it: &str) -> bool {
    let Some(first) = it.chars().next() else { return false };
    let second = it.chars().nth(1);
    let starts = match first {
        '#' | ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%'
        | '@' | '`' | ' ' => false,
        '-' | '?' | ':' => second.is_some_and(|c| c != ' '),
        _ => true,
    };
    let document = it.starts_with("---") || it.starts_with("...");
    starts
        && !document
        && !it.ends_with(' ')
        && !it.ends_with(':')
        && !it.contains(": ")
        && !it.contains(" #")
}

fn double(it: &str, out: &mut String) {
    out.push('"');
    for c in it.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\0' => out.push_str("\\0"),
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\u{b}' => out.push_str("\\v"),
            '\u{c}' => out.push_str("\\f"),
            '\u{1b}' => out.push_str("\\e"),
            '\u{85}' => out.push_str("\\N"),
            '\u{2028}' => out.push_str("\\L"),
            '\u{2029}' => out.push_str("\\P"),
            '\u{feff}' => out.push_str("\\uFEFF"),
            '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c if c.is_control() => {
                let _ = write!(out, "\\x{:02X}", c as u32);
            }
            c if c as u32 > 0xffff => {
                let _ = write!(out, "\\U{:08X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// The order in which Docker's library prints the keys of a mapping: runs of digits count as
/// numbers, letters come after all else.
pub fn natural(a: &str, b: &str) -> Ordering {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut in_digits = false;
    let shorter = a.len().min(b.len());
    for i in 0..shorter {
        if a[i] == b[i] {
            in_digits = a[i].is_numeric();
            continue;
        }
        let (left, right) = (a[i].is_alphabetic(), b[i].is_alphabetic());
        if left && right {
            return a[i].cmp(&b[i]);
        }
        if left || right {
            return if in_digits { left.cmp(&right) } else { right.cmp(&left).reverse() };
        }
        let zeros = (a[i] == '0' || b[i] == '0')
            && a[..i].iter().rev().take_while(|it| it.is_numeric()).any(|&it| it != '0');
        let value = |it: &[char]| {
            let digits: Vec<char> = it.iter().copied().take_while(|it| it.is_numeric()).collect();
            let value = digits.iter().fold(0_i64, |sum, it| {
                sum.wrapping_mul(10).wrapping_add(i64::from(*it as u32) - i64::from('0' as u32))
            });
            (value, digits.len())
        };
        let start = if zeros {
            a[..i].iter().rposition(|it| !it.is_numeric()).map_or(0, |at| at + 1)
        } else {
            i
        };
        let ((left, left_digits), (right, right_digits)) = (value(&a[start..]), value(&b[start..]));
        return left.cmp(&right).then(left_digits.cmp(&right_digits)).then(a[i].cmp(&b[i]));
    }
    a.len().cmp(&b.len())
}
