//! Each loss against each service, as a table.

use std::io;

use termcolor::{Color, WriteColor};

use crate::output::escaped;
use crate::output::plan::human::colored;
use crate::output::plan::text::{WIDTH, padded, wrap};
use crate::output::plan::words::{Cell, Line, matrix};
use crate::plan::{Failure, Plan};

/// The most services that the table has.
const MOST: usize = 24;

/// How wide a service's name may be in the head.
const NAME: usize = 14;

/// Writes the table: a row for each name, whose loss is at the same place. Nothing where no task is
/// hit.
pub(super) fn write(
    plan: &Plan,
    names: &[String],
    losses: &[&Failure],
    out: &mut dyn WriteColor,
) -> io::Result<()> {
    let table = matrix(plan, losses);
    if table.services.is_empty() {
        return Ok(());
    }
    writeln!(out, "  Tasks that run in the end, of those that ran before:")?;
    let names: Vec<String> = std::iter::once("now".to_owned())
        .chain(names.iter().map(|it| escaped(it).into_owned()))
        .collect();
    let first = names.iter().map(|it| it.chars().count()).max().unwrap_or_default().min(26);
    let head = |service: &usize| {
        let name = escaped(plan.services[*service].short_name()).into_owned();
        shortened(&name, NAME)
    };
    let lines: Vec<&Line> = std::iter::once(&table.now).chain(&table.lines).collect();
    let mut columns: Vec<(String, Vec<&Cell>)> = Vec::new();
    for (at, service) in table.services.iter().take(MOST).enumerate() {
        columns.push((head(service), lines.iter().map(|it| &it.cells[at]).collect()));
    }
    if !plan.quorum.managers.is_empty() {
        columns.push(("managers".to_owned(), lines.iter().map(|it| &it.managers).collect()));
    }
    let mut rest = columns.as_slice();
    while !rest.is_empty() {
        let mut used = 2 + first;
        let fit = rest.iter().take_while(|it| {
            used += 2 + width(it);
            used <= WIDTH
        });
        let fit = fit.count().max(1);
        let (now, later) = rest.split_at(fit);
        rest = later;
        block(&names, first, now, out)?;
    }
    if table.services.len() > MOST {
        let text = format!("and {} more services", table.services.len() - MOST);
        writeln!(out, "  {}", wrap(&text, 2, 2))?;
    }
    Ok(())
}

fn block(
    names: &[String],
    first: usize,
    columns: &[(String, Vec<&Cell>)],
    out: &mut dyn WriteColor,
) -> io::Result<()> {
    let mut head = format!("  {}", " ".repeat(first));
    for it in columns {
        let missing = (width(it) - 2).saturating_sub(it.0.chars().count());
        head.extend(["  ", &" ".repeat(missing), &it.0, "  "]);
    }
    writeln!(out, "{}", head.trim_end())?;
    for (row, name) in names.iter().enumerate() {
        write!(out, "  {}", padded(&shortened(name, first), first))?;
        for (at, column) in columns.iter().enumerate() {
            let Some(cell) = column.1.get(row) else { continue };
            write!(out, "  {:>width$}", cell.text, width = width(column) - 2)?;
            if cell.is_bad {
                write!(out, " ")?;
                colored(out, Color::Red, "✗")?;
            } else if at + 1 < columns.len() {
                write!(out, "  ")?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Of a column, with the place for its marks.
fn width((name, cells): &(String, Vec<&Cell>)) -> usize {
    let widest = cells.iter().map(|it| it.text.chars().count()).max().unwrap_or_default();
    widest.max(name.chars().count()) + 2
}

/// The text, or its start.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let start: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{start}…")
}
