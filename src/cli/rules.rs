//! `swarm-plan rules [ID]`: the list, or one rule's page.

use std::io;

use serde::Serialize;
use termcolor::WriteColor;

use crate::cli::args::{ListFormat, Rules};
use crate::cli::terminal::{self, Terminal};
use crate::cli::{Error, Outcome};
use crate::rule::Preset;
use crate::rules::{self, Entry};

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    group: &'a str,
    severity: &'a str,
    preset: &'a str,
    summary: &'a str,
    documentation: String,
}

pub(super) fn run(args: &Rules, terminal: &mut Terminal) -> Result<Outcome, Error> {
    let chosen: Vec<&Entry> = match &args.id {
        None => rules::ALL.iter().collect(),
        Some(id) => vec![rules::find(id).ok_or_else(|| unknown(id))?],
    };
    let out = terminal.out();
    match (args.format, &args.id) {
        (ListFormat::Json, _) => json(&chosen, out)?,
        (ListFormat::Human, None) => list(&chosen, out)?,
        (ListFormat::Human, Some(_)) => chosen.iter().try_for_each(|it| page(it, out))?,
    }
    Ok(Outcome::Clean)
}

fn unknown(id: &str) -> Error {
    let help = match rules::nearest(id) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`swarm-plan rules` lists all".to_owned(),
    };
    Error::usage(format!("no rule is named `{id}`; {help}"))
}

fn list(entries: &[&Entry], out: &mut dyn WriteColor) -> io::Result<()> {
    let width = entries.iter().map(|it| it.rule.id.len()).max().unwrap_or_default();
    let mut entries = entries.to_vec();
    entries.sort_by_key(|it| (it.rule.group, it.rule.id));
    let mut group = None;
    for it in entries.iter().map(|it| it.rule) {
        if group != Some(it.group) {
            if group.is_some() {
                writeln!(out)?;
            }
            terminal::bold(out, it.group.word())?;
            writeln!(out)?;
            group = Some(it.group);
        }
        let mark = match it.preset {
            Preset::Default => ' ',
            Preset::Pedantic => 'p',
            Preset::All => 'a',
        };
        writeln!(out, "  {:width$}  {:7} {mark} {}", it.id, it.severity, it.summary)?;
    }
    writeln!(out, "\np runs in the preset pedantic, a in the preset all, the others always")?;
    Ok(())
}

fn page(entry: &Entry, out: &mut dyn WriteColor) -> io::Result<()> {
    let rule = entry.rule;
    terminal::bold(out, &format!("# {}", rule.id))?;
    write!(out, "\n\n{} · {}", rule.severity, rule.group.word())?;
    if rule.preset != Preset::Default {
        write!(out, " · with the preset {}", rule.preset.word())?;
    }
    writeln!(out, "\n")?;
    write!(out, "{}", entry.documentation())
}

fn json(entries: &[&Entry], out: &mut dyn WriteColor) -> io::Result<()> {
    let row = |it: &&Entry| Row {
        id: it.rule.id,
        group: it.rule.group.word(),
        severity: it.rule.severity.word(),
        preset: it.rule.preset.word(),
        summary: it.rule.summary,
        documentation: it.documentation(),
    };
    let rows: Vec<_> = entries.iter().map(row).collect();
    let list = serde_json::json!({ "schema": "swarm-plan/rules/1", "rules": rows });
    serde_json::to_writer_pretty(&mut *out, &list)?;
    writeln!(out)
}
