//! Edits that may mend a text near a failure, those that lose least first.

use super::lines::Line;
use super::patch::Edit;
use super::{Cause, Outcome};
use crate::yaml::cursor::is_blank;
use crate::yaml::token::{Failure, Stage};

/// How many lines above the failure may be to blame.
const LINES_ABOVE: usize = 3;

/// How many lines are looked at to tell what a line belongs to.
const FAR: usize = 200;

/// A repair and what is wrong if it helps. The edits are in the order of the text.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) edits: Vec<Edit>,
    pub(super) cause: Cause,
}

/// Repairs by what they cost.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    /// Those for a quote or bracket that is not closed where it should. As everything may stand in
    /// quotes, and much in brackets, they may uncover failures above the one at hand.
    pub(super) likely: Vec<Candidate>,
    /// How far the text can be read at least if one of these is right.
    pub(super) beyond: usize,
    /// The same for those of the others that have a cause.
    pub(super) next_line: usize,
    /// Those that change a few lines.
    pub(super) gentle: Vec<Candidate>,
    /// Those that give whole blocks up.
    pub(super) drastic: Vec<Candidate>,
}

/// Lists repairs.
pub(super) fn candidates(text: &str, failure: &Failure, outcome: &Outcome) -> Candidates {
    let at = (failure.at.at as usize).min(text.len());
    let line = Line::at(text, at).or_above();
    if failure.stage == Stage::Reader {
        let gentle = vec![Candidate::plain(blank_control_characters(text, at))];
        return Candidates { gentle, ..Candidates::default() };
    }
    let begin =
        failure.context.filter(|_| failure.stage == Stage::Scanner).map(|it| it.at as usize);
    let begin_line = begin.map(|it| Line::at(text, it));
    let (likely, beyond) = likely(text, failure, outcome, &line);

    let mut gentle = Vec::new();
    if failure.problem.contains("tab character") || text.as_bytes().get(at) == Some(&b'\t') {
        gentle.extend([1, 2, 4].map(|width| replace_tabs(text, at, width)));
    }
    if failure.problem.contains("escape character") {
        gentle.push(Candidate::plain(vec![Edit::replace(at, at + 1, "")]));
        gentle.push(Candidate::plain(vec![Edit::insert(at, "\\")]));
    }
    if failure.problem.contains("','") {
        gentle.extend(quote_item(text, at));
    }
    let above: Vec<Line> = line.above().take(LINES_ABOVE).collect();
    let nearest: Vec<Line> = [Some(line), begin_line].into_iter().flatten().chain(above).collect();
    gentle.extend(nearest.iter().filter_map(add_space));
    gentle.extend([Some(line), begin_line].iter().flatten().filter_map(quote_value));
    gentle.extend(nearest.iter().filter_map(add_colon));
    gentle.extend(indent_like_neighbours(&line));
    if failure.stage == Stage::Parser || begin == Some(at) {
        gentle.push(Candidate::plain(vec![Edit::blank(at, line.end.max(at))]));
    }
    gentle.extend(begin.into_iter().chain([at]).map(|it| blank_word(text, it)));
    gentle.extend(nearest.iter().map(|it| Candidate::blank_line(it, Cause::Unknown)));
    if is_orphan(&line) {
        let siblings = std::iter::once(line).chain(line.below());
        gentle.push(blank_lines(siblings.take_while(|it| it.indent() >= line.indent())));
    }
    let deeper: Vec<Line> = line.above().take_while(|it| it.indent() > line.indent()).collect();
    let parent = deeper.last().and_then(|it| it.above().next());
    if parent.is_some_and(|it| it.indent() < line.indent()) {
        gentle.push(blank_lines(deeper.into_iter().rev()));
    }
    gentle.retain(|it| it.changes(text));
    let next_line = line.below().next().unwrap_or(line).end;
    let block = |top: &Line| {
        let deeper = top.below().take_while(|it| it.indent() > top.indent());
        blank_lines(std::iter::once(*top).chain(deeper))
    };
    Candidates { likely, beyond, next_line, gentle, drastic: nearest.iter().map(block).collect() }
}

/// Whether something stands where only a blank, a comma, a bracket or a colon may.
fn is_junk(text: &str, at: usize) -> bool {
    !matches!(
        text.as_bytes().get(at),
        None | Some(b' ' | b'\t' | b'\n' | b'\r' | b',' | b']' | b'}' | b':')
    )
}

