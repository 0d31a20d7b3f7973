//! A plan for a terminal: the verdict first, then where each task goes, why others wait, and what
//! the nodes are left with. Good without colours, and at 80 columns.

mod failure;
mod limits;
mod matrix;
mod node;
mod pending;
mod service;
mod update;

use std::io;

use termcolor::{Color, ColorSpec, WriteColor};

use crate::output::escaped;
use crate::output::plan::words::Mark;
use crate::output::plan::{text, words};
use crate::plan::Plan;

pub(super) fn write(plan: &Plan, out: &mut dyn WriteColor) -> io::Result<()> {
    verdict(plan, out)?;
    service::write(plan, out)?;
    pending::write(plan, out)?;
    pending::write_order(plan, out)?;
    limits::write_breaches(plan, out)?;
    node::write(plan, out)?;
    update::write(plan, out)?;
    failure::write(plan, out)?;
    limits::write_quorum(plan, out)?;
    limits::write_addresses(plan, out)?;
    limits::write_capacities(plan, out)
}

/// Where the tasks go and how updates proceed, without what does not concern the deploy.
pub(in crate::output) fn dry_run(plan: &Plan, out: &mut dyn WriteColor) -> io::Result<()> {
    service::write(plan, out)?;
    pending::write(plan, out)?;
    pending::write_order(plan, out)?;
    limits::write_breaches(plan, out)
}

fn verdict(plan: &Plan, out: &mut dyn WriteColor) -> io::Result<()> {
    let verdict = words::verdict(plan);
    colored(out, color(verdict.mark), verdict.mark.sign())?;
    write!(out, " ")?;
    bold(out, plan.stack)?;
    writeln!(out, " {}", verdict.text)?;
    for (mark, cause) in &verdict.causes {
        write!(out, "  ")?;
        colored(out, color(*mark), mark.sign())?;
        writeln!(out, " {}", text::wrap(&escaped(cause), 4, 4))?;
    }
    if let Some(text) = words::left_out(plan) {
        writeln!(out, "  {}", text::wrap(&text, 2, 2))?;
    }
    Ok(())
}

pub(super) fn color(mark: Mark) -> Color {
    match mark {
        Mark::Good => Color::Green,
        Mark::Doubtful => Color::Yellow,
        Mark::Bad => Color::Red,
    }
}

/// A section's title after an empty line.
fn title(out: &mut dyn WriteColor, text: &str) -> io::Result<()> {
    writeln!(out)?;
    bold(out, text)?;
    writeln!(out)
}

fn bold(out: &mut dyn WriteColor, text: &str) -> io::Result<()> {
    out.set_color(ColorSpec::new().set_bold(true))?;
    write!(out, "{}", escaped(text))?;
    out.reset()
}

fn colored(out: &mut dyn WriteColor, color: Color, text: &str) -> io::Result<()> {
    out.set_color(ColorSpec::new().set_fg(Some(color)))?;
    write!(out, "{}", escaped(text))?;
    out.reset()
}
