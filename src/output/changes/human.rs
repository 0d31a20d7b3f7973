//! What a deploy would change, for a terminal: step by step, with a sign and a word for each
//! outcome. Good without colours.

use std::io;

use termcolor::{Color, ColorSpec, WriteColor};

use crate::output::changes::document::{Change, Document, Field};
use crate::output::changes::{Comparison, lines, words};
use crate::output::escaped;
use crate::output::plan::{causes, dry_run, padded, wrap};
use crate::plan::diff::{self, Outcome};

pub(super) fn write(
    it: &Comparison,
    document: &Document,
    out: &mut dyn WriteColor,
) -> io::Result<()> {
    verdict(it, document, out)?;
    for (step, shown) in it.diff.steps.iter().zip(&document.steps) {
        if step.changes.is_empty() {
            continue;
        }
        writeln!(out)?;
        bold(out, &format!("Step {}  {}", step.stage as usize + 1, step.stage.word()))?;
        writeln!(out, "{}", lines::of_step(it, step))?;
        for (change, shown) in step.changes.iter().zip(&shown.changes) {
            object(it, change, shown, out)?;
        }
        for line in &shown.halt {
            write!(out, "  ")?;
            colored(out, Color::Red, "■")?;
            writeln!(out, " {}", wrap(&escaped(line), 4, 4))?;
        }
    }
    left(document, out)?;
    if let Some(plan) = it.plan {
        if it.diff.halt.is_some() {
            writeln!(out)?;
            writeln!(out, "{}", wrap("If the deploy went through all its steps:", 0, 0))?;
        }
        dry_run(plan, out)?;
    }
    writeln!(out)?;
    for remark in lines::remarks(it) {
        writeln!(out, "{}", wrap(&remark, 0, 0))?;
    }
    writeln!(out, "{}", words::summary(it.diff))
}

fn verdict(it: &Comparison, document: &Document, out: &mut dyn WriteColor) -> io::Result<()> {
    let (sign, color) = match document.summary.verdict {
        "good" => ("✓", Color::Green),
        "doubtful" => ("!", Color::Yellow),
        _ => ("✗", Color::Red),
    };
    colored(out, color, sign)?;
    write!(out, " ")?;
    bold(out, it.diff.name)?;
    let old = escaped(&it.diff.running.name);
    let text = format!("compared with {old}: {}", document.summary.text);
    writeln!(out, " {}", wrap(&text, 3 + it.diff.name.chars().count(), 2))?;
    for (color, sign, cause) in it.plan.map(causes).unwrap_or_default() {
        write!(out, "  ")?;
        colored(out, color, sign)?;
        writeln!(out, " {}", wrap(&escaped(&cause), 4, 4))?;
    }
    Ok(())
}

fn object(
    it: &Comparison,
    change: &diff::Change,
    shown: &Change,
    out: &mut dyn WriteColor,
) -> io::Result<()> {
    write!(out, "  ")?;
    colored(out, color(change.outcome), words::sign(change.outcome))?;
    let name = escaped(&change.name);
    write!(out, " {name}  ")?;
    let column = 6 + name.chars().count();
    writeln!(out, "{}", wrap(&escaped(&lines::of_object(it, change)), column, 6))?;
    let widths = shown.fields.iter().map(|it| escaped(&it.name).chars().count());
    let width = widths.filter(|it| *it <= NAMES).max().unwrap_or(0);
    shown.fields.iter().try_for_each(|it| field(it, width, out))?;
    for note in lines::notes(change, shown) {
        writeln!(out, "      {}", wrap(&escaped(&note), 6, 8))?;
    }
    Ok(())
}

/// Longer names of fields have a line of their own.
const NAMES: usize = 26;

fn field(it: &Field, width: usize, out: &mut dyn WriteColor) -> io::Result<()> {
    let mut text = lines::of_field(it);
    if let Some(note) = &it.note {
        text = format!("{text} · {note}");
    }
    if let Some(place) = &it.place {
        text = format!("{text} ({}:{})", place.file, place.line);
    }
    let name = escaped(&it.name);
    if name.chars().count() > width {
        writeln!(out, "      {name}")?;
        return writeln!(out, "        {}", wrap(&escaped(&text), 8, 10));
    }
    let name = padded(&name, width);
    writeln!(out, "      {name}  {}", wrap(&escaped(&text), 8 + width, 10))
}

fn left(document: &Document, out: &mut dyn WriteColor) -> io::Result<()> {
    if document.left.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    bold(out, "Left behind")?;
    writeln!(out)?;
    for it in &document.left {
        let text = format!("{} {}: {}", it.object, it.name, it.note);
        writeln!(out, "  {}", wrap(&escaped(&text), 2, 4))?;
    }
    Ok(())
}

fn color(outcome: Outcome) -> Color {
    match outcome {
        Outcome::Fails | Outcome::Delete => Color::Red,
        Outcome::Restart | Outcome::Unknown | Outcome::Ignored => Color::Yellow,
        Outcome::Create | Outcome::InPlace | Outcome::Scale => Color::Green,
        Outcome::None => Color::White,
    }
}

fn bold(out: &mut dyn WriteColor, text: &str) -> io::Result<()> {
    out.set_color(ColorSpec::new().set_bold(true))?;
    write!(out, "{}", escaped(text))?;
    out.reset()
}

fn colored(out: &mut dyn WriteColor, color: Color, text: &str) -> io::Result<()> {
    out.set_color(ColorSpec::new().set_fg(Some(color)))?;
    write!(out, "{text}")?;
    out.reset()
}
