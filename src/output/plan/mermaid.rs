//! Drawings in Mermaid's language: the nodes with their tasks, the updates over time.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::output::escaped;
use crate::output::plan::amount::{cpus, memory};
use crate::plan::{Plan, is_running};
use crate::rollout::Place;

/// The most nodes and the most tasks that are drawn: more is not readable.
const MOST: usize = 60;

/// Zones with their nodes, and the services on them.
pub(super) fn nodes(plan: &Plan, out: &mut dyn Write) -> io::Result<()> {
    if plan.cluster.nodes.len() > MOST {
        return Ok(());
    }
    writeln!(out, "```mermaid\nflowchart TB")?;
    let mut zones: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, node) in plan.cluster.nodes.iter().enumerate() {
        let zone = node.zone.as_ref().map_or("", |it| it.value.as_str());
        zones.entry(zone).or_default().push(index);
    }
    let mut full = Vec::new();
    for (number, (zone, nodes)) in zones.iter().enumerate() {
        if !zone.is_empty() {
            writeln!(out, "  subgraph Z{number}[\"zone {}\"]", text(zone))?;
        }
        for &index in nodes {
            let (name, load) = (&plan.cluster.nodes[index].name, &plan.loads[index]);
            let mut label = text(name);
            if let Some(total) = load.cpus.total {
                let share = [cpus(load.cpus.reserved), cpus(total)].join(" of ");
                label.extend(["<br/>", &share, " CPUs"]);
            }
            if let Some(total) = load.memory.total {
                let share = [memory(load.memory.reserved), memory(total)].join(" of ");
                label.extend(["<br/>", &share]);
            }
            writeln!(out, "    N{index}[\"{label}\"]")?;
            let is_full =
                |it: crate::plan::Share| it.reserved > 0 && it.free().is_some_and(|it| it <= 0);
            if is_full(load.cpus) || is_full(load.memory) {
                full.push(format!("N{index}"));
            }
        }
        if !zone.is_empty() {
            writeln!(out, "  end")?;
        }
    }
    for (number, service) in plan.services.iter().enumerate() {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for node in service.tasks.iter().filter(|it| is_running(it)).filter_map(|it| it.node) {
            *counts.entry(node).or_default() += 1;
        }
        for (node, count) in counts {
            let times = if count == 1 { String::new() } else { format!(" ×{count}") };
            writeln!(out, "  N{node} --- S{number}_{node}([\"{}{times}\"])", text(service.name))?;
        }
        if service.waiting() > 0 {
            let name = text(service.name);
            writeln!(out, "  P{number}([\"{name} ×{} pending\"]):::bad", service.waiting())?;
        }
    }
    writeln!(out, "  classDef bad fill:#fdd,stroke:#c00,color:#600")?;
    if !full.is_empty() {
        writeln!(out, "  class {} bad", full.join(","))?;
    }
    writeln!(out, "```")
}

/// When the new tasks are made and when they run.
pub(super) fn updates(plan: &Plan, out: &mut dyn Write) -> io::Result<()> {
    let drawn = plan.updates.iter().filter(|it| it.course.done_at.is_some());
    let drawn: Vec<_> = drawn.collect();
    if drawn.is_empty() {
        return Ok(());
    }
    let longest = drawn.iter().filter_map(|it| it.course.done_at).max().unwrap_or_default();
    let axis = if longest < HOUR { "%M:%S" } else { "%H:%M" };
    writeln!(
        out,
        "\n```mermaid\ngantt\n  dateFormat YYYY-MM-DD HH:mm:ss.SSS\n  axisFormat {axis}"
    )?;
    let mut room = MOST;
    for it in drawn {
        writeln!(out, "  section {}", label(plan.services[it.service].name))?;
        for track in it.tracks.iter().take(room) {
            let name = match track.place {
                Place::Slot(slot) => format!("slot {slot}"),
                Place::Node(node) => label(plan.node(node)),
            };
            let mut gap = None;
            for &(from, until, is_new) in &track.runs {
                if let Some(since) = gap.filter(|since| *since < from) {
                    writeln!(out, "  {name} away :crit, {}, {}", clock(since), clock(from))?;
                }
                let kind = if is_new { "new :active" } else { "old :done" };
                let until = until.min(it.course.done_at.unwrap_or(until)).max(from + 1);
                writeln!(out, "  {name} {kind}, {}, {}", clock(from), clock(until))?;
                gap = Some(until);
            }
        }
        room = room.saturating_sub(it.tracks.len());
    }
    writeln!(out, "```")
}

const HOUR: u64 = 3_600_000;

/// Milliseconds as a time of day, which reads the same in every time zone.
fn clock(at: u64) -> String {
    let (hours, rest) = (at / HOUR, at % HOUR);
    // Whoever waits for more than four weeks needs no drawing.
    let (day, hour) = (1 + (hours / 24).min(27), hours % 24);
    let (minute, second, milli) = (rest / 60_000, rest / 1000 % 60, rest % 1000);
    format!("2001-01-{day:02} {hour:02}:{minute:02}:{second:02}.{milli:03}")
}

/// A text between quotes.
fn text(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in escaped(text).chars() {
        match c {
            '"' | '<' | '>' | '&' | '#' | ';' | '`' | '\\' => {
                safe.extend(["#", &u32::from(c).to_string(), ";"]);
            }
            c => safe.push(c),
        }
    }
    safe
}

/// A text where nothing can be quoted.
fn label(text: &str) -> String {
    let fits = |c: char| c.is_alphanumeric() || "-_. ".contains(c);
    text.chars().map(|c| if fits(c) { c } else { '-' }).collect()
}
