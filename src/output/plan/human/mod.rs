//! A plan for a terminal: the verdict first, then where each task goes, why others wait, and what
//! the nodes are left with. Good without colours, and at 80 columns.

mod failure;
mod limits;
mod node;
mod pending;
mod service;
mod update;

use std::io;

use termcolor::{Color, ColorSpec, WriteColor};

use crate::output::plan::amount::count;
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

fn verdict(plan: &Plan, out: &mut dyn WriteColor) -> io::Result<()> {
    let tasks = plan.services.iter().map(|it| it.running() + it.waiting()).sum();
    let is_luck = plan.order.as_ref().is_some_and(|it| it.worse_pending > 0);
    let (mark, color) = match (plan.succeeds(), is_luck) {
        (false, _) => ("✗", Color::Red),
        (true, true) => ("!", Color::Yellow),
        (true, false) => ("✓", Color::Green),
    };
    colored(out, color, mark)?;
    write!(out, " ")?;
    bold(out, plan.stack)?;
    write!(out, " on {}: {}", count(plan.cluster.nodes.len(), "node"), count(tasks, "task"))?;
    match plan.waiting() {
        0 if tasks == 0 => writeln!(out),
        0 if is_luck => writeln!(out, ", every one has its place if the order is right"),
        0 => writeln!(out, ", every one has its place"),
        1 => writeln!(out, ", 1 stays pending"),
        more => writeln!(out, ", {more} stay pending"),
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
    write!(out, "{}", crate::output::escaped(text))?;
    out.reset()
}

fn colored(out: &mut dyn WriteColor, color: Color, text: &str) -> io::Result<()> {
    out.set_color(ColorSpec::new().set_fg(Some(color)))?;
    write!(out, "{}", crate::output::escaped(text))?;
    out.reset()
}
