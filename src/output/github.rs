//! Annotations of GitHub Actions: a workflow command for each finding, printed to the log.

use std::fmt::Write;
use std::io;

use termcolor::WriteColor;

use crate::diagnostic::{Diagnostic, Severity};
use crate::output::{Checked, Report, escaped, place};

pub(super) fn write(report: Report, out: &mut dyn WriteColor) -> io::Result<()> {
    for stack in report.stacks {
        for it in stack.diagnostics {
            writeln!(out, "{}", annotation(report, stack, it))?;
        }
    }
    Ok(())
}

fn annotation(report: Report, stack: &Checked, it: &Diagnostic) -> String {
    let command = match it.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "notice",
    };
    let path = report.path(stack, it.span);
    let (line, column) = place(stack.sources, it.span, it.span.start());
    let (end_line, end_column) = place(stack.sources, it.span, it.span.end());
    let mut text =
        format!("::{command} file={},line={line},endLine={end_line}", property(&escaped(&path)));
    // GitHub takes columns within one line only.
    if line == end_line {
        // Writing to a text cannot fail.
        let _ = write!(text, ",col={column},endColumn={end_column}");
    }
    let mut message = escaped(&it.message).into_owned();
    if let Some(help) = &it.help {
        message.push_str("\nhelp: ");
        message.push_str(&escaped(help));
    }
    let _ = write!(text, ",title={}::{}", property(it.rule), data(&message));
    text
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn what_ends_a_property_is_escaped() {
        assert_eq!(property("a,b:c%\r\n"), "a%2Cb%3Ac%25%0D%0A");
        assert_eq!(data("a,b:c%0A\n"), "a,b:c%250A%0A");
    }
}
