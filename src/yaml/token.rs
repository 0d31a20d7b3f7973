//! Tokens, and what can go wrong on the way to them.

use std::borrow::Cow;

use crate::yaml::cursor::Mark;

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
}

/// The smallest piece of a text that means something.
#[derive(Clone, Debug)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind<'t>,
    pub(super) start: Mark,
    pub(super) end: Mark,
}

#[derive(Clone, Debug)]
pub(super) enum Kind<'t> {
    StreamEnd,
    /// `%YAML 1.1`
    Version(u8, u8),
    /// `%TAG handle prefix`
    TagDirective(&'t str, Cow<'t, str>),
    DocumentStart,
    DocumentEnd,
    BlockListStart,
    BlockMapStart,
    BlockEnd,
    FlowListStart,
    FlowListEnd,
    FlowMapStart,
    FlowMapEnd,
    /// `-`
    BlockEntry,
    /// `,`
    FlowEntry,
    /// `?`, or the place before a simple key.
    Key,
    /// `:`
    Value,
    Alias(&'t str),
    Anchor(&'t str),
    /// Handle and suffix; the handle is empty where the suffix is the whole tag.
    Tag(&'t str, Cow<'t, str>),
    Scalar(Scalar<'t>),
}

/// A scalar's text, folded and unescaped.
#[derive(Clone, Debug)]
pub(super) struct Scalar<'t> {
    pub(super) text: Cow<'t, str>,
    pub(super) style: Style,
    /// Where the text stands byte for byte, if it does.
    pub(super) verbatim: Option<u32>,
}

/// Which part of the library gave up; its line numbers depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Reader,
    Scanner,
    Parser,
}

/// Why the library gave up.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    pub(super) stage: Stage,
    /// The library's words.
    pub(super) problem: &'static str,
    /// Where the thing began that was being read.
    pub(super) context: Option<Mark>,
    pub(super) at: Mark,
}

impl Failure {
    /// What Docker answers.
    pub(super) fn docker(&self) -> String {
        let context = self.context.map_or(0, |it| it.line);
        let line = if context > 0 { context } else { self.at.line };
        let shift = u32::from(self.stage == Stage::Scanner);
        match (self.stage, line) {
            (Stage::Reader, _) | (_, 0) => format!("yaml: {}", self.problem),
            _ => format!("yaml: line {}: {}", line + shift, self.problem),
        }
    }
}

pub(super) type Attempt<T> = Result<T, Box<Failure>>;
