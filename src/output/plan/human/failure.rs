//! What happens when nodes are lost.

use std::collections::BTreeSet;
use std::io;

use termcolor::{Color, WriteColor};

use crate::output::escaped;
use crate::output::plan::amount::count;
use crate::output::plan::human::{colored, matrix, title};
use crate::output::plan::text::{padded, wrap};
use crate::output::plan::words;
use crate::plan::{Failure, Lost, Outcome, Plan};

/// The most losses that are shown one by one.
const SHOWN: usize = 40;

pub(super) fn write(plan: &Plan, out: &mut dyn WriteColor) -> io::Result<()> {
    if let Some(it) = &plan.what_if {
        title(out, &format!("If {}", words::lost(plan, &it.lost)))?;
        write_asked(plan, it, out)?;
    }
    let shown: Vec<&Failure> =
        plan.failures.iter().filter(|it| words::is_telling(plan, it)).collect();
    if shown.is_empty() || plan.services.is_empty() {
        return Ok(());
    }
    title(out, "If this is lost")?;
    let rows = rows(plan, &shown);
    let shown = &rows[..rows.len().min(SHOWN)];
    let names: Vec<String> = shown.iter().map(|it| it.names.clone()).collect();
    let losses: Vec<&Failure> = shown.iter().map(|it| it.first).collect();
    matrix::write(plan, &names, &losses, out)?;
    let width = rows.iter().map(|it| escaped(&it.names).chars().count()).max();
    let width = width.unwrap_or_default().min(26);
    if losses.iter().any(|it| !it.hits.is_empty()) {
        writeln!(out, "  What becomes of the tasks:")?;
    }
    for it in shown {
        let names = padded(&escaped(&it.names), width);
        write!(out, "  {names}  ")?;
        let (mark, color) = mark(it.is_survived);
        colored(out, color, mark)?;
        let column = 6 + names.chars().count();
        writeln!(out, " {}", wrap(&escaped(&it.summary), column, width + 6))?;
    }
    let more =
        rows.iter().skip(SHOWN).map(|it| it.all.len()).sum::<usize>() + plan.failures_left_out;
    if more > 0 {
        writeln!(out, "  and {more} more, which are not shown")?;
    }
    let note = "A lost node is noticed after about 15 s, a task starts again after its restart delay \
                (5 s by default). Nothing moves back when the node returns.";
    writeln!(out, "  {}", wrap(note, 2, 2))
}

/// Losses of which the same is to be said.
struct Row<'f> {
    names: String,
    all: Vec<String>,
    is_pair: bool,
    first: &'f Failure,
    summary: String,
    is_survived: bool,
}

/// How wide the names of a row are together.
const WIDE: usize = 24;

fn rows<'f>(plan: &Plan, failures: &[&'f Failure]) -> Vec<Row<'f>> {
    let mut rows: Vec<Row> = Vec::new();
    for &it in failures {
        let (name, summary) = (words::lost_short(plan, &it.lost), words::summary(plan, it));
        let is_survived = it.is_survived();
        let is_pair = matches!(it.lost, Lost::Managers(..));
        let is_same = |row: &&mut Row| {
            row.is_pair == is_pair && row.is_survived == is_survived && row.summary == summary
        };
        match rows.iter_mut().find(is_same) {
            Some(row) => row.all.push(name),
            None => rows.push(Row {
                names: String::new(),
                all: vec![name],
                is_pair,
                first: it,
                summary,
                is_survived,
            }),
        }
    }
    let pairs = failures.iter().filter(|it| matches!(it.lost, Lost::Managers(..))).count();
    for it in &mut rows {
        it.names = if it.is_pair && it.all.len() > 1 && it.all.len() == pairs {
            "any 2 managers".to_owned()
        } else {
            few(&it.all)
        };
    }
    rows
}

/// As many names as there is room for, and how many more there are.
fn few(names: &[String]) -> String {
    let mut text = String::new();
    for (at, name) in names.iter().enumerate() {
        if at > 0 && text.chars().count() + 2 + name.chars().count() > WIDE {
            return format!("{text} +{}", names.len() - at);
        }
        text.push_str(if at > 0 { ", " } else { "" });
        text.push_str(name);
    }
    text
}

fn mark(is_survived: bool) -> (&'static str, Color) {
    if is_survived { ("✓", Color::Green) } else { ("✗", Color::Red) }
}

/// Each task of the nodes that the user asked about.
fn write_asked(plan: &Plan, it: &Failure, out: &mut dyn WriteColor) -> io::Result<()> {
    let (mark, color) = mark(it.is_survived());
    write!(out, "  ")?;
    colored(out, color, mark)?;
    writeln!(out, " {}", wrap(&escaped(&words::summary(plan, it)), 4, 4))?;
    let rows: Vec<(String, String)> =
        it.moves.iter().take(SHOWN).map(|it| words::step(plan, it)).collect();
    let width =
        rows.iter().map(|it| escaped(&it.0).chars().count()).max().unwrap_or_default().min(30);
    for (who, what) in &rows {
        let who = padded(&escaped(who), width);
        writeln!(out, "    {who}  {}", wrap(&escaped(what), 6 + who.chars().count(), 6 + width))?;
    }
    let more = it.moves.len().saturating_sub(SHOWN);
    if more > 0 {
        writeln!(out, "    and {more} more")?;
    }
    write_hits(plan, it, out)?;
    write_rebalance(plan, it, out)
}

/// How many tasks of each service run before, at once and in the end.
fn write_hits(plan: &Plan, it: &Failure, out: &mut dyn WriteColor) -> io::Result<()> {
    if it.hits.is_empty() {
        return Ok(());
    }
    let name = |index: usize| escaped(plan.services[index].name);
    let names = it.hits.iter().take(SHOWN).map(|it| name(it.service).chars().count());
    let width = names.max().unwrap_or_default().max("running".len());
    writeln!(out, "    {}  before  at once  in the end", padded("running", width))?;
    for hit in it.hits.iter().take(SHOWN) {
        let share = match hit.before {
            0 => String::new(),
            before => format!(" ({} %)", hit.after.saturating_mul(100) / before),
        };
        let name = padded(&name(hit.service), width);
        let (before, at_once, after) = (hit.before, hit.at_once, hit.after);
        writeln!(out, "    {name}  {before:>6}  {at_once:>7}  {after:>10}{share}")?;
    }
    let more = it.hits.len().saturating_sub(SHOWN);
    if more > 0 {
        writeln!(out, "    and {}", count(more, "more service"))?;
    }
    let others = plan.services.iter().filter(|it| it.running() > 0).count();
    if others > it.hits.len() {
        writeln!(out, "    {} as before", count(others - it.hits.len(), "other service"))?;
    }
    Ok(())
}

/// What brings tasks back that have moved.
fn write_rebalance(plan: &Plan, it: &Failure, out: &mut dyn WriteColor) -> io::Result<()> {
    let moved: BTreeSet<usize> = it
        .moves
        .iter()
        .filter(|it| matches!(it.outcome, Outcome::To(_)))
        .map(|it| it.service)
        .collect();
    if moved.is_empty() {
        return Ok(());
    }
    let text = "Nothing moves back by itself. To spread tasks again, with all of them replaced:";
    writeln!(out, "    {}", wrap(text, 4, 4))?;
    for index in moved.iter().take(SHOWN) {
        let name = escaped(plan.services[*index].name);
        writeln!(out, "      docker service update --force {name}")?;
    }
    let more = moved.len().saturating_sub(SHOWN);
    if more > 0 {
        writeln!(out, "      and {} likewise", count(more, "more service"))?;
    }
    Ok(())
}
