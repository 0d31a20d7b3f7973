//! Puts a [`Document`] together: the tree, and what a reader of the text wants to know besides.

use std::ops::Range;

use crate::source::{SourceId, Span};
use crate::yaml::compose::Graph;
use crate::yaml::cursor::{break_width, is_blank};
use crate::yaml::decode::decode;
use crate::yaml::{Anchor, Comment, Document, Error};

/// The longest name that is repeated in an advice, in bytes.
const LONGEST_NAME: usize = 100;

/// Makes the document of a graph; `syntax` are the errors that stood in the way of reading it, the
/// first of them behind `known` unknown anchors.
pub(super) fn document(
    source: SourceId,
    text: &str,
    graph: &Graph,
    syntax: Vec<Error>,
    known: usize,
) -> Document {
    let span = |start: u32, end: u32| Span::new(source, start as usize, end as usize);
    let decoded = decode(graph, source);
    let unknown = graph.unknown.iter().map(|it| {
        let problem = format!("unknown anchor '{}' referenced", it.name);
        Error {
            span: span(it.start, it.end),
            docker: format!("yaml: {problem}"),
            message: problem,
            help: Some(if it.name.len() > LONGEST_NAME {
                "define the anchor above, or quote the text".to_owned()
            } else {
                format!("define `&{}` above, or quote the text", it.name)
            }),
            related: None,
        }
    });
    let mut unknown: Vec<Error> = unknown.collect();
    let beyond = graph.beyond.map(|(start, end)| Error {
        span: span(start, end),
        message: "the file holds more than a million keys and values".to_owned(),
        docker: String::new(),
        help: Some("nothing beyond is read here; Docker has no such limit".to_owned()),
        related: None,
    });
    let (count, (start, end)) = graph.more_unknown;
    let more = (count > 0).then(|| (span(start, end), count));
    let more_errors = match (decoded.more, more) {
        (Some((one, count)), Some((other, more))) => Some((one.min(other), count + more)),
        (one, other) => one.or(other),
    };
    let mut typing = decoded.errors;
    let spoilt = spoilt_lines(text, &syntax);
    let is_sound = |it: &Error| !spoilt.iter().any(|line| line.contains(&it.span.start()));
    typing.retain(is_sound);
    let later = unknown.split_off(known.min(unknown.len()));
    let later: Vec<Error> = later.into_iter().filter(is_sound).collect();
    let anchors = graph.anchors.iter().map(|it| Anchor {
        name: it.name.to_owned(),
        span: span(it.start, it.end),
        uses: it.uses.iter().map(|&(start, end)| span(start, end)).collect(),
    });
    let comments = graph.comments.iter().filter(|it| it.start < graph.end).map(|it| {
        let before = text.get(..it.start as usize).unwrap_or_default();
        let before = before.trim_end_matches([' ', '\t']);
        let own_line = before.is_empty()
            || before.ends_with(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{feff}']);
        Comment { span: span(it.start, it.end), own_line }
    });
    let answer = (!decoded.refusals.is_empty())
        .then(|| format!("yaml: unmarshal errors:\n  {}", decoded.refusals.join("\n  ")));
    let mut duplicates = decoded.duplicates;
    duplicates.sort_by_key(|it| it.again);
    Document {
        root: decoded.root,
        errors: in_order([unknown, syntax, later, typing, beyond.into_iter().collect()]),
        more_errors,
        duplicates,
        duplicates_answer: answer,
        comments: comments.collect(),
        anchors: anchors.collect(),
        second_document: second_document(text, graph.end as usize)
            .map(|(start, end)| Span::new(source, start, end)),
    }
}

/// The error that Docker names comes first, the others follow in the order of the text. While it
/// reads, the library stops at the first; only then does it type the values.
fn in_order(groups: [Vec<Error>; 5]) -> Vec<Error> {
    let mut errors: Vec<Error> = groups.into_iter().flatten().collect();
    if let Some(rest) = errors.get_mut(1..) {
        rest.sort_by_key(|it| it.span);
    }
    errors
}

/// The lines that could not be read, of which nothing else can be said.
fn spoilt_lines(text: &str, syntax: &[Error]) -> Vec<Range<usize>> {
    let line = |it: &Error| {
        let (before, after) = text.split_at_checked(it.span.start()).unwrap_or((text, ""));
        let start = before.rfind('\n').map_or(0, |it| it + 1);
        start..before.len() + after.find('\n').unwrap_or(after.len()) + 1
    };
    syntax.iter().map(line).collect()
}

/// The `---` or other text behind the first document that has content nobody reads.
fn second_document(text: &str, end: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = end;
    let mut marker = None;
    while at < bytes.len() {
        let width = break_width(bytes, at);
        let rest = &bytes[at..];
        if width > 0 || is_blank(bytes[at]) {
            at += width.max(1);
        } else if bytes[at] == b'#' {
            at += rest.iter().position(|&it| it == b'\n').unwrap_or(rest.len());
        } else if rest.starts_with(b"---") || rest.starts_with(b"...") {
            if bytes[at] == b'-' {
                marker = marker.or(Some((at, at + 3)));
            }
            at += 3;
        } else {
            let line = rest.iter().position(|&it| it == b'\n').unwrap_or(rest.len());
            return marker.or(Some((at, at + line)));
        }
    }
    None
}
