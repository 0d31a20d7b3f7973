//! What a deploy would change, for a pull request: the verdict, a table, and the rest folded.

use std::io;

use termcolor::WriteColor;

use crate::output::PlanFormat;
use crate::output::changes::document::Document;
use crate::output::changes::{Comparison, lines, words};
use crate::output::plan::plain;
use crate::plan::diff::Outcome;

pub(super) fn write(
    it: &Comparison,
    document: &Document,
    out: &mut dyn WriteColor,
) -> io::Result<()> {
    let sign = match document.summary.verdict {
        "good" => "✅",
        "doubtful" => "⚠️",
        _ => "⛔",
    };
    let (name, text) = (plain(it.diff.name), plain(&document.summary.text));
    writeln!(out, "### {sign} {name}: {text}")?;
    writeln!(
        out,
        "\nCompared with {}: {}.",
        plain(&it.diff.running.name),
        words::summary(it.diff)
    )?;
    let halts = document.steps.iter().flat_map(|it| &it.halt);
    for line in halts {
        writeln!(out, "\n- ⛔ {}", plain(line))?;
    }
    let is_told = |it: Outcome| it != Outcome::None;
    if it.diff.changes().any(|it| is_told(it.outcome)) {
        writeln!(out, "\n| step | | what | |\n|---|---|---|---|")?;
    }
    for (step, shown) in it.diff.steps.iter().zip(&document.steps) {
        for (change, shown) in step.changes.iter().zip(&shown.changes) {
            if !is_told(change.outcome) && shown.notes.is_empty() {
                continue;
            }
            let step = format!("{} {}", step.stage as usize + 1, step.stage.word());
            let mut parts = vec![plain(&lines::of_object(it, change))];
            for field in &shown.fields {
                let note = field.note.as_ref().map(|it| format!(" · {it}")).unwrap_or_default();
                let text = format!("{}: {}{note}", field.name, lines::of_field(field));
                parts.push(plain(&text));
            }
            parts.extend(lines::notes(change, shown).iter().map(|it| plain(it)));
            let (sign, name) = (words::sign(change.outcome), plain(&change.name));
            writeln!(out, "| {step} | {} | {name} | {} |", plain(sign), parts.join("<br>"))?;
        }
    }
    if !document.left.is_empty() {
        writeln!(out, "\nLeft behind:\n")?;
    }
    for it in &document.left {
        writeln!(out, "- {} {}: {}", it.object, plain(it.name), plain(it.note))?;
    }
    for remark in lines::remarks(it) {
        writeln!(out, "\n{}", plain(&remark))?;
    }
    let Some(plan) = it.plan else { return Ok(()) };
    writeln!(out)?;
    PlanFormat::Markdown.write(plan, out)
}
