//! What to say about a text that the library cannot read: where exactly it is, and what to do.

use crate::source::{SourceId, Span};
use crate::yaml::Error;
use crate::yaml::token::Failure;

/// Words a failure.
pub(super) fn explain(source: SourceId, _text: &str, failure: &Failure) -> Error {
    let at = failure.at.at as usize;
    Error {
        span: Span::new(source, at, at),
        message: failure.problem.to_owned(),
        docker: failure.docker(),
        help: None,
        related: None,
    }
}
