//! Comments that silence findings.

use crate::diagnostic::Edit;
use crate::lsp::actions::{Action, Bench, is_as_sound};
use crate::source::Span;

/// So many findings are looked at.
const MOST: usize = 20;

/// A comment for each finding at the place.
pub(super) fn of(bench: &Bench) -> Vec<Action> {
    let here = bench.snapshot.findings.iter().filter(|it| {
        it.span.source == bench.source
            && it.span.start() <= bench.range.end
            && bench.range.start <= it.span.end()
    });
    let mut found: Vec<Action> = Vec::new();
    for it in here.take(MOST) {
        let title = format!("Ignore `{}` here", it.rule);
        if found.iter().any(|own| own.title == title) {
            continue;
        }
        let edit = edits(bench, it.rule, it.span).into_iter().find(|edit| {
            let edit = std::slice::from_ref(edit);
            let after = bench.after(edit);
            let before = &bench.snapshot.analysis;
            let of = |them: &[crate::diagnostic::Diagnostic]| {
                them.iter().filter(|own| own.rule == it.rule && own.message == it.message).count()
            };
            let unused = |them: &[crate::diagnostic::Diagnostic]| {
                them.iter().filter(|own| own.rule == "unused-ignore").count()
            };
            after.specs == before.specs
                && is_as_sound(before, &after)
                && of(&after.diagnostics) < of(&before.diagnostics)
                && unused(&after.diagnostics) <= unused(&before.diagnostics)
        });
        found.extend(edit.map(|edit| Action {
            title,
            kind: "quickfix",
            resolves: Some((it.rule, it.span.range())),
            is_preferred: false,
            edits: vec![edit],
        }));
    }
    found
}

/// The ways to write it: in the comment that is there, behind the line, above the line.
fn edits(bench: &Bench, rule: &str, span: Span) -> Vec<Edit> {
    let text = bench.text();
    let start = text[..span.start().min(text.len())].rfind('\n').map_or(0, |it| it + 1);
    let rest = &text[start..];
    let line = rest.lines().next().unwrap_or_default().trim_end();
    let edit =
        |at: usize, text: String| Edit { span: Span::new(span.source, at, at), replacement: text };
    let mut found = Vec::new();
    if let Some(comment) = line.find("swarm-plan: ignore[")
        && let Some(end) = line[comment..].find(']')
    {
        found.push(edit(start + comment + end, format!(", {rule}")));
    }
    found.push(edit(start + line.len(), format!(" # swarm-plan: ignore[{rule}]")));
    let indent = &line[..line.len() - line.trim_start().len()];
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    found.push(edit(start, format!("{indent}# swarm-plan: ignore[{rule}]{line_break}")));
    found
}
