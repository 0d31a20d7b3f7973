//! Which keys stand above a line: `services.web.ports`, read from the indentation.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::output::Checked;
use crate::source::{Source, SourceId, Span};

/// The most keys that are named.
const DEEPEST: usize = 32;

/// The outlines of the texts of one stack, each made when it is asked for.
pub(super) struct Outlines<'a> {
    stack: &'a Checked<'a>,
    known: BTreeMap<SourceId, Outline>,
}

/// For each line its key and the line of the key above.
struct Outline {
    lines: Vec<Line>,
}

#[derive(Clone, Default)]
struct Line {
    /// The bytes of the key; none where the line has none.
    key: Range<usize>,
    above: Option<usize>,
}

impl<'a> Outlines<'a> {
    pub(super) fn of(stack: &'a Checked<'a>) -> Self {
        Self { stack, known: BTreeMap::new() }
    }

    /// The keys above a place, and that of its line, with dots between them.
    pub(super) fn path(&mut self, span: Span) -> String {
        let source = self.stack.sources.get(span.source);
        let outline = self.known.entry(span.source).or_insert_with(|| Outline::of(source));
        let mut keys: Vec<&str> = Vec::new();
        let mut at = Some(source.line_of(span.start()));
        while let Some(line) = at.and_then(|it| outline.lines.get(it)) {
            let key = Span::new(span.source, line.key.start, line.key.end);
            if !line.key.is_empty() && !self.stack.is_hidden(key) && keys.len() < DEEPEST {
                keys.push(source.text.get(line.key.clone()).unwrap_or_default());
            }
            at = line.above.filter(|_| keys.len() < DEEPEST);
        }
        keys.reverse();
        keys.join(".")
    }
}

impl Outline {
    fn of(source: &Source) -> Self {
        let mut lines = vec![Line::default(); source.lines()];
        // The open keys: their indentation and line.
        let mut open: Vec<(usize, usize)> = Vec::new();
        for (at, line) in lines.iter_mut().enumerate() {
            let range = source.line_range(at);
            let text = &source.text[range.clone()];
            let dashes = |c: char| c == ' ' || c == '-';
            let body = text.trim_start_matches(dashes);
            if body.is_empty() || body.starts_with('#') {
                line.above = open.last().map(|it| it.1);
                continue;
            }
            let indent = text.len() - body.len();
            // A list may stand as deep as its key.
            let dash = text.trim_start_matches(' ');
            let start = if dash.starts_with("- ") { text.len() - dash.len() + 1 } else { indent };
            while open.last().is_some_and(|(deep, _)| *deep >= start) {
                open.pop();
            }
            line.above = open.last().map(|it| it.1);
            if let Some(key) = key(body) {
                let from = range.start + indent + key.start;
                line.key = from..from + key.len();
                open.push((indent, at));
            }
        }
        Self { lines }
    }
}

/// The plain or quoted key that a line begins with.
fn key(text: &str) -> Option<Range<usize>> {
    let quote = text.chars().next().filter(|it| matches!(it, '"' | '\''));
    let start = usize::from(quote.is_some());
    let rest = &text[start..];
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '<');
    let end = rest.find(|c| !fits(c)).unwrap_or(rest.len());
    let after = &rest[end..];
    let after = quote.map_or(Some(after), |it| after.strip_prefix(it))?;
    let colon = after.strip_prefix(':')?;
    let is_key = end > 0 && (colon.is_empty() || colon.starts_with([' ', '\t']));
    is_key.then_some(start..start + end)
}

#[cfg(test)]
mod tests {
    use super::Outlines;
    use crate::output::Checked;
    use crate::source::{Sources, Span};

    #[test]
    fn keys_are_read_from_the_indentation() {
        let text = "services:\n  web: # x\n\n    ports:\n    - 80:80\n    - target: 1\n      \
                    mode: host\n    \"image\": x\nvolumes: {a: {}}\n";
        let mut sources = Sources::default();
        let id = sources.add("stack.yml", text);
        let stack = Checked::new(&sources, &[]);
        let mut outlines = Outlines::of(&stack);
        let mut path = |part: &str| {
            let at = text.find(part).unwrap_or(text.len());
            outlines.path(Span::new(id, at, at + 1))
        };
        assert_eq!(path("# x"), "services.web");
        assert_eq!(path("80:80"), "services.web.ports");
        assert_eq!(path("target"), "services.web.ports.target");
        assert_eq!(path("mode"), "services.web.ports.mode");
        assert_eq!(path("image"), "services.web.image");
        assert_eq!(path("a: {}"), "volumes");
    }
}
