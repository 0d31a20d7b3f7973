//! JSON for machines: `swarm-plan/check/1`, as in `schemas/check.schema.json`. Fields are only ever
//! added.

use std::io;

use serde::Serialize;
use termcolor::WriteColor;

use crate::diagnostic::{Diagnostic, Safety, Severity};
use crate::output::fingerprint::fingerprints;
use crate::output::{Report, place};
use crate::source::{Sources, Span};

#[derive(Serialize)]
struct Check<'a> {
    schema: &'static str,
    version: &'static str,
    findings: Vec<Finding<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    path: &'a str,
    range: Range,
    service: Option<&'a str>,
    related: Vec<Related<'a>>,
    help: Option<&'a str>,
    notes: &'a [String],
    fix: Option<Fix<'a>>,
    /// Stays the same when lines move.
    fingerprint: String,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

/// Counted from one; columns in characters.
#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    path: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    path: &'a str,
    range: Range,
    replacement: &'a str,
}

#[derive(Serialize, Default)]
struct Summary {
    stacks: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    hints: usize,
    /// What comments silence.
    silenced: usize,
}

pub(super) fn write(report: Report, out: &mut dyn WriteColor) -> io::Result<()> {
    let mut findings = Vec::new();
    let mut summary = Summary { stacks: report.stacks.len(), ..Summary::default() };
    for (stack, prints) in report.stacks.iter().zip(fingerprints(report)) {
        summary.silenced += stack.silenced.len();
        for (it, print) in stack.diagnostics.iter().zip(prints.diagnostics) {
            findings.push(finding(stack.sources, it, print));
            *match it.severity {
                Severity::Error => &mut summary.errors,
                Severity::Warning => &mut summary.warnings,
                Severity::Info => &mut summary.infos,
                Severity::Hint => &mut summary.hints,
            } += 1;
        }
    }
    let version = env!("CARGO_PKG_VERSION");
    let check = Check { schema: "swarm-plan/check/1", version, findings, summary };
    serde_json::to_writer_pretty(&mut *out, &check)?;
    writeln!(out)
}

fn finding<'a>(sources: &'a Sources, it: &'a Diagnostic, fingerprint: String) -> Finding<'a> {
    let related = it.related.iter().map(|label| Related {
        message: &label.text,
        path: path(sources, label.span),
        range: range(sources, label.span),
    });
    let fix = it.fix.as_ref().map(|fix| Fix {
        title: &fix.title,
        safe: fix.safety == Safety::Safe,
        edits: (fix.edits.iter())
            .map(|edit| Edit {
                path: path(sources, edit.span),
                range: range(sources, edit.span),
                replacement: &edit.replacement,
            })
            .collect(),
    });
    Finding {
        rule: it.rule,
        severity: it.severity.word(),
        message: &it.message,
        path: path(sources, it.span),
        range: range(sources, it.span),
        service: it.service.as_deref(),
        related: related.collect(),
        help: it.help.as_deref(),
        notes: &it.notes,
        fix,
        fingerprint,
    }
}

fn path(sources: &Sources, span: Span) -> &str {
    &sources.get(span.source).name
}

fn range(sources: &Sources, span: Span) -> Range {
    let position = |at| {
        let (line, column) = place(sources, span, at);
        Position { line, column }
    };
    Range { start: position(span.start()), end: position(span.end()) }
}
