//! A plan for a pull request: the verdict, tables, and drawings in Mermaid's language, which GitHub
//! and GitLab show as pictures.

use std::io::{self, Write};

use crate::output::escaped;
use crate::output::plan::amount::{cpus, memory, time};
use crate::output::plan::mermaid;
use crate::output::plan::words::{self, Mark};
use crate::plan::{Failure, Plan, Remedy, is_running};

pub(super) fn write(plan: &Plan, out: &mut dyn Write) -> io::Result<()> {
    let verdict = words::verdict(plan);
    writeln!(out, "### {} `{}` {}", sign(verdict.mark), code(plan.stack), plain(&verdict.text))?;
    for (mark, cause) in &verdict.causes {
        writeln!(out, "\n- {} {}", sign(*mark), plain(cause))?;
    }
    if let Some(text) = words::left_out(plan) {
        writeln!(out, "\n{text}.")?;
    }
    services(plan, out)?;
    pending(plan, out)?;
    order(plan, out)?;
    if !plan.breaches.is_empty() {
        writeln!(out, "\n**Policy**\n")?;
        for it in &plan.breaches {
            writeln!(out, "- {}", plain(&words::breach(plan, it)))?;
        }
    }
    details(out, "Placement", |out| placement(plan, out))?;
    if !plan.updates.is_empty() {
        details(out, "When a service's tasks are replaced", |out| updates(plan, out))?;
    }
    if !plan.failures.is_empty() || plan.what_if.is_some() {
        details(out, "If a node is lost", |out| failures(plan, out))?;
    }
    Ok(())
}

fn sign(mark: Mark) -> &'static str {
    match mark {
        Mark::Good => "✅",
        Mark::Doubtful => "⚠️",
        Mark::Bad => "⛔",
    }
}

fn services(plan: &Plan, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n| service | tasks | where | why |\n|---|---|---|---|")?;
    for it in &plan.services {
        let mut nodes: Vec<u32> =
            it.tasks.iter().filter(|it| is_running(it)).filter_map(|it| it.node).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let pending = match it.waiting() {
            0 => String::new(),
            more => format!("{}**{more} pending**", if nodes.is_empty() { "" } else { ", " }),
        };
        let places = plain(&words::nodes(plan, &nodes));
        writeln!(
            out,
            "| {} | {}/{} | {places}{pending} | {} |",
            plain(it.name),
            it.running(),
            it.wanted(),
            plain(&words::why(plan, it).unwrap_or_default())
        )?;
    }
    Ok(())
}

fn order(plan: &Plan, out: &mut dyn Write) -> io::Result<()> {
    let Some(order) = &plan.order else { return Ok(()) };
    writeln!(out, "\n**Order**\n\n{}:\n", plain(&words::order(plan, order)))?;
    for line in words::orders(plan, order) {
        writeln!(out, "- {}", plain(&line))?;
    }
    remedies(plan, &plan.order_remedies, out)
}

fn remedies(plan: &Plan, remedies: &[Remedy], out: &mut dyn Write) -> io::Result<()> {
    if !remedies.is_empty() {
        writeln!(out, "\nWhat would help:\n")?;
    }
    for it in remedies {
        writeln!(out, "- {}", plain(&words::remedy(plan, it)))?;
    }
    Ok(())
}

fn pending(plan: &Plan, out: &mut dyn Write) -> io::Result<()> {
    for it in &plan.pending {
        writeln!(out, "\n**{}** stays pending:\n", plain(plan.services[it.service].name))?;
        for (message, _) in &it.messages {
            writeln!(out, "> {}\n", plain(message))?;
        }
        writeln!(out, "| nodes | why |\n|---|---|")?;
        for reason in &it.reasons {
            let (nodes, lacks) = (words::nodes(plan, &reason.nodes), words::lacks(reason));
            writeln!(out, "| {} | {} |", plain(&nodes), plain(&lacks))?;
        }
        remedies(plan, &it.remedies, out)?;
    }
    Ok(())
}

fn placement(plan: &Plan, out: &mut dyn Write) -> io::Result<()> {
    mermaid::nodes(plan, out)?;
    writeln!(out, "\n| node | tasks | CPUs reserved | memory reserved |\n|---|---|---|---|")?;
    for (node, load) in plan.cluster.nodes.iter().zip(&plan.loads) {
        let share = |it: crate::plan::Share, words: fn(i64) -> String| {
            let total = it.total.map(|it| format!(" of {}", words(it))).unwrap_or_default();
            format!("{}{total}", words(it.reserved))
        };
        let (processors, bytes) = (share(load.cpus, cpus), share(load.memory, memory));
        writeln!(out, "| {} | {} | {processors} | {bytes} |", plain(&node.name), load.tasks)?;
    }
    Ok(())
}

