//! Comments that silence rules: `# swarm-plan: ignore[rule-id, other] reason` speaks for its own
//! line or, on a line of its own, for the block below; `ignore-file[…]` above the first key speaks
//! for the whole file.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::found::{self, Found};
use crate::source::{Source, SourceId, Span};
use crate::yaml::Comment;

/// One such comment.
#[derive(Clone, Debug)]
pub struct Directive {
    pub span: Span,
    /// The lines it speaks for, counted from zero; none where it stands in the wrong place.
    pub lines: Range<usize>,
    pub names: Vec<Name>,
    /// What follows the names: why.
    pub reason: Span,
    /// What cannot be read: the directive's own words.
    pub malformed: Option<Malformed>,
}

/// A finding that a directive silences.
#[derive(Clone, Debug)]
pub struct Silenced {
    pub diagnostic: Diagnostic,
    /// The directive's words about it, perhaps none.
    pub reason: Span,
}

/// Why a directive cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// The word before the bracket is neither `ignore` nor `ignore-file`.
    Verb,
    /// There are no rule names in brackets.
    NoRules,
    /// `ignore-file` below the first key.
    NotAtTop,
}

/// A rule's name in a directive.
#[derive(Clone, Debug)]
pub struct Name {
    pub id: String,
    pub span: Span,
    pub standing: Standing,
}

/// What became of a rule's name in a directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It silenced a finding.
    Used,
    /// There was nothing to silence.
    Unused,
    /// The rule did not run, or could not see everything.
    Unjudged,
    /// No rule has this name.
    Unknown,
}

/// The directives in a text's comments.
pub fn directives(id: SourceId, source: &Source, comments: &[Comment]) -> Vec<Directive> {
    let mut found = Vec::new();
    let mut layout = Layout::of(source);
    for comment in comments {
        let Some(text) = source.text.get(comment.span.range()) else { continue };
        let body = text.trim_start_matches('#');
        let Some(rest) = body.trim_start().strip_prefix("swarm-plan:") else { continue };
        let at = comment.span.start() + (text.len() - rest.len());
        found.push(directive(id, &mut layout, *comment, rest, at));
    }
    found
}

fn directive(
    id: SourceId,
    layout: &mut Layout,
    comment: Comment,
    text: &str,
    at: usize,
) -> Directive {
    let verb_end = text.find('[').unwrap_or(text.len());
    let verb = text[..verb_end].trim();
    let (names, closed) = names(id, text, verb_end, at);
    let line = layout.source.line_of(comment.span.start());
    let whole_file = verb == "ignore-file";
    let malformed = if verb.split_whitespace().next() != Some(verb) && !names.is_empty()
        || !matches!(verb.split_whitespace().next(), Some("ignore" | "ignore-file"))
    {
        Some(Malformed::Verb)
    } else if names.is_empty() || !closed {
        Some(Malformed::NoRules)
    } else if whole_file && line > layout.first_key {
        Some(Malformed::NotAtTop)
    } else {
        None
    };
    let lines = match malformed {
        Some(_) => 0..0,
        None if whole_file => 0..layout.source.lines(),
        None if comment.own_line => layout.block_below(line),
        None => line..line + 1,
    };
    let after = text.find(']').map_or(text.len(), |it| it + 1);
    let reason = Span::new(id, at + after, comment.span.end());
    Directive { span: comment.span, lines, names, reason, malformed }
}

/// The names between the brackets, and whether the bracket is closed.
fn names(id: SourceId, text: &str, open: usize, at: usize) -> (Vec<Name>, bool) {
    let Some(inside) = text.get(open + 1..) else { return (Vec::new(), false) };
    let end = inside.find(']');
    let inside = &inside[..end.unwrap_or(inside.len())];
    let mut names = Vec::new();
    let mut start = at + open + 1;
    for part in inside.split(',') {
        let name = part.trim();
        let from = start + (part.len() - part.trim_start().len());
        if !name.is_empty() {
            let span = Span::new(id, from, from + name.len());
            names.push(Name { id: name.to_owned(), span, standing: Standing::Unjudged });
        }
        start += part.len() + 1;
    }
    (names, end.is_some())
}

/// How the lines of a text belong together. Each line is looked at once, and each block once.
struct Layout<'a> {
    source: &'a Source,
    /// For each line the next one, itself included, that holds more than a comment.
    next: Vec<usize>,
    first_key: usize,
    blocks: BTreeMap<usize, Range<usize>>,
}

impl<'a> Layout<'a> {
    fn of(source: &'a Source) -> Self {
        let lines = source.lines();
        let mut next = vec![lines; lines + 1];
        let mut first_key = lines;
        for line in (0..lines).rev() {
            let text = source.text[source.line_range(line)].trim_start_matches('\u{feff}').trim();
            let holds_something = !text.is_empty() && !text.starts_with('#');
            next[line] = if holds_something { line } else { next[line + 1] };
            if holds_something && !text.starts_with('%') && text != "---" {
                first_key = line;
            }
        }
        Self { source, next, first_key, blocks: BTreeMap::new() }
    }

