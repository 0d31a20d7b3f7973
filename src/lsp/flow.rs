//! What a cursor stands at between brackets.

use crate::lsp::place::{Place, Segment, Slot, extend, parents, segments, word_end};

/// So many lines above are looked at for the bracket that opens.
const MOST_LINES: usize = 60;

/// A bracket that is open.
enum Level {
    List(usize),
    /// With the key whose value is being written.
    Map(Option<String>),
}

/// What the cursor stands at if there are brackets around it.
pub(super) fn place(text: &str, offset: usize) -> Option<Place> {
    let mut end = offset;
    for count in 0..MOST_LINES {
        let start = text.get(..end)?.rfind('\n').map_or(0, |it| it + 1);
        let line = text.get(start..end)?;
        // The lines above end in the middle of something.
        let content = line.split(" #").next().unwrap_or_default().trim_end();
        if count > 0 && !content.is_empty() && !content.ends_with([',', '[', '{']) {
            return None;
        }
        let (segments, rest) = segments(line);
        let value = value_start(line, rest);
        if line.get(value..).is_some_and(|it| it.starts_with(['[', '{']))
            && let Some(place) = inside(text, start, start + value, offset, &segments)
        {
            return Some(place);
        }
        end = start.checked_sub(1)?;
    }
    None
}

/// Where the value begins, behind anchors and tags.
fn value_start(line: &str, from: usize) -> usize {
    let mut at = from;
    while line.get(at..).is_some_and(|it| it.starts_with(['&', '!'])) {
        let rest = &line[at..];
        let word = rest.find(' ').unwrap_or(rest.len());
        at += word + rest[word..].len() - rest[word..].trim_start().len();
    }
    at
}

fn inside(
    text: &str,
    line: usize,
    open: usize,
    offset: usize,
    segments: &[Segment],
) -> Option<Place> {
    let (levels, token, quoted) = levels(text.get(..offset)?, open);
    let innermost = levels.last()?;
    let column = match segments.first() {
        Some(Segment::Dash(column) | Segment::Key(column, _)) => *column,
        None => open - line,
    };
    let is_item = matches!(segments.first(), Some(Segment::Dash(_)));
    let mut path = parents(text, line, column, is_item)?;
    extend(&mut path, segments);
    let slot = match innermost {
        Level::List(_) => Slot::Item,
        Level::Map(None) => Slot::Key,
        Level::Map(Some(_)) => Slot::Value,
    };
    for it in levels {
        match it {
            Level::List(at) => path.push(at.to_string()),
            Level::Map(key) => path.extend(key),
        }
    }
    let end = word_end(text, offset, true);
    Some(Place { path, slot, typed: token..offset, end, column: 0, flow: true, quoted })
}

/// The brackets that are open at the end of a text, where its last word begins, and whether a
/// quote stands before that.
fn levels(text: &str, open: usize) -> (Vec<Level>, usize, bool) {
    let mut levels = Vec::new();
    let mut token = open;
    let mut quote: Option<char> = None;
    let mut begun = false;
    let mut last = ' ';
    let mut skip_line = false;
    for (at, c) in text.char_indices().skip_while(|it| it.0 < open) {
        let next = at + c.len_utf8();
        if skip_line {
            skip_line = c != '\n';
        } else if let Some(open) = quote {
            if c == open {
                quote = None;
            }
        } else {
            match c {
                '[' if !begun => levels.push(Level::List(0)),
                '{' if !begun => levels.push(Level::Map(None)),
                ']' | '}' => {
                    levels.pop();
                    if levels.is_empty() {
                        return (levels, token, false);
                    }
                    begun = true;
                }
                ',' => {
                    match levels.last_mut() {
                        Some(Level::List(at)) => *at += 1,
                        Some(Level::Map(key)) => *key = None,
                        None => {}
                    }
                    begun = false;
                }
                ':' if is_colon(text, next, last) => {
                    if let Some(Level::Map(key)) = levels.last_mut() {
                        let word = text.get(token..at).unwrap_or_default();
                        *key = Some(word.trim_matches(['"', '\'', ' ']).to_owned());
                        begun = false;
                    }
                }
                '"' | '\'' if !begun => {
                    quote = Some(c);
                    begun = true;
                    token = next;
                    last = c;
                    continue;
                }
                '#' if last.is_whitespace() => skip_line = true,
                c if c.is_whitespace() => {}
                _ => {
                    begun = true;
                    last = c;
                    continue;
                }
            }
            if !begun {
                token = next;
            }
        }
        last = c;
    }
    (levels, token, quote.is_some())
}

/// Whether a colon ends a key.
fn is_colon(text: &str, next: usize, last: char) -> bool {
    let rest = text.get(next..).unwrap_or_default();
    rest.is_empty() || rest.starts_with([' ', '\n', '\r', '\t']) || ['"', '\''].contains(&last)
}