/// Repairs of what is open, and how far the text can be read if they are right.
fn likely(
    text: &str,
    failure: &Failure,
    outcome: &Outcome,
    line: &Line,
) -> (Vec<Candidate>, usize) {
    let context = failure.context.map_or(0, |it| it.at as usize);
    let never_closed = failure.problem.starts_with("found unexpected");
    let long = outcome.long_quote.filter(|it| Line::at(text, it.1) == *line || is_junk(text, it.1));
    let mut found = Vec::new();
    if let Some(start) = if never_closed { Some(context) } else { long.map(|it| it.0) } {
        let first = Line::at(text, start);
        found.extend(close_quote(text, start));
        found.push(Candidate::blank_line(&first, Cause::OpenQuote(start)));
        // Text that does end, only later, would be cut where its first line ends.
        return (found, first.below().next().unwrap_or(first).end);
    }
    if failure.problem.contains("','") {
        found = close_bracket(text, context, line);
    }
    (found, line.end)
}

impl Candidate {
    fn plain(edits: Vec<Edit>) -> Self {
        Self { edits, cause: Cause::Unknown }
    }

    fn blank_line(line: &Line, cause: Cause) -> Self {
        Self { edits: vec![Edit::blank(line.content(), line.end)], cause }
    }

    fn changes(&self, text: &str) -> bool {
        self.edits.iter().any(|it| text.get(it.start..it.end) != Some(&it.with))
    }
}

fn blank_control_characters(text: &str, from: usize) -> Vec<Edit> {
    text.get(from..)
        .unwrap_or_default()
        .char_indices()
        .filter(|(_, it)| {
            !matches!(it, '\t' | '\n' | '\r' | '\u{85}')
                && (it.is_control() || matches!(it, '\u{FFFE}' | '\u{FFFF}'))
        })
        .map(|(at, it)| Edit::blank(from + at, from + at + it.len_utf8()))
        .collect()
}

/// Replaces the tabs that begin lines, from the line of a place on.
fn replace_tabs(text: &str, from: usize, width: usize) -> Candidate {
    let edits = std::iter::successors(Some(Line::at(text, from)), Line::next)
        .filter_map(|line| {
            let indentation = text.get(line.start..line.content())?;
            let spaces = indentation.replace('\t', &" ".repeat(width));
            indentation.contains('\t').then(|| Edit::replace(line.start, line.content(), &spaces))
        })
        .collect();
    Candidate { edits, cause: Cause::Tab }
}

/// The quote and the brackets that are missing at a line's end; nothing is known of lines above.
fn missing_at_end(line: &Line) -> String {
    let mut open = Vec::new();
    let mut quote = None;
    let mut before = b' ';
    for byte in line.text().bytes() {
        match (quote, byte) {
            (Some(it), _) if it == byte && !(it == b'"' && before == b'\\') => quote = None,
            (None, b'"' | b'\'') if !before.is_ascii_alphanumeric() => quote = Some(byte),
            (None, b'[') => open.push(']'),
            (None, b'{') => open.push('}'),
            (None, b']' | b'}') => {
                open.pop();
            }
            (None, b'#') if is_blank(before) => break,
            _ => {}
        }
        before = byte;
    }
    let quote = quote.map(char::from).into_iter();
    quote.chain(open.into_iter().rev()).collect()
}

/// Closes a quote at the end of the line it begins on.
fn close_quote(text: &str, start: usize) -> Vec<Candidate> {
    let line = Line::at(text, start);
    let missing = missing_at_end(&line);
    if missing.is_empty() {
        return Vec::new();
    }
    let edits = vec![Edit::insert(line.content_end(), &missing)];
    vec![Candidate { edits, cause: Cause::OpenQuote(start) }]
}

/// Closes a bracket at the end of its line, or before the line that does not fit.
fn close_bracket(text: &str, start: usize, wrong: &Line) -> Vec<Candidate> {
    let line = Line::at(text, start);
    let missing = missing_at_end(&line);
    let mut found = Vec::new();
    let mut close = |end: usize, with: &str| {
        let edits = vec![Edit::insert(end, with)];
        found.push(Candidate { edits, cause: Cause::OpenBracket { start, end } });
    };
    if !missing.is_empty() {
        close(line.content_end(), &missing);
    }
    let closer = match text.as_bytes().get(start) {
        Some(b'[') => "]",
        Some(b'{') => "}",
        _ => return found,
    };
    if let Some(above) = wrong.above().next().filter(|it| it.start > line.start) {
        close(above.content_end(), closer);
    }
    found
}

