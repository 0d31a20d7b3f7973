//! A unified difference of two texts, coloured where there are colours.

use std::io;

use similar::{ChangeTag, TextDiff};
use termcolor::{Color, ColorSpec, WriteColor};

use crate::output::escape;
use crate::source::{SourceId, Sources, Span};

/// How many lines are shown around what changes.
const CONTEXT: usize = 3;

/// Writes the difference of a file's old and new text.
pub fn write_diff(name: &str, old: &str, new: &str, out: &mut dyn WriteColor) -> io::Result<()> {
    let diff = TextDiff::from_lines(old, new);
    let mut unified = diff.unified_diff();
    let unified = unified.context_radius(CONTEXT);
    line(out, &bold(), &format!("--- {name}"))?;
    line(out, &bold(), &format!("+++ {name}"))?;
    for hunk in unified.iter_hunks() {
        line(out, &color(Color::Cyan), &hunk.header().to_string())?;
        for change in hunk.iter_changes() {
            let (sign, spec) = match change.tag() {
                ChangeTag::Delete => ('-', color(Color::Red)),
                ChangeTag::Insert => ('+', color(Color::Green)),
                ChangeTag::Equal => (' ', ColorSpec::new()),
            };
            let text = change.value();
            line(out, &spec, &format!("{sign}{}", visible(text.trim_end_matches('\n'))))?;
            if change.missing_newline() {
                line(out, &ColorSpec::new(), "\\ No newline at end of file")?;
            }
        }
    }
    Ok(())
}

/// A text with its hidden bytes starred out.
pub fn starred(sources: &Sources, file: SourceId, hidden: &[Span]) -> String {
    let text = &sources.get(file).text;
    let mut shown = String::with_capacity(text.len());
    let mut done = 0;
    for span in hidden.iter().filter(|it| it.source == file) {
        shown.push_str(text.get(done..span.start()).unwrap_or_default());
        // Lines stay lines.
        let lines = text.get(span.range()).unwrap_or_default().split('\n');
        let stars: Vec<_> = lines.map(|it| if it.is_empty() { "" } else { "***" }).collect();
        shown.push_str(&stars.join("\n"));
        done = span.end();
    }
    shown.push_str(text.get(done..).unwrap_or_default());
    shown
}

/// A line with nothing in it that a terminal obeys; tabs and line breaks of Windows stay, which
/// `patch` needs.
fn visible(line: &str) -> String {
    let (line, end) = match line.strip_suffix('\r') {
        Some(line) => (line, "\r"),
        None => (line, ""),
    };
    let mut text = String::with_capacity(line.len());
    for c in line.chars() {
        if c == '\t' { text.push(c) } else { escape::push(&mut text, c) }
    }
    text + end
}

fn line(out: &mut dyn WriteColor, spec: &ColorSpec, text: &str) -> io::Result<()> {
    if spec.is_none() {
        return writeln!(out, "{text}");
    }
    out.set_color(spec)?;
    write!(out, "{text}")?;
    out.reset()?;
    writeln!(out)
}

fn color(color: Color) -> ColorSpec {
    let mut spec = ColorSpec::new();
    spec.set_fg(Some(color));
    spec
}

fn bold() -> ColorSpec {
    let mut spec = ColorSpec::new();
    spec.set_bold(true);
    spec
}
