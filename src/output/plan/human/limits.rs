//! The managers' quorum, addresses, room to grow, and what the settings want.

use std::io;

use termcolor::{Color, WriteColor};

use crate::output::escaped;
use crate::output::plan::human::{colored, title};
use crate::output::plan::text::{padded, wrap};
use crate::output::plan::{amount::count, words};
use crate::plan::{Addresses, Plan};

pub(super) fn write_breaches(plan: &Plan, out: &mut dyn WriteColor) -> io::Result<()> {
    if plan.breaches.is_empty() {
        return Ok(());
    }
    title(out, "Policy")?;
    for it in &plan.breaches {
        write!(out, "  ")?;
        colored(out, Color::Red, "✗")?;
        writeln!(out, " {}", wrap(&escaped(&words::breach(plan, it)), 4, 4))?;
    }
    Ok(())
}

pub(super) fn write_quorum(plan: &Plan, out: &mut dyn WriteColor) -> io::Result<()> {
    let quorum = &plan.quorum;
    if quorum.managers.is_empty() {
        return Ok(());
    }
    title(out, "Quorum")?;
    let (all, here) = (quorum.managers.len(), quorum.reachable.len());
    let reachable = if all == here { String::new() } else { format!(", {here} reachable") };
    let needed = format!("{}{reachable}, {} needed", count(all, "manager"), quorum.needed());
    let spare = match quorum.spare() {
        _ if !quorum.is_kept() => "the swarm decides nothing, and takes no deploy".to_owned(),
        0 => "none may be lost".to_owned(),
        spare => format!("{spare} may be lost"),
    };
    writeln!(out, "  {}", wrap(&format!("{needed}: {spare}"), 2, 2))?;
    if all % 2 == 0 {
        let text =
            format!("an even number: {} would bear the same losses", count(all - 1, "manager"));
        writeln!(out, "  {}", wrap(&text, 2, 2))?;
    }
    for (is_bad, text) in words::shared(plan) {
        let (mark, color) = if is_bad { ("✗", Color::Red) } else { ("!", Color::Yellow) };
        write!(out, "  ")?;
        colored(out, color, mark)?;
        writeln!(out, " {}", wrap(&escaped(&text), 4, 4))?;
    }
    if let Some(text) = words::zones(plan) {
        writeln!(out, "  {}", wrap(&escaped(&text), 2, 4))?;
    }
    let others = [2, 4, 5].into_iter().filter(|it| *it != all);
    let others = others.map(|it| format!("{it} need {} and bear {}", it / 2 + 1, (it - 1) / 2));
    let others = format!("of other numbers: {}", others.collect::<Vec<_>>().join(" · "));
    writeln!(out, "  {}", wrap(&others, 2, 4))?;
    write_busy(plan, out)
}

/// The most managers that are named.
const NAMED: usize = 8;

/// Managers that run tasks, where there are other nodes that could.
fn write_busy(plan: &Plan, out: &mut dyn WriteColor) -> io::Result<()> {
    let managers = &plan.quorum.managers;
    let busy = |it: &&u32| plan.loads.get(**it as usize).is_some_and(|it| it.tasks > 0);
    let busy: Vec<u32> = managers.iter().filter(busy).copied().collect();
    if busy.is_empty() || managers.len() == plan.cluster.nodes.len() {
        return Ok(());
    }
    let name = |it: &u32| {
        let tasks = plan.loads.get(*it as usize).map_or(0, |it| it.tasks);
        format!("{} ({})", escaped(plan.node(*it)), count(tasks as usize, "task"))
    };
    let mut names: Vec<String> = busy.iter().take(NAMED).map(name).collect();
    if busy.len() > NAMED {
        names.push(format!("{} more", busy.len() - NAMED));
    }
    let text = format!(
        "run tasks beside: {}; a task that takes all memory takes the manager, too: limit it, or \
         drain the manager",
        names.join(", ")
    );
    writeln!(out, "  managers {}", wrap(&text, 11, 4))
}

/// From this share on, in percent, a network is nearly full.
const NEARLY: u64 = 75;

pub(super) fn write_addresses(plan: &Plan, out: &mut dyn WriteColor) -> io::Result<()> {
    if plan.addresses.is_empty() {
        return Ok(());
    }
    title(out, "Addresses")?;
    let width = plan.addresses.iter().map(|it| escaped(&it.name).chars().count()).max();
    let width = width.unwrap_or_default().min(30);
    for it in &plan.addresses {
        write!(out, "  {}  ", padded(&escaped(&it.name), width))?;
        let size = it.size.map_or_else(|| "?".to_owned(), |it| it.to_string());
        let (color, words) = judged(it);
        colored(out, color, &format!("{} of {size}", it.used()))?;
        let surge = if it.surge > 0 {
            format!(", {} in an update", it.used() + it.surge)
        } else {
            String::new()
        };
        let parts = format!(
            "{surge}: {}, {}, {}{words}",
            count(it.tasks as usize, "task"),
            count(it.services_with_address as usize, "service"),
            count(it.nodes as usize, "node"),
        );
        let column = 4 + width + 8;
        writeln!(out, "{}", wrap(&parts, column, 4 + width))?;
    }
    Ok(())
}

fn judged(it: &Addresses) -> (Color, &'static str) {
    let nearly = it.size.is_some_and(|size| it.used() * 100 > size * NEARLY);
    match (it.is_exhausted(), it.is_short_in_update(), nearly) {
        (true, ..) => (Color::Red, "; tasks stay New without a word: take a larger subnet"),
        (_, true, _) => (Color::Yellow, "; an update waits for addresses: take a larger subnet"),
        (_, _, true) => (Color::Yellow, "; nearly full"),
        _ => (Color::Green, ""),
    }
}

pub(super) fn write_capacities(plan: &Plan, out: &mut dyn WriteColor) -> io::Result<()> {
    if plan.capacities.is_empty() {
        return Ok(());
    }
    title(out, "Room to grow")?;
    let name = |index: usize| escaped(plan.services[index].name);
    let width = plan.capacities.iter().map(|it| name(it.service).chars().count()).max();
    let width = width.unwrap_or_default().min(30);
    for it in &plan.capacities {
        let more = match it.more {
            None => "no limit".to_owned(),
            Some(0) => "none".to_owned(),
            Some(more) => format!("{more} more"),
        };
        let limits: Vec<String> = it.limits.iter().map(words::limit).collect();
        let limits =
            if limits.is_empty() { String::new() } else { format!(": {}", limits.join("; ")) };
        let line = format!("{more}{limits}");
        writeln!(
            out,
            "  {}  {}",
            padded(&name(it.service), width),
            wrap(&escaped(&line), 4 + width, 4 + width)
        )?;
    }
    Ok(())
}
