//! Puts a [`Document`] together: the tree, and what a reader of the text wants to know besides.

use crate::source::{SourceId, Span};
use crate::yaml::compose::Graph;
use crate::yaml::cursor::{break_width, is_blank};
use crate::yaml::decode::decode;
use crate::yaml::{Anchor, Comment, Document, Error};

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
            help: Some(format!("define `&{}` above, or quote the text", it.name)),
            related: None,
        }
    });
    let mut unknown: Vec<Error> = unknown.collect();
    let mut typing = decoded.errors;
    if !syntax.is_empty() {
        let later = unknown.split_off(known.min(unknown.len()));
        unknown.extend(later.into_iter().filter(|it| !is_spoilt(text, &syntax, it.span.start)));
        typing.retain(|it| !is_spoilt(text, &syntax, it.span.start));
    }
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
        errors: in_order(syntax, unknown, typing, known),
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
fn in_order(
    syntax: Vec<Error>,
    mut unknown: Vec<Error>,
    typing: Vec<Error>,
    known: usize,
) -> Vec<Error> {
    let later = unknown.split_off(known.min(unknown.len()));
    let mut errors: Vec<Error> = [unknown, syntax, later, typing].into_iter().flatten().collect();
    if let Some(rest) = errors.get_mut(1..) {
        rest.sort_by_key(|it| it.span);
    }
    errors
}

/// Whether a place is on a line that could not be read, so that nothing else can be said of it.
fn is_spoilt(text: &str, syntax: &[Error], at: usize) -> bool {
    syntax.iter().any(|it| {
        let (first, last) = (it.span.start.min(at), it.span.start.max(at));
        text.get(first..last).is_some_and(|between| !between.contains('\n'))
    })
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
