//! Findings for people and machines. A format is one file and one arm below.

mod diff;
mod escape;
mod excerpt;
mod human;
mod json;
mod mask;
mod plan;
mod ports;
mod short;

use std::io;

use termcolor::WriteColor;

use crate::diagnostic::{Diagnostic, Severity};
use crate::hidden::Hidden;
use crate::source::{Columns, Sources, Span};

pub use diff::{starred, write_diff};
pub use escape::escaped;
pub use mask::masked;
pub use plan::PlanFormat;
pub use ports::{Clients, Firewall, Peers, PortsFormat};

/// What a format gets to show: the stacks of one run, in order.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    pub stacks: &'a [Checked<'a>],
}

/// One stack and what was found in it.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    pub sources: &'a Sources,
    pub diagnostics: &'a [Diagnostic],
    /// What no output may show, such as the value of a password.
    pub hidden: &'a Hidden,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Human,
    Short,
    Json,
}

impl Format {
    /// Every format.
    pub const ALL: &[Self] = &[Self::Human, Self::Short, Self::Json];

    /// Writes a report.
    pub fn write(self, report: Report, out: &mut dyn WriteColor) -> io::Result<()> {
        let masked: Vec<_> = report.stacks.iter().map(mask::diagnostics).collect();
        let stacks: Vec<_> = (report.stacks.iter().zip(&masked))
            .map(|(it, masked)| match masked {
                Some(diagnostics) => Checked { diagnostics, ..*it },
                None => *it,
            })
            .collect();
        let report = Report { stacks: &stacks };
        match self {
            Self::Human => human::write(report, out),
            Self::Short => short::write(report, out),
            Self::Json => json::write(report, out),
        }
    }
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
