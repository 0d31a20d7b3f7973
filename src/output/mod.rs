//! Findings for people and machines. A format is one file and one arm below.

mod changes;
mod checkstyle;
mod diff;
mod escape;
mod excerpt;
mod fingerprint;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod mask;
mod outline;
mod plan;
mod ports;
mod repeated;
mod sarif;
mod short;
mod uri;
mod xml;

use std::borrow::Cow;
use std::io;
use std::path::Path;

use termcolor::WriteColor;

use crate::diagnostic::{Diagnostic, Severity};
use crate::hidden::Hidden;
use crate::source::{Columns, SourceId, Sources, Span};
use crate::suppression::Silenced;

pub use changes::Comparison;
pub use diff::{starred, write_diff};
pub use escape::escaped;
pub use fingerprint::Prints;
pub use mask::masked;
pub use plan::PlanFormat;
pub use ports::{Clients, Firewall, Peers, PortsFormat};

/// What a format gets to show: the stacks of one run, in order.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    pub stacks: &'a [Checked<'a>],
    /// The current folder, absolute: machines are told paths from here. Empty where there is none.
    pub folder: &'a Path,
    /// How many columns a line for people may have.
    pub width: usize,
    /// Whether people are told every finding in full, however many there are of a kind.
    pub whole: bool,
}

impl<'a> Report<'a> {
    /// A report in no folder, in lines of the usual width.
    pub fn of(stacks: &'a [Checked<'a>]) -> Self {
        Self { stacks, folder: Path::new(""), width: WIDTH, whole: false }
    }

    /// The path of the file that a span is in, for machines.
    fn path(self, stack: &'a Checked, span: Span) -> Cow<'a, str> {
        self.name(stack, span.source)
    }

    /// The path of a file, for machines: from the current folder where it lies below, with `/`.
    fn name(self, stack: &'a Checked, source: SourceId) -> Cow<'a, str> {
        let name = stack.sources.get(source).name.as_str();
        let below = self.folder.to_str().filter(|it| !it.is_empty());
        let below = below.and_then(|it| name.strip_prefix(it)?.strip_prefix('/'));
        let name = below.unwrap_or(name.strip_prefix("./").unwrap_or(name));
        if cfg!(windows) { Cow::Owned(name.replace('\\', "/")) } else { Cow::Borrowed(name) }
    }
}

/// The columns of a line that fits any terminal.
pub const WIDTH: usize = 80;

/// One stack and what was found in it.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    pub sources: &'a Sources,
    pub diagnostics: &'a [Diagnostic],
    /// What comments silence.
    pub silenced: &'a [Silenced],
    /// What is found and not shown: accepted by a baseline, or too mild.
    pub unshown: &'a [Diagnostic],
    /// How many of these a baseline accepts.
    pub accepted: usize,
    /// What no output may show, such as the value of a password.
    pub hidden: &'a Hidden,
}

static NOTHING: Hidden = Hidden { spans: Vec::new(), values: Vec::new() };

/// How many bytes from a comment a secret may stand that it repeats.
const NEAR: usize = 1000;

impl<'a> Checked<'a> {
    /// Findings, none of them silenced, in texts without secrets.
    pub fn new(sources: &'a Sources, diagnostics: &'a [Diagnostic]) -> Self {
        Self { sources, diagnostics, silenced: &[], unshown: &[], accepted: 0, hidden: &NOTHING }
    }

    /// The same findings in words that show no secret; none where theirs do not.
    fn masked<'b>(&'b self, masked: Option<&'b mask::Masked>) -> Checked<'b> {
        match masked {
            Some(mask::Masked { diagnostics, silenced, unshown }) => {
                Checked { diagnostics, silenced, unshown, ..*self }
            }
            None => *self,
        }
    }

    /// Whether a part of these bytes is hidden.
    fn is_hidden(&self, span: Span) -> bool {
        let spans = &self.hidden.spans;
        let first =
            spans.partition_point(|it| (it.source, it.end()) <= (span.source, span.start()));
        spans.get(first).is_some_and(|it| it.source == span.source && it.start() < span.end())
    }

