//! Code quality reports of GitLab: a list of issues in JSON, told apart by their fingerprints.

use std::borrow::Cow;
use std::io;

use serde::Serialize;
use termcolor::WriteColor;

use crate::diagnostic::{Diagnostic, Severity};
use crate::output::fingerprint::fingerprints;
use crate::output::{Checked, Report, place};
use crate::rule::Group;
use crate::rules;

#[derive(Serialize)]
struct Issue<'a> {
    r#type: &'static str,
    check_name: &'a str,
    categories: [&'static str; 1],
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Content<'a>>,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

/// Markdown.
#[derive(Serialize)]
struct Content<'a> {
    body: &'a str,
}

#[derive(Serialize)]
struct Location<'a> {
    path: Cow<'a, str>,
    lines: Lines,
}

/// Counted from one, both included.
#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

pub(super) fn write(report: Report, out: &mut dyn WriteColor) -> io::Result<()> {
    let mut issues = Vec::new();
    for (stack, prints) in report.stacks.iter().zip(fingerprints(report)) {
        for (it, print) in stack.diagnostics.iter().zip(prints.diagnostics) {
            issues.push(issue(report, stack, it, print));
        }
    }
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    writeln!(out)
}

fn issue<'a>(
    report: Report<'a>,
    stack: &'a Checked,
    it: &'a Diagnostic,
    fingerprint: String,
) -> Issue<'a> {
    let severity = match it.severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Info => "minor",
        Severity::Hint => "info",
    };
    let group = rules::find(it.rule).map(|it| it.rule.group);
    let category = match group {
        Some(Group::Secrets | Group::Security) => "Security",
        Some(Group::Style) => "Style",
        _ => "Bug Risk",
    };
    let begin = place(stack.sources, it.span, it.span.start()).0;
    let end = place(stack.sources, it.span, it.span.end()).0;
    Issue {
        r#type: "issue",
        check_name: it.rule,
        categories: [category],
        description: &it.message,
        content: it.help.as_deref().map(|body| Content { body }),
        fingerprint,
        severity,
        location: Location {
            path: report.path(stack, it.span),
            lines: Lines { begin, end: end.max(begin) },
        },
    }
}
