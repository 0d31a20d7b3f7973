//! What the nodes are left with.

use std::io;

use termcolor::{Color, WriteColor};

use crate::cluster::{Availability, Node, NodeStatus};
use crate::output::escaped;
use crate::output::plan::amount::{count, cpus, memory};
use crate::output::plan::human::{colored, title};
use crate::output::plan::text::{padded, wrap};
use crate::plan::{Load, Plan, Share};
use crate::value::constraint::Role;

/// The most nodes that are shown.
const SHOWN: usize = 60;

/// How wide a bar is.
const BAR: i64 = 8;

pub(super) fn write(plan: &Plan, out: &mut dyn WriteColor) -> io::Result<()> {
    if plan.cluster.nodes.is_empty() {
        return Ok(());
    }
    title(out, "Nodes")?;
    let rows: Vec<[String; 5]> = plan
        .cluster
        .nodes
        .iter()
        .zip(&plan.loads)
        .take(SHOWN)
        .map(|(it, load)| row(&it.name, it, load))
        .collect();
    let width =
        |column: usize| rows.iter().map(|it| it[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..5).map(width).collect();
    let heads = ["", "", "tasks", "CPUs reserved", "memory reserved"];
    let head: Vec<String> = heads
        .iter()
        .zip(&widths)
        .map(|(it, width)| {
            let bar = if it.ends_with("reserved") { BAR as usize + 1 } else { 0 };
            padded(it, width + bar)
        })
        .collect();
    writeln!(out, "  {}", head.join("  ").trim_end())?;
    for (row, load) in rows.iter().zip(&plan.loads) {
        let [name, what, tasks, used_cpus, used_memory] = row;
        write!(out, "  {}  {}  ", padded(name, widths[0]), padded(what, widths[1]))?;
        write!(out, "{tasks:>width$}  ", width = widths[2].max(5))?;
        bar(out, load.cpus)?;
        write!(out, " {}  ", padded(used_cpus, widths[3]))?;
        bar(out, load.memory)?;
        writeln!(out, " {used_memory}")?;
    }
    let more = plan.cluster.nodes.len().saturating_sub(SHOWN);
    if more > 0 {
        writeln!(out, "  and {more} more")?;
    }
    write_limits(plan, out)
}

/// Nodes whose tasks may use more than there is.
fn write_limits(plan: &Plan, out: &mut dyn WriteColor) -> io::Result<()> {
    for (node, load) in plan.cluster.nodes.iter().zip(&plan.loads).take(SHOWN) {
        let over = |what: &str, it: Share, words: fn(i64) -> String| {
            let total = it.total.filter(|total| *total > 0 && it.limit > *total)?;
            let percent = i128::from(it.limit) * 100 / i128::from(total);
            Some(format!("{} of {} {what} ({percent} %)", words(it.limit), words(total)))
        };
        let parts = [over("CPUs", load.cpus, cpus), over("memory", load.memory, memory)];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            continue;
        }
        let unlimited = match load.unlimited {
            0 => String::new(),
            it => format!("; {} more without a memory limit", count(it as usize, "task")),
        };
        write!(out, "  ")?;
        colored(out, Color::Yellow, "!")?;
        let text = format!(
            "{}: limits let tasks take {}{unlimited}",
            escaped(&node.name),
            parts.join(" and ")
        );
        writeln!(out, " {}", wrap(&text, 4, 4))?;
    }
    Ok(())
}

fn row(name: &str, node: &Node, load: &Load) -> [String; 5] {
    let share = |it: Share, words: fn(i64) -> String| match it.total {
        Some(total) => format!("{} of {}", words(it.reserved), words(total)),
        None => words(it.reserved),
    };
    [
        escaped(name).into_owned(),
        kind(node),
        load.tasks.to_string(),
        share(load.cpus, cpus),
        share(load.memory, memory),
    ]
}

fn kind(node: &Node) -> String {
    let role = if node.role.value == Role::Manager { "manager" } else { "worker" };
    let state = match (node.state.value, node.availability.value) {
        (NodeStatus::Ready, Availability::Active) => "",
        (NodeStatus::Ready, Availability::Drain) => " drained",
        (NodeStatus::Ready, Availability::Pause) => " paused",
        (state, _) => &format!(" {}", state.as_str()),
    };
    let zone = node.zone.as_ref().map(|it| format!(" {}", escaped(it))).unwrap_or_default();
    format!("{role}{zone}{state}")
}

fn bar(out: &mut dyn WriteColor, share: Share) -> io::Result<()> {
    let Some(total) = share.total.filter(|it| *it > 0) else {
        return write!(out, "{}", " ".repeat(BAR as usize));
    };
    let exact = i128::from(share.reserved.max(0)) * i128::from(BAR);
    // Anything at all is shown, and only a full one looks full.
    let filled = (exact + i128::from(total) - 1).div_euclid(i128::from(total)).min(i128::from(BAR));
    let is_full = share.reserved >= total;
    let filled = if is_full { BAR } else { (filled as i64).min(BAR - 1) };
    let color = match (share.reserved > total, share.reserved.saturating_mul(10) / 9 > total) {
        (true, _) => Color::Red,
        (false, true) => Color::Yellow,
        _ => Color::Green,
    };
    colored(out, color, &"█".repeat(filled as usize))?;
    write!(out, "{}", "░".repeat((BAR - filled) as usize))
}