/// Puts the item inside brackets that cannot be read into quotes, such as `${A:-b}`.
fn quote_item(text: &str, at: usize) -> Option<Candidate> {
    let line = Line::at(text, at);
    let before = text.get(line.start..at)?;
    let begin = before.rfind([',', '[', ' ']).map_or(0, |it| it + 1).max(line.indent());
    let start = line.start + begin;
    let rest = text.get(at..line.end)?;
    let end = at + rest.find([',', ']', ' ']).unwrap_or(rest.len());
    let item = text.get(start..end)?;
    // The brace that closes the mapping around it does not belong to the item.
    let more = item.matches('}').count().saturating_sub(item.matches('{').count());
    let end = end - if item.ends_with('}') { more.min(1) } else { 0 };
    let item = text.get(start..end)?;
    let simple = item.starts_with("${") || !item.is_empty() && !item.contains(['\'', '"', ':']);
    simple.then(|| Candidate::quoted(start, end))
}

impl Candidate {
    fn quoted(start: usize, end: usize) -> Self {
        let edits = vec![Edit::insert(start, "'"), Edit::insert(end, "'")];
        Self { edits, cause: Cause::NeedsQuotes { start, end } }
    }
}

/// Puts the value of a line into quotes.
fn quote_value(line: &Line) -> Option<Candidate> {
    let text = line.text();
    let key = text.find(": ").map(|it| it + 2);
    let dash = text.trim_start().starts_with("- ").then(|| line.indent() + 2);
    let start = key.or(dash)?;
    let value = text.get(start..)?;
    let start = line.start + start + (value.len() - value.trim_start().len());
    let value = value.split(" #").next()?.trim();
    let quotable =
        !value.is_empty() && !value.contains('\'') && !value.starts_with(['"', '[', '{']);
    quotable.then(|| Candidate::quoted(start, start + value.len()))
}

/// Adds the blank behind a key's colon.
fn add_space(line: &Line) -> Option<Candidate> {
    let text = line.text().trim_start();
    let text = text.strip_prefix("- ").unwrap_or(text);
    let width = text.find(':')?;
    let (key, value) = (text.get(..width)?, text.get(width + 1..)?);
    let fits = !key.is_empty() && is_word(key) && !value.starts_with([' ', '/', ':']);
    let at = line.end - value.len();
    let cause = Cause::MissingSpace { start: at - width - 1, end: line.content_end() };
    (fits && !value.is_empty()).then(|| Candidate { edits: vec![Edit::insert(at, " ")], cause })
}

/// Indents a line as the lines above are.
fn indent_like_neighbours(line: &Line) -> Vec<Candidate> {
    let mut widths: Vec<usize> = Vec::new();
    for above in line.above().take(2 * LINES_ABOVE) {
        if above.indent() != line.indent() && !widths.contains(&above.indent()) {
            widths.push(above.indent());
        }
    }
    widths.sort_by_key(|it| it.abs_diff(line.indent()));
    let indent = |&width: &usize| {
        let cause = Cause::Indentation { width };
        let edits = vec![Edit::replace(line.start, line.content(), &" ".repeat(width))];
        Candidate { edits, cause }
    };
    widths.iter().take(2).map(indent).collect()
}

/// Adds the colon to a lone word that has something below it, and else gives the word up.
fn add_colon(line: &Line) -> Option<Candidate> {
    let word = line.text().trim();
    let (start, end) = (line.content(), line.content_end());
    let below = line.below().next()?;
    let edit = if below.indent() > line.indent() {
        Edit::insert(end, ":")
    } else if below.indent() == line.indent() && below.text().contains(':') {
        Edit::blank(start, end)
    } else {
        return None;
    };
    let cause = Cause::MissingColon { start, end };
    (!word.is_empty() && is_word(word)).then(|| Candidate { edits: vec![edit], cause })
}

fn is_word(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_alphanumeric() || b"_-.".contains(&it))
}

/// Blanks what stands without a blank from a place on.
fn blank_word(text: &str, at: usize) -> Candidate {
    let at = at.min(text.len());
    let rest = text.get(at..).unwrap_or_default();
    let width = rest.find([' ', '\t', '\n', '\r', ',', ']', '}']).unwrap_or(rest.len());
    Candidate::plain(vec![Edit::blank(at, at + width)])
}

/// Whether a line stands below one that can have nothing below it.
fn is_orphan(line: &Line) -> bool {
    let is_item = |it: &Line| it.text().trim_start().starts_with('-');
    let parent = line.above().take(FAR).find(|it| it.indent() <= line.indent());
    parent.is_some_and(|it| {
        if it.indent() == line.indent() {
            is_item(&it) && !is_item(line)
        } else {
            !it.text().trim_end().ends_with(':')
        }
    })
}

fn blank_lines<'t>(lines: impl Iterator<Item = Line<'t>>) -> Candidate {
    Candidate::plain(lines.map(|it| Edit::blank(it.content(), it.end)).collect())
}
