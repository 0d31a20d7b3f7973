//! The matrix as a table for a pull request or a wiki.

use std::io::{self, Write};

use crate::output::plan::plain;
use crate::output::ports::words;
use crate::ports::Matrix;

pub(super) fn write(matrix: &Matrix, out: &mut dyn Write) -> io::Result<()> {
    let what = matrix.stack.unwrap_or("the swarm");
    writeln!(out, "### Ports of {}", plain(what))?;
    writeln!(out, "\n| port | from | to | for | if it is closed |\n|---|---|---|---|---|")?;
    for row in &matrix.rows {
        let closed = words::closed(matrix, row);
        let closed = if closed.is_empty() {
            words::symptom(&row.purpose).to_owned()
        } else {
            let sign = if row.purpose.is_inner() { "⛔" } else { "⚠️" };
            format!("{sign} {}: {}", closed.join("; "), words::symptom(&row.purpose))
        };
        writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            row.ports,
            words::from(row),
            plain(&words::to(matrix, row)),
            plain(&words::purpose(&row.purpose)),
            plain(&closed)
        )?;
    }
    writeln!(out)?;
    for it in words::notes(matrix) {
        writeln!(out, "- {}", plain(&it))?;
    }
    Ok(())
}
