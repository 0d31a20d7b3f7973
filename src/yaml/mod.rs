//! Text → tree. Reads the dialect that Docker's YAML library (go-yaml 3) reads, keeps the place of
//! everything, and goes on after an error. Knows nothing about stacks.

mod advice;
mod assemble;
mod compose;
mod cursor;
mod decode;
pub mod emit;
mod node;
mod parse;
mod recover;
mod resolve;
mod scan;
mod token;
mod trace;

pub use node::{Entry, Key, Map, Node, Timestamp, Value};
pub use trace::{Step, trace};

use crate::source::{SourceId, Span};

/// One text, read. Only the first document counts, as for Docker.
#[derive(Debug, Default)]
pub struct Document {
    /// The tree: null for an empty text. After an error, what could be saved.
    pub root: Node,
    /// What Docker's library refuses: first what Docker names, then the rest in the order of the
    /// text.
    pub errors: Vec<Error>,
    /// Of the errors that there was no room for: the first, and how many there are.
    pub more_errors: Option<(Span, usize)>,
    /// Keys written twice in one mapping, in the order of the text.
    pub duplicates: Vec<Duplicate>,
    /// Docker's whole answer about the duplicates where nothing else is wrong. It names every pair,
    /// and a pair once more for every alias that leads to it.
    pub duplicates_answer: Option<String>,
    /// Every comment of the first document.
    pub comments: Vec<Comment>,
    /// Every anchor of the first document, in the order of the text.
    pub anchors: Vec<Anchor>,
    /// Where a second document begins, which nobody reads.
    pub second_document: Option<Span>,
}

/// A place that the library cannot read.
#[derive(Clone, Debug)]
pub struct Error {
    pub span: Span,
    /// What is wrong, in plain words where the library's do not say it.
    pub message: String,
    /// Docker's whole answer had this been the only error, such as
    /// `yaml: line 3: mapping values are not allowed in this context`. Empty where Docker would
    /// take the text and only this reader stops: at more than 512 levels, or 4 GiB.
    pub docker: String,
    /// What to do, where that is known better than by the library.
    pub help: Option<String>,
    /// Another place that explains it, such as the bracket that was not closed.
    pub related: Option<(Span, String)>,
}

/// A key written again in the same mapping.
#[derive(Clone, Debug)]
pub struct Duplicate {
    pub key: String,
    pub first: Span,
    pub again: Span,
    /// The one-based lines `again` and `first`, as Docker's message names them.
    pub lines: (usize, usize),
}

/// A comment, from its `#` to the end of its line.
#[derive(Clone, Copy, Debug)]
pub struct Comment {
    pub span: Span,
    /// Whether nothing but blanks stands before it on its line.
    pub own_line: bool,
}

/// An anchor and the aliases that use it.
#[derive(Clone, Debug)]
pub struct Anchor {
    pub name: String,
    /// `&name`
    pub span: Span,
    /// Each `*name` that means this anchor.
    pub uses: Vec<Span>,
}

/// Reads a text. Never fails: what is wrong is in [`Document::errors`].
pub fn parse(source: SourceId, text: &str) -> Document {
    if u32::try_from(text.len()).is_err() {
        return too_large(source);
    }
    let (graph, failure) = compose::compose(text);
    if failure.is_none() {
        return assemble::document(source, text, &graph, Vec::new(), 0);
    }
    // The library met these before the failure, and a repair may remove them.
    let known = graph.unknown;
    let repaired = recover::repair(text);
    let errors = repaired.faults.iter().map(|it| advice::explain(source, text, it)).collect();
    let (mut graph, _) = compose::compose(&repaired.patch.text);
    if repaired.patch.moves() {
        graph.relocate(|at| repaired.patch.original(at as usize) as u32);
    }
    graph.verify(text);
    let count = known.len();
    let last = known.last().map(|it| it.start);
    graph.unknown.retain(|it| Some(it.start) > last);
    graph.unknown.splice(..0, known);
    assemble::document(source, text, &graph, errors, count)
}

fn too_large(source: SourceId) -> Document {
    let error = Error {
        span: Span::new(source, 0, 0),
        message: "the file is larger than 4 GiB".to_owned(),
        docker: String::new(),
        help: None,
        related: None,
    };
    Document { errors: vec![error], ..Document::default() }
}

#[cfg(test)]
mod tests;
