//! What a cursor stands at, read from the lines around it: a text that is being typed is seldom a
//! tree.

use std::ops::Range;

use crate::lsp::flow;

/// Where a cursor stands in the structure of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The keys and places in lists that lead here.
    pub path: Vec<String>,
    pub slot: Slot,
    /// The bytes of what is being typed, up to the cursor.
    pub typed: Range<usize>,
    /// Where the word ends that the cursor stands in.
    pub end: usize,
    /// The column, in bytes, where what is being typed begins.
    pub column: usize,
    /// Whether brackets stand around it.
    pub flow: bool,
    /// Whether a quote stands before it.
    pub quoted: bool,
}

/// What belongs where the cursor stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// A key of the mapping at the path, or an item with its dash.
    Key,
    /// The value of the last key of the path.
    Value,
    /// The item that the path ends with.
    Item,
    /// The name of a rule, in a comment that silences some.
    Rule,
}

/// A part of a line that opens a level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Segment {
    Dash(usize),
    Key(usize, String),
}

impl Segment {
    fn column(&self) -> usize {
        match self {
            Self::Dash(column) | Self::Key(column, _) => *column,
        }
    }
}

/// What the cursor stands at; none where nothing can be completed, as in a block of text.
pub(super) fn place(text: &str, offset: usize) -> Option<Place> {
    let start = text.get(..offset)?.rfind('\n').map_or(0, |it| it + 1);
    let before = &text[start..offset];
    if let Some(comment) = comment(before) {
        return directive(text, start + comment, offset);
    }
    if let Some(place) = flow::place(text, offset) {
        return Some(place);
    }
    let (segments, rest) = segments(before);
    let typed = &before[rest..];
    let quoted = typed.starts_with(['"', '\'']);
    let typed_start = start + rest + usize::from(quoted);
    let column = segments.first().map_or(rest, Segment::column);
    let is_item = matches!(segments.first(), Some(Segment::Dash(_)));
    let mut path = parents(text, start, column, is_item)?;
    let slot = match segments.last() {
        None => Slot::Key,
        Some(Segment::Dash(_)) => Slot::Item,
        Some(Segment::Key(..)) => Slot::Value,
    };
    extend(&mut path, &segments);
    Some(Place {
        path,
        slot,
        typed: typed_start..offset,
        end: word_end(text, offset, quoted),
        column: rest,
        flow: false,
        quoted,
    })
}

/// Adds what a line opens; the place of its first dash is in the path already.
pub(super) fn extend(path: &mut Vec<String>, segments: &[Segment]) {
    for (at, it) in segments.iter().enumerate() {
        match it {
            Segment::Dash(_) if at == 0 => {}
            Segment::Dash(_) => path.push("0".to_owned()),
            Segment::Key(_, name) => path.push(name.clone()),
        }
    }
}

/// Where a comment begins in a line, as far as quotes let tell.
fn comment(line: &str) -> Option<usize> {
    let mut quote = None;
    let mut last = ' ';
    for (at, c) in line.char_indices() {
        match quote {
            Some(open) => quote = (open != c).then_some(open),
            None if c == '#' && last.is_whitespace() => return Some(at),
            None => quote = (['"', '\''].contains(&c) && !last.is_alphanumeric()).then_some(c),
        }
        last = c;
    }
    None
}

/// A comment that is about to silence rules.
fn directive(text: &str, start: usize, offset: usize) -> Option<Place> {
    let comment = text.get(start..offset)?;
    let names = comment.find("swarm-plan:")?;
    let open = comment[names..].find('[')? + names;
    let typed = comment.rfind(['[', ',', ' ']).filter(|it| *it >= open)? + 1;
    (!comment[open..].contains(']')).then(|| Place {
        path: Vec::new(),
        slot: Slot::Rule,
        typed: start + typed..offset,
        end: word_end(text, offset, true),
        column: 0,
        flow: false,
        quoted: true,
    })
}

/// Where the word around the cursor ends.
pub(super) fn word_end(text: &str, offset: usize, narrow: bool) -> usize {
    let rest = text.get(offset..).unwrap_or_default();
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-' || (!narrow && c == '.');
    offset + rest.find(|c| !is_part(c)).unwrap_or(rest.len())
}

/// The levels that a line opens, and where the rest of it begins.
pub(super) fn segments(line: &str) -> (Vec<Segment>, usize) {
    let mut found = Vec::new();
    let mut at = blanks(line, 0);
    while let Some(rest) = line.get(at..) {
        if rest == "-" || rest.starts_with("- ") {
            found.push(Segment::Dash(at));
            at = blanks(line, at + 1);
            continue;
        }
        if let Some((name, end)) = key(rest) {
            found.push(Segment::Key(at, name));
            at = blanks(line, at + end);
        }
        break;
    }
    (found, at)
}

fn blanks(line: &str, from: usize) -> usize {
    let rest = line.get(from..).unwrap_or_default();
    from + rest.len() - rest.trim_start_matches([' ', '\t']).len()
}

