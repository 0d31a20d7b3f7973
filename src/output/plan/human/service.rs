//! Where the tasks of each service go.

use std::collections::BTreeMap;
use std::io;

use termcolor::{Color, WriteColor};

use crate::output::escaped;
use crate::output::plan::amount::count;
use crate::output::plan::human::{colored, title};
use crate::output::plan::text::{padded, wrap};
use crate::output::plan::words;
use crate::plan::{Plan, Service, is_running};
use crate::scheduler::Fate;

/// The most nodes that are named one by one.
const NAMED: usize = 24;

pub(super) fn write(plan: &Plan, out: &mut dyn WriteColor) -> io::Result<()> {
    if plan.services.is_empty() {
        return Ok(());
    }
    title(out, "Services")?;
    let width = |text: fn(&Service) -> String| {
        plan.services.iter().map(|it| text(it).chars().count()).max().unwrap_or_default().min(30)
    };
    let (names, counts) = (width(|it| escaped(it.name).into_owned()), width(counted));
    for service in &plan.services {
        let name = padded(&escaped(service.name), names);
        write!(out, "  {name}  ")?;
        let count = padded(&counted(service), counts);
        let color = if service.waiting() > 0 { Color::Red } else { Color::Green };
        colored(out, color, &count)?;
        let column = 6 + name.chars().count() + count.chars().count();
        let indent = 6 + names + counts;
        writeln!(out, "  {}", wrap(&told(plan, service), column, indent))?;
        if let Some(why) = words::why(plan, service) {
            writeln!(out, "{}{}", " ".repeat(indent), wrap(&escaped(&why), indent, indent))?;
        }
    }
    let is_explained = |it: &Service| it.why.as_ref().is_some_and(|it| !it.stays);
    if plan.services.iter().any(is_explained) && plan.cluster.nodes.len() > 1 {
        writeln!(out, "  {}", wrap(words::RULE, 2, 2))?;
    }
    Ok(())
}

fn counted(service: &Service) -> String {
    format!("{}/{}", service.running(), service.wanted())
}

fn told(plan: &Plan, service: &Service) -> String {
    let mut parts = Vec::new();
    let places = places(plan, service);
    if !places.is_empty() {
        parts.push(places);
    }
    if service.waiting() > 0 {
        parts.push(format!("{} pending", service.waiting()));
    }
    parts.extend(words::change(service));
    let removed = service.tasks.iter().filter(|it| it.fate == Fate::Removed).count();
    if removed > 0 {
        parts.push(format!("{} stopped", count(removed, "task")));
    }
    let displaced = service.tasks.iter().filter(|it| it.fate == Fate::Leaving).count();
    if displaced > 0 {
        let verb = if displaced == 1 { "leaves" } else { "leave" };
        parts.push(format!("{displaced} {verb} a lost node"));
    }
    if service.key.is_none() {
        parts.push("runs already".to_owned());
    }
    let tied = service.tasks.iter().filter(|it| it.ties > 0).count();
    let equals = service.tasks.iter().map(|it| it.ties).max().unwrap_or_default() as usize;
    if tied > 0 {
        let others =
            if equals == 1 { "another node".to_owned() } else { count(equals, "other node") };
        parts.push(format!("a tie: {others} as good for {}", count(tied, "task")));
    } else if service.varies {
        parts.push("may differ: Swarm draws lots".to_owned());
    }
    if parts.is_empty() { "nothing to run".to_owned() } else { parts.join(" · ") }
}

/// Such as `w1 ×2, w2`.
fn places(plan: &Plan, service: &Service) -> String {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for node in service.tasks.iter().filter(|it| is_running(it)).filter_map(|it| it.node) {
        *counts.entry(node).or_default() += 1;
    }
    if counts.len() > NAMED {
        let (least, most) = counts
            .values()
            .fold((usize::MAX, 0), |(least, most), it| (least.min(*it), most.max(*it)));
        let each = if least == most { least.to_string() } else { format!("{least} to {most}") };
        return format!("{each} on each of {} nodes", counts.len());
    }
    let place = |(node, count): (&u32, &usize)| {
        let name = escaped(plan.node(*node));
        // What belongs together is not torn apart.
        if *count == 1 { name.into_owned() } else { format!("{name}\u{a0}×{count}") }
    };
    counts.iter().map(place).collect::<Vec<_>>().join(", ")
}
