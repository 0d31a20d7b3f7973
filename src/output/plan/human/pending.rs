//! Why tasks stay pending: Swarm's sentence, every reason on every node.

use std::io;

use termcolor::{Color, WriteColor};

use crate::output::escaped;
use crate::output::plan::amount::count;
use crate::output::plan::human::{colored, title};
use crate::output::plan::text::{padded, wrap};
use crate::output::plan::words;
use crate::plan::is_pending;
use crate::plan::{Pending, Plan, Remedy};

/// The most groups of nodes that are told apart.
const GROUPS: usize = 12;

pub(super) fn write(plan: &Plan, out: &mut dyn WriteColor) -> io::Result<()> {
    if plan.pending.is_empty() {
        return Ok(());
    }
    title(out, "Pending")?;
    for (number, it) in plan.pending.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        write_one(plan, it, out)?;
    }
    Ok(())
}

fn write_one(plan: &Plan, pending: &Pending, out: &mut dyn WriteColor) -> io::Result<()> {
    write!(out, "  ")?;
    colored(out, Color::Red, &who(plan, pending))?;
    writeln!(out, "  Swarm says:")?;
    for (message, tasks) in &pending.messages {
        let times = if pending.messages.len() > 1 {
            format!(" ({})", count(*tasks, "task"))
        } else {
            String::new()
        };
        writeln!(out, "    {}", wrap(&format!("{message}{times}"), 4, 4))?;
    }
    let shown = &pending.reasons[..pending.reasons.len().min(GROUPS)];
    let names: Vec<String> =
        shown.iter().map(|it| escaped(&words::nodes(plan, &it.nodes)).into_owned()).collect();
    let width = names.iter().map(|it| it.chars().count()).max().unwrap_or_default().min(20);
    for (reason, names) in shown.iter().zip(&names) {
        let lacks = words::lacks(reason);
        let lacks = escaped(&lacks);
        if names.chars().count() > width {
            writeln!(out, "    {}", wrap(names, 4, 4))?;
            writeln!(out, "    {}  {}", " ".repeat(width), wrap(&lacks, 6 + width, 6 + width))?;
        } else {
            writeln!(out, "    {}  {}", padded(names, width), wrap(&lacks, 6 + width, 6 + width))?;
        }
        for line in words::holders(plan, reason) {
            let line = wrap(&escaped(&line), 6 + width, 8 + width);
            writeln!(out, "    {}  {line}", " ".repeat(width))?;
        }
    }
    if pending.reasons.len() > shown.len() {
        let rest: usize = pending.reasons[shown.len()..].iter().map(|it| it.nodes.len()).sum();
        writeln!(out, "    and {} for other reasons", count(rest, "node"))?;
    }
    write_remedies(plan, &pending.remedies, out)
}

/// Such as `shop_api.3, shop_api.4` or `5 tasks of shop_api`.
fn who(plan: &Plan, pending: &Pending) -> String {
    let service = &plan.services[pending.service];
    let waiting: Vec<_> = service.tasks.iter().filter(|it| is_pending(it)).collect();
    if waiting.len() > 3 {
        return format!("{} tasks of {}", waiting.len(), service.name);
    }
    let name = |slot: Option<u64>, node: Option<u32>| match (slot, node) {
        (Some(slot), _) => format!("{}.{slot}", service.name),
        (None, Some(node)) => format!("{} on {}", service.name, plan.node(node)),
        (None, None) => service.name.to_owned(),
    };
    waiting.iter().map(|it| name(it.slot, it.node)).collect::<Vec<_>>().join(", ")
}

/// Whether luck decides.
pub(super) fn write_order(plan: &Plan, out: &mut dyn WriteColor) -> io::Result<()> {
    let Some(order) = &plan.order else { return Ok(()) };
    title(out, "Order")?;
    writeln!(out, "  {}", wrap(&escaped(&words::order(plan, order)), 2, 2))?;
    for line in words::orders(plan, order) {
        writeln!(out, "    {}", wrap(&escaped(&line), 4, 6))?;
    }
    write_remedies(plan, &plan.order_remedies, out)
}

/// What would help, each in a line.
pub(super) fn write_remedies(
    plan: &Plan,
    remedies: &[Remedy],
    out: &mut dyn WriteColor,
) -> io::Result<()> {
    if !remedies.is_empty() {
        writeln!(out, "    What would help:")?;
    }
    for it in remedies {
        writeln!(out, "    - {}", wrap(&escaped(&words::remedy(plan, it)), 6, 6))?;
    }
    Ok(())
}