fn updates(plan: &Plan, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| service | pace | at least running | time |\n|---|---|---|---|")?;
    for it in &plan.updates {
        let (least, all) = (it.course.min_running, it.course.initial_running);
        let time = it.course.done_at.map_or_else(|| "**never ends**".to_owned(), time);
        let name = plain(plan.services[it.service].name);
        writeln!(out, "| {name} | {} | {least} of {all} | {time} |", words::pace(it))?;
    }
    writeln!(out)?;
    for it in &plan.updates {
        let name = plain(plan.services[it.service].name);
        for (_, text) in words::dead_ends(it) {
            writeln!(out, "- **{name}**: {}", plain(&text))?;
        }
        let crash = words::crash(it);
        if !crash.is_empty() {
            writeln!(out, "- {name}: {crash}")?;
        }
        let helps: Vec<String> =
            it.remedies.iter().map(|it| plain(&words::remedy(plan, it))).collect();
        if !helps.is_empty() {
            writeln!(out, "- {name}, what would help: {}", helps.join("; "))?;
        }
    }
    mermaid::updates(plan, out)
}

fn failures(plan: &Plan, out: &mut dyn Write) -> io::Result<()> {
    let telling = plan.failures.iter().filter(|it| words::is_telling(plan, it));
    let shown: Vec<_> = plan.what_if.iter().chain(telling).collect();
    matrix(plan, &shown, out)?;
    writeln!(out, "| lost | | what follows |\n|---|---|---|")?;
    for it in shown {
        let sign = sign(if it.is_survived() { Mark::Good } else { Mark::Bad });
        let lost = words::lost_short(plan, &it.lost);
        writeln!(out, "| {} | {sign} | {} |", plain(&lost), plain(&words::summary(plan, it)))?;
    }
    Ok(())
}

/// The most services that the table of losses has.
const MOST: usize = 24;

/// Each loss against each service.
fn matrix(plan: &Plan, failures: &[&Failure], out: &mut dyn Write) -> io::Result<()> {
    let table = words::matrix(plan, failures);
    if table.services.is_empty() {
        return Ok(());
    }
    let shown = &table.services[..table.services.len().min(MOST)];
    let heads = shown.iter().map(|it| plain(plan.services[*it].short_name()));
    writeln!(out, "| lost | {} | managers |", heads.collect::<Vec<_>>().join(" | "))?;
    writeln!(out, "|---|{}", "---|".repeat(shown.len() + 1))?;
    let names = failures.iter().map(|it| plain(&words::lost_short(plan, &it.lost)));
    let lines = std::iter::once(&table.now).chain(&table.lines);
    for (name, line) in std::iter::once("(now)".to_owned()).chain(names).zip(lines) {
        let cells = line.cells.iter().take(MOST).chain([&line.managers]);
        let cells = cells.map(|it| format!("{}{}", it.text, if it.is_bad { " ✗" } else { "" }));
        writeln!(out, "| {name} | {} |", cells.collect::<Vec<_>>().join(" | "))?;
    }
    writeln!(out)
}

fn details(
    out: &mut dyn Write,
    title: &str,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    writeln!(out, "\n<details><summary>{title}</summary>\n")?;
    write(out)?;
    writeln!(out, "\n</details>")
}

/// The text with nothing in it that Markdown, HTML or a terminal takes for an order.
pub(in crate::output) fn plain(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in escaped(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '|' | '`' | '*' | '_' | '[' | ']' | '\\' | '#' | '~' | '@' | '$' => {
                safe.push('\\');
                safe.push(c);
            }
            c => safe.push(c),
        }
    }
    safe
}

/// The text between backticks.
fn code(text: &str) -> String {
    escaped(text).replace('`', "'")
}

#[cfg(test)]
mod tests {
    use super::{code, plain};

    #[test]
    fn names_give_no_orders() {
        assert_eq!(plain("a|b <img> *x* @all"), "a\\|b &lt;img&gt; \\*x\\* \\@all");
        assert_eq!(code("a`b"), "a'b");
    }
}
