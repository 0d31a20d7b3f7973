//! The matrix for a terminal.

use std::io;

use termcolor::{Color, ColorSpec, WriteColor};

use crate::output::escaped;
use crate::output::plan::{padded, wrap};
use crate::output::ports::words;
use crate::ports::{Matrix, Row};

pub(super) fn write(matrix: &Matrix, out: &mut dyn WriteColor) -> io::Result<()> {
    let nodes = matrix.cluster.nodes.len();
    let what = matrix.stack.unwrap_or("the swarm");
    let (mark, color, text) = if matrix.is_open() {
        ("✓", Color::Green, "who must reach whom")
    } else {
        ("✗", Color::Red, "the nodes do not all reach each other")
    };
    colored(out, color, mark)?;
    let plural = if nodes == 1 { "" } else { "s" };
    writeln!(out, " {} on {nodes} node{plural}: {text}", escaped(what))?;
    let (inner, outer): (Vec<&Row>, Vec<&Row>) =
        matrix.rows.iter().partition(|it| it.purpose.is_inner());
    table(matrix, "From every node", &inner, out)?;
    table(matrix, "From clients", &outer, out)?;
    writeln!(out)?;
    for it in words::notes(matrix) {
        writeln!(out, "  {}", wrap(&escaped(&it), 2, 2))?;
    }
    Ok(())
}

fn table(matrix: &Matrix, title: &str, rows: &[&Row], out: &mut dyn WriteColor) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    out.set_color(ColorSpec::new().set_bold(true))?;
    write!(out, "\n{title}")?;
    out.reset()?;
    writeln!(out)?;
    let cells: Vec<(String, String)> = rows
        .iter()
        .map(|it| (it.ports.to_string(), escaped(&words::to(matrix, it)).into_owned()))
        .collect();
    let width = |of: fn(&(String, String)) -> &String, most: usize| {
        cells.iter().map(|it| of(it).chars().count()).max().unwrap_or_default().min(most)
    };
    let (ports_width, to_width) = (width(|it| &it.0, 20), width(|it| &it.1, 30));
    for (row, (ports, to)) in rows.iter().zip(&cells) {
        let (ports, to) = (padded(ports, ports_width), padded(to, to_width));
        let indent = 2 + ports_width + 5 + to_width + 2;
        let column = 2 + ports.chars().count() + 5 + to.chars().count() + 2;
        let purpose = wrap(&escaped(&words::purpose(&row.purpose)), column, indent);
        writeln!(out, "  {ports}  to {to}  {purpose}")?;
        for text in words::closed(matrix, row) {
            let is_needed = row.purpose.is_inner();
            write!(out, "    ")?;
            let (mark, color) = if is_needed { ("✗", Color::Red) } else { ("!", Color::Yellow) };
            colored(out, color, mark)?;
            let text = format!("{text}: {}", words::symptom(&row.purpose));
            writeln!(out, " {}", wrap(&escaped(&text), 6, 6))?;
        }
    }
    Ok(())
}

fn colored(out: &mut dyn WriteColor, color: Color, text: &str) -> io::Result<()> {
    out.set_color(ColorSpec::new().set_fg(Some(color)))?;
    write!(out, "{text}")?;
    out.reset()
}