    /// The next line that holds something, and all deeper lines that follow it; a list may stand
    /// as deep as its key.
    fn block_below(&mut self, line: usize) -> Range<usize> {
        let first = self.next[line + 1];
        if first == self.source.lines() {
            return 0..0;
        }
        if let Some(known) = self.blocks.get(&first) {
            return known.clone();
        }
        let is_item = |text: &str| text == "-" || text.starts_with("- ");
        let (indent, text) = self.indentation(first);
        let is_key = !is_item(text);
        let mut end = self.next[first + 1];
        while end < self.source.lines() {
            let (deep, text) = self.indentation(end);
            if deep < indent || (deep == indent && !(is_key && is_item(text))) {
                break;
            }
            end = self.next[end + 1];
        }
        self.blocks.insert(first, first..end);
        first..end
    }

    fn indentation(&self, line: usize) -> (usize, &'a str) {
        let text = &self.source.text[self.source.line_range(line)];
        let rest = text.trim_start_matches(' ');
        (text.len() - rest.len(), rest.trim_end())
    }
}

/// Takes the findings away that a directive speaks for, and notes which names silenced something.
/// Returns what was taken away.
pub fn apply(
    directives: &mut [Directive],
    line_of: impl Fn(Span) -> usize,
    found: &mut Found,
) -> Vec<Silenced> {
    let mut sweeps = sweeps(directives);
    if sweeps.is_empty() {
        return Vec::new();
    }
    found.told.sort_by_key(|it| it.span);
    found.untold.sort_unstable_by_key(|it| it.span);
    let mut reasons = Vec::new();
    let mut is_silent = |rule: &str, span: Span, sweeps: &mut Sweeps| {
        let sweep = sweeps.get_mut(&(span.source, rule.to_owned()))?;
        sweep.reason(line_of(span), directives)
    };
    let taken = found.told.extract_if(.., |it| {
        let reason = is_silent(it.rule, it.span, &mut sweeps);
        reasons.extend(reason);
        reason.is_some()
    });
    let taken: Vec<_> = taken.collect();
    let mut silenced: Vec<_> = (taken.into_iter().zip(reasons))
        .map(|(diagnostic, reason)| Silenced { diagnostic, reason })
        .collect();

    sweeps.values_mut().for_each(Sweep::rewind);
    let mut reasons: BTreeMap<(&str, SourceId), Span> = BTreeMap::new();
    let taken = found.untold.extract_if(.., |it| {
        let reason = is_silent(it.rule, it.span, &mut sweeps);
        if let Some(reason) = reason {
            reasons.entry((it.rule, it.span.source)).or_insert(reason);
        }
        reason.is_some()
    });
    silenced.extend(found::summaries(taken.collect()).into_iter().map(|diagnostic| {
        let reason = reasons.get(&(diagnostic.rule, diagnostic.span.source));
        Silenced { reason: reason.copied().unwrap_or(diagnostic.span), diagnostic }
    }));
    silenced
}

/// By text and rule.
type Sweeps = BTreeMap<(SourceId, String), Sweep>;

fn sweeps(directives: &[Directive]) -> Sweeps {
    let mut sweeps = Sweeps::new();
    for (at, directive) in directives.iter().enumerate() {
        for (name_at, name) in directive.names.iter().enumerate() {
            let sweep = sweeps.entry((directive.span.source, name.id.clone())).or_default();
            sweep.directives.push((directive.lines.clone(), at, name_at));
        }
    }
    for sweep in sweeps.values_mut() {
        sweep.directives.sort_by_key(|(lines, ..)| lines.start);
    }
    sweeps
}

/// Where one rule is silenced in one text, read from its top to its end.
#[derive(Default)]
struct Sweep {
    /// In the order of their lines.
    directives: Vec<(Range<usize>, usize, usize)>,
    /// How many of them begin at the line that was read last, or above.
    passed: usize,
    silent_until: usize,
    /// The words of the directive that reaches furthest.
    reason: Span,
}

impl Sweep {
    /// The words of the directive that silences a line, which is no line above the last one.
    fn reason(&mut self, line: usize, directives: &mut [Directive]) -> Option<Span> {
        while let Some((lines, at, name)) = self.directives.get(self.passed)
            && lines.start <= line
        {
            self.passed += 1;
            if lines.end > self.silent_until {
                (self.silent_until, self.reason) = (lines.end, directives[*at].reason);
            }
            if lines.contains(&line) {
                directives[*at].names[*name].standing = Standing::Used;
            }
        }
        (line < self.silent_until).then_some(self.reason)
    }

    /// Back to the top.
    fn rewind(&mut self) {
        (self.passed, self.silent_until) = (0, 0);
    }
}
