//! `swarm-plan explain TEXT`: what a pasted error of Docker means, and what to do.

use std::io::{self, Read};

use serde::Serialize;
use termcolor::WriteColor;

use crate::cli::args::{Explain, ListFormat};
use crate::cli::disk;
use crate::cli::terminal::{self, Terminal};
use crate::cli::{Error, Outcome};
use crate::explain::{Explanation, explain};
use crate::output::escaped;
use crate::source;

#[derive(Serialize)]
struct Row<'a> {
    text: &'a str,
    means: &'a str,
    why: &'a str,
    r#do: &'a str,
    rule: Option<&'a str>,
}

pub(super) fn run(args: &Explain, terminal: &mut Terminal) -> Result<Outcome, Error> {
    let text = if args.text == ["-"] { standard_input()? } else { args.text.join(" ") };
    let found = explain(&text);
    if found.is_empty() {
        return Err(Error::usage(
            "nothing is known about this text; paste Docker's whole message, and look at \
             `docker service ps --no-trunc`",
        ));
    }
    let width = terminal.width().clamp(40, 100);
    let out = terminal.out();
    match args.format {
        ListFormat::Json => json(&found, out)?,
        ListFormat::Human => {
            for (at, it) in found.iter().enumerate() {
                if at > 0 {
                    writeln!(out)?;
                }
                tell(it, width, out)?;
            }
        }
    }
    Ok(Outcome::Clean)
}

fn standard_input() -> Result<String, Error> {
    let path = || "-".into();
    let bytes = disk::read_all(io::stdin().lock().take(disk::LARGEST), 0)
        .map_err(|source| Error::Read { path: path(), source })?;
    Ok(source::decode(bytes).unwrap_or_default())
}

fn tell(it: &Explanation, width: usize, out: &mut dyn WriteColor) -> io::Result<()> {
    terminal::bold(out, &escaped(&it.text))?;
    writeln!(out, "\n")?;
    for (lead, text) in [("What", &it.means), ("Why", &it.why), ("Do", &it.todo)] {
        paragraph(lead, &escaped(text), width, out)?;
    }
    if let Some(rule) = it.rule {
        let text = format!("`swarm-plan check` finds it beforehand: `swarm-plan rules {rule}`.");
        paragraph("Rule", &text, width, out)?;
    }
    Ok(())
}

/// The text in lines of a width, below each other.
fn paragraph(lead: &str, text: &str, width: usize, out: &mut dyn WriteColor) -> io::Result<()> {
    write!(out, "  {lead:<6}")?;
    let mut column = 8;
    for (at, word) in text.split(' ').enumerate() {
        let length = word.chars().count();
        if at > 0 && column + 1 + length > width {
            write!(out, "\n{:8}", "")?;
            column = 8;
        } else if at > 0 {
            write!(out, " ")?;
            column += 1;
        }
        write!(out, "{word}")?;
        column += length;
    }
    writeln!(out)
}

fn json(found: &[Explanation], out: &mut dyn WriteColor) -> io::Result<()> {
    let row = |it: &'_ Explanation| {
        serde_json::to_value(Row {
            text: &it.text,
            means: &it.means,
            why: &it.why,
            r#do: &it.todo,
            rule: it.rule,
        })
    };
    let rows: Vec<_> = found.iter().map(row).collect::<Result<_, _>>()?;
    let list = serde_json::json!({ "schema": "swarm-plan/explain/1", "errors": rows });
    serde_json::to_writer_pretty(&mut *out, &list)?;
    writeln!(out)
}
