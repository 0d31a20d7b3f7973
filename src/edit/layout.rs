//! Lines, indentation and comments of a text, as edits have to respect them.

use std::ops::Range;

/// Where the line with a byte begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |it| it + 1);
    // A byte order mark belongs to no line.
    if start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8().min(at) } else { start }
}

/// Where the line with a byte ends, its line break left out.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let end = at + text.get(at..).unwrap_or_default().find('\n').unwrap_or(text.len() - at);
    if at < end && text[at..end].ends_with('\r') { end - 1 } else { end }
}

/// Where the line after the one with a byte begins; the text's end where there is none.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.find('\n').map_or(text.len(), |it| at + it + 1)
}

/// The line break that the text uses.
pub(super) fn line_break(text: &str) -> &'static str {
    let first = text.find('\n');
    if first.is_some_and(|it| text[..it].ends_with('\r')) { "\r\n" } else { "\n" }
}

/// The line that begins at a byte, and its indentation.
pub(super) fn line(text: &str, start: usize) -> (usize, &str) {
    let whole = text.get(start..line_end(text, start)).unwrap_or_default();
    let content = whole.trim_start_matches(' ');
    (whole.len() - content.len(), content.trim_end())
}

/// What stands before a byte on its line.
pub(super) fn before(text: &str, at: usize) -> &str {
    text.get(line_start(text, at)..at).unwrap_or_default()
}

/// Whether there is nothing but blanks and perhaps a comment from a byte to its line's end.
pub(super) fn is_line_done(text: &str, at: usize) -> bool {
    let rest = text.get(at..line_end(text, at)).unwrap_or_default();
    let content = rest.trim_start();
    content.is_empty() || (content.starts_with('#') && content.len() < rest.len())
}

/// The lines of what begins at `start`, in column `column`, and ends at `end`: with the comments
/// below it that are deeper, and the comments directly above it in its column. What looks like a
/// part of the file that somebody switched off stays.
pub(super) fn whole_lines(text: &str, start: usize, end: usize, column: usize) -> Range<usize> {
    let mut first = line_start(text, start);
    while let Some(above) = above(text, first) {
        let (indent, content) = line(text, above);
        if indent != column || !content.starts_with('#') || is_switched_off(content) {
            break;
        }
        first = above;
    }
    lines_below(text, first, end, column)
}

/// The lines from a byte to the end of what ends at `end`, with the comments below that are deeper
/// than a column.
pub(super) fn lines_below(text: &str, start: usize, end: usize, column: usize) -> Range<usize> {
    let mut last = next_line(text, end);
    let mut at = last;
    while at < text.len() {
        let (indent, content) = line(text, at);
        if content.starts_with('#') && indent > column {
            last = next_line(text, at);
        } else if !content.is_empty() {
            break;
        }
        at = next_line(text, at);
    }
    start..last
}

/// The same lines, and the empty lines behind them that would else stand with others, or first.
pub(super) fn with_gap(text: &str, lines: Range<usize>) -> Range<usize> {
    let opens = match above(text, lines.start) {
        None => true,
        Some(above) => matches!(line(text, above).1, "" | "---"),
    };
    let mut end = lines.end;
    while opens && end < text.len() && line(text, end).1.is_empty() {
        end = next_line(text, end);
    }
    lines.start..end
}

/// Where the line above the one that begins at a byte begins.
fn above(text: &str, start: usize) -> Option<usize> {
    let last = start.checked_sub(1)?;
    text.get(..last).map(|_| line_start(text, last)).filter(|it| *it < start)
}

/// A comment that was an entry or an item once, such as `# ports:` or `# - "80:80"`.
fn is_switched_off(comment: &str) -> bool {
    let content = comment.trim_start_matches('#').trim_start();
    let key = content.split([':', ' ']).next().unwrap_or_default();
    let rest = content.get(key.len()..).unwrap_or_default();
    let is_key = !key.is_empty() && (rest == ":" || rest.starts_with(": "));
    (is_key && !content.starts_with("swarm-plan:")) || content == "-" || content.starts_with("- ")
}