/// The key that a text begins with, and where its colon ends.
fn key(text: &str) -> Option<(String, usize)> {
    if let Some(quote) = text.chars().next().filter(|it| ['"', '\''].contains(it)) {
        let end = text[1..].find(quote)? + 1;
        let rest = text[end + 1..].trim_start_matches(' ');
        let after = rest.strip_prefix(':')?;
        let fits = after.is_empty() || after.starts_with([' ', '\r']);
        return fits.then(|| (text[1..end].to_owned(), text.len() - after.len()));
    }
    if text.starts_with(['#', '[', '{', '|', '>', '!', '&', '*', '%', '@', '`']) {
        return None;
    }
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b':' if matches!(bytes.get(at + 1), None | Some(b' ' | b'\t' | b'\r')) => {
                return Some((text[..at].trim_end().to_owned(), at + 1));
            }
            b'#' if at > 0 && bytes[at - 1] == b' ' => return None,
            _ => {}
        }
    }
    None
}

/// The keys and places in lists above a line whose content begins in a column. None inside a block
/// of text, and below a value that stands in its key's line.
pub(super) fn parents(
    text: &str,
    start: usize,
    column: usize,
    is_item: bool,
) -> Option<Vec<String>> {
    let mut path = Vec::new();
    let mut column = column;
    // How many items stand before, where an item of a list is looked for.
    let mut item = is_item.then_some(0_usize);
    for line in text.get(..start)?.lines().rev() {
        if column == 0 && item.is_none() {
            break;
        }
        let content = line.trim_start_matches(' ');
        let indent = line.len() - content.len();
        if content.trim_end().is_empty() || content.starts_with('#') || indent > column {
            continue;
        }
        let (segments, rest) = segments(line);
        let parent = match &mut item {
            Some(before) => {
                if matches!(segments.first(), Some(Segment::Dash(it)) if *it == column) {
                    *before += 1;
                    continue;
                }
                segments.iter().rposition(|it| match it {
                    Segment::Dash(it) => *it < column,
                    Segment::Key(it, _) => *it <= column,
                })
            }
            None => segments.iter().rposition(|it| it.column() < column),
        };
        let Some(parent) = parent else { continue };
        if parent + 1 == segments.len() && !opens(line.get(rest..).unwrap_or_default()) {
            return None;
        }
        if let Some(before) = item.take() {
            path.push(before.to_string());
        }
        for at in (0..=parent).rev() {
            match &segments[at] {
                Segment::Key(_, name) => path.push(name.clone()),
                Segment::Dash(_) if at > 0 => path.push("0".to_owned()),
                Segment::Dash(_) => item = Some(0),
            }
        }
        column = segments[0].column();
    }
    path.extend(item.map(|it| it.to_string()));
    path.reverse();
    Some(path)
}

/// Whether what stands behind a key or a dash leaves room for a value below.
fn opens(rest: &str) -> bool {
    let mut rest = rest.trim();
    while rest.starts_with(['&', '!']) {
        rest = rest.split_once(' ').map_or("", |it| it.1).trim_start();
    }
    rest.is_empty() || rest.starts_with('#')
}

#[cfg(test)]
mod tests {
    use super::{Place, Slot, place};

    /// The place at the `‸` of a text: path, slot, what is typed.
    fn at(text: &str) -> Option<(String, Slot, String)> {
        let offset = text.find('‸')?;
        let text = text.replace('‸', "");
        let Place { path, slot, typed, .. } = place(&text, offset)?;
        Some((path.join("."), slot, text[typed].to_owned()))
    }

    #[test]
    fn a_cursor_knows_the_keys_above() {
        for (text, path, slot, typed) in [
            ("‸", "", Slot::Key, ""),
            ("ser‸", "", Slot::Key, "ser"),
            ("services:\n  web:\n    im‸", "services.web", Slot::Key, "im"),
            ("services:\n  web:\n    image: x\n\n    ‸\n  db:\n", "services.web", Slot::Key, ""),
            ("services:\n  web:\n    image: x\n  ‸", "services", Slot::Key, ""),
            ("a:\n  b:\n  - c: 1\n  - d: 2\n    e‸", "a.b.1", Slot::Key, "e"),
            ("a:\n  - ‸", "a.0", Slot::Item, ""),
            ("a:\n- x\n- y‸", "a.1", Slot::Item, "y"),
            ("a:\n  - t: 8‸", "a.0.t", Slot::Value, "8"),
            ("a:\n  b: \"x‸", "a.b", Slot::Value, "x"),
            ("a:\n  'b c': ‸", "a.b c", Slot::Value, ""),
            ("a: &x\n  ‸", "a", Slot::Key, ""),
            ("a: {b: 1, c‸", "a", Slot::Key, "c"),
            ("a: {b: 1, c: [d, ‸", "a.c.1", Slot::Item, ""),
            ("a:\n  - {t: 1, p: ‸}", "a.0.p", Slot::Value, ""),
            ("a: [\n  x,\n  y‸\n]", "a.1", Slot::Item, "y"),
            ("a: b # swarm-plan: ignore[x, im‸", "", Slot::Rule, "im"),
        ] {
            let found = at(text);
            assert_eq!(found, Some((path.to_owned(), slot, typed.to_owned())), "{text}");
        }
    }

    #[test]
    fn where_nothing_can_be_completed_there_is_no_place() {
        for text in ["a: | \n  b‸", "a: b\n  c‸", "a: b # c‸", "a: >\n  x\n\n  y: ‸", "a: [b]\n  ‸"]
        {
            assert_eq!(at(text), None, "{text}");
        }
    }
}