    /// Why a comment silences a finding, in its own words.
    fn reason(&self, silenced: &Silenced) -> Option<&'a str> {
        let place = silenced.reason;
        let text = &self.sources.get(place.source).text;
        let reason = text.get(place.range())?.trim();
        // Whoever writes why a secret is there may write the secret.
        let (start, end) = (place.start().saturating_sub(NEAR), place.end().saturating_add(NEAR));
        let spans = &self.hidden.spans;
        let first = spans.partition_point(|it| (it.source, it.end()) < (place.source, start));
        let near = spans[first..].iter();
        let near = near.take_while(|it| it.source == place.source && it.start() < end);
        let values = self.hidden.values.iter().map(String::as_str);
        let mut secrets = near.filter_map(|it| text.get(it.range())).chain(values);
        let tells = self.is_hidden(place) || secrets.any(|it| reason.contains(it));
        (!reason.is_empty() && !tells).then_some(reason)
    }
}

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Human,
    Short,
    Json,
    Sarif,
    Github,
    Gitlab,
    Junit,
    Checkstyle,
}

impl Format {
    /// Every format.
    pub const ALL: &[Self] = &[
        Self::Human,
        Self::Short,
        Self::Json,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
        Self::Checkstyle,
    ];

    /// Whether the report is a document, which is there even when nothing was found.
    pub fn is_document(self) -> bool {
        !matches!(self, Self::Human | Self::Short | Self::Github)
    }

    /// Writes a report.
    pub fn write(self, report: Report, out: &mut dyn WriteColor) -> io::Result<()> {
        let masked: Vec<_> = report.stacks.iter().map(mask::findings).collect();
        let stacks: Vec<_> = report
            .stacks
            .iter()
            .zip(&masked)
            .map(|(it, masked)| it.masked(masked.as_ref()))
            .collect();
        let report = Report { stacks: &stacks, ..report };
        match self {
            Self::Human => human::write(report, out),
            Self::Short => short::write(report, out),
            Self::Json => json::write(report, out),
            Self::Sarif => sarif::write(report, out),
            Self::Github => github::write(report, out),
            Self::Gitlab => gitlab::write(report, out),
            Self::Junit => junit::write(report, out),
            Self::Checkstyle => checkstyle::write(report, out),
        }
    }
}

/// The findings of a stack in words that show no secret.
pub fn without_secrets(stack: &Checked) -> Vec<Diagnostic> {
    mask::findings(stack).map_or_else(|| stack.diagnostics.to_vec(), |it| it.diagnostics)
}

/// Names every finding of a report, by stack. No name stands twice: of findings that are alike, the
/// second gets another one.
pub fn fingerprints(report: Report) -> Vec<Prints> {
    let masked: Vec<_> = report.stacks.iter().map(mask::findings).collect();
    let stacks: Vec<_> =
        report.stacks.iter().zip(&masked).map(|(it, masked)| it.masked(masked.as_ref())).collect();
    fingerprint::fingerprints(Report { stacks: &stacks, ..report })
}

/// `2 errors, 1 warning`; nothing where there is nothing.
pub fn counted(severities: impl Iterator<Item = Severity>) -> String {
    let mut counts = [0_usize; Severity::ALL.len()];
    for it in severities {
        counts[it as usize] += 1;
    }
    let words = Severity::ALL.into_iter().rev().filter(|it| counts[*it as usize] > 0).map(|it| {
        let count = counts[it as usize];
        // "info" has no plural.
        let plural = if count == 1 || it == Severity::Info { "" } else { "s" };
        format!("{count} {it}{plural}")
    });
    words.collect::<Vec<_>>().join(", ")
}

/// Line and column of a byte, counted from one, columns in characters.
fn place(sources: &Sources, span: Span, at: usize) -> (usize, usize) {
    let position = sources.get(span.source).position(at, Columns::Chars);
    (position.line + 1, position.column + 1)
}
