//! What we tell people: message, places, fix.

use std::collections::BTreeSet;
use std::fmt;

use crate::source::{Place, Span, Spanned};
use crate::stack::problem::Problem;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A matter of taste.
    Hint,
    /// Worth knowing.
    Info,
    /// It works, but not as meant, or it is exposed.
    Warning,
    /// Docker refuses, tasks never run, data is lost or a secret leaks.
    Error,
}

impl Severity {
    /// Every severity, the mildest first.
    pub const ALL: [Self; 4] = [Self::Hint, Self::Info, Self::Warning, Self::Error];

    /// `hint`, `info`, `warning`, `error`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The severity that a word names.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The rule that found it.
    pub rule: &'static str,
    pub severity: Severity,
    /// What is wrong, in one line, without a final period.
    pub message: String,
    pub span: Span,
    /// The service it is about.
    pub service: Option<String>,
    /// Other places that explain the finding.
    pub related: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
    /// What else is worth knowing, such as Docker's own words.
    pub notes: Vec<String>,
    pub fix: Option<Fix>,
}

/// A place and what it has to do with a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub text: String,
}

/// Edits that resolve a finding, applied together. The module `edit` makes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the edits do, such as "quote the value".
    pub title: String,
    pub safety: Safety,
    pub edits: Vec<Edit>,
    /// What may be read otherwise afterwards; everything else must stay.
    pub changes: Vec<Change>,
    pub effect: Effect,
    /// The services whose findings it resolves; none where it is about no service.
    pub services: BTreeSet<String>,
}

/// What a fix does to what a deploy sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The same is sent.
    None,
    /// What the change stands for is sent otherwise.
    Changed,
}

/// Whether a fix may be applied without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// The file means the same afterwards, or provably what was intended.
    Safe,
    /// A person should look at it.
    Unsafe,
}

/// Bytes to put in place of others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    pub span: Span,
    pub replacement: String,
}

/// A place of the tree that a fix changes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// A key whose entry goes, a value that becomes another, or the mapping that gets a key.
    pub span: Span,
    /// The key that the mapping gets.
    pub adds: Option<String>,
}

impl Fix {
    /// Says that a deploy sends the same afterwards; a fix that does not keep this is refused.
    pub fn without_effect(mut self) -> Self {
        self.effect = Effect::None;
        self
    }
}

impl Diagnostic {
    /// Adds a place that explains the finding.
    pub fn related(&mut self, span: Span, text: impl Into<String>) -> &mut Self {
        self.related.push(Label { span, text: text.into() });
        self
    }

    /// Says what to do.
    pub fn help(&mut self, text: impl Into<String>) -> &mut Self {
        self.help = Some(text.into());
        self
    }

    /// Says what else is worth knowing.
    pub fn note(&mut self, text: impl Into<String>) -> &mut Self {
        self.notes.push(text.into());
        self
    }

    /// Offers edits that resolve the finding, where there are any.
    pub fn fix(&mut self, fix: impl Into<Option<Fix>>) -> &mut Self {
        let Some(mut fix) = fix.into() else { return self };
        fix.services = self.service.iter().cloned().collect();
        self.fix = Some(fix);
        self
    }

    /// Lowers the severity of a finding that is milder than others of its rule.
    pub fn at_most(&mut self, severity: Severity) -> &mut Self {
        self.severity = self.severity.min(severity);
        self
    }
}

/// Where a finding points: a span, and the alias or merge key that pulled it in from elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    pub span: Span,
    pub via: Option<Span>,
}

impl From<Span> for Spot {
    fn from(span: Span) -> Self {
        Self { span, via: None }
    }
}

impl From<Place> for Spot {
    fn from(place: Place) -> Self {
        Self { span: place.span, via: place.via }
    }
}

impl<T> From<&Spanned<T>> for Spot {
    fn from(it: &Spanned<T>) -> Self {
        it.place.into()
    }
}

impl From<&Problem> for Spot {
    fn from(problem: &Problem) -> Self {
        Self { span: problem.span, via: problem.via }
    }
}

/// A text without its middle, if it is far too long to be read: what is wrong with a value that
/// Docker repeats stands before or after it. No word stands there with its end alone: who looks for
/// hidden words would not know it.
pub fn shortened(text: String) -> String {
    const BEFORE: usize = 400;
    const AFTER: usize = 150;
    if text.len() <= BEFORE + AFTER {
        return text;
    }
    let bounds = |at: &usize| text.is_char_boundary(*at);
    let start = (0..=BEFORE).rev().find(bounds).unwrap_or_default();
    let end = (text.len() - AFTER..text.len()).find(bounds).unwrap_or(text.len());
    let blank = text[end..].find(char::is_whitespace);
    let end = blank.map_or(text.len(), |at| end + at);
    format!("{}…{}", &text[..start], &text[end..])
}
