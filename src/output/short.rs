//! One line per finding: `file:line:column: severity: message [rule]`.

use std::io;

use termcolor::WriteColor;

use crate::output::{Report, escaped, place};

pub(super) fn write(report: Report, out: &mut dyn WriteColor) -> io::Result<()> {
    for stack in report.stacks {
        for it in stack.diagnostics {
            let name = escaped(&stack.sources.get(it.span.source).name);
            let (line, column) = place(stack.sources, it.span, it.span.start());
            let (severity, message, rule) = (it.severity, escaped(&it.message), it.rule);
            writeln!(out, "{name}:{line}:{column}: {severity}: {message} [{rule}]")?;
        }
    }
    Ok(())
}
