//! Checkstyle's XML: a `file` for each file with findings, an `error` for each of them.

use std::io;

use quick_xml::Writer;
use termcolor::WriteColor;

use crate::diagnostic::Severity;
use crate::output::xml::{self, fit};
use crate::output::{Report, place};

pub(super) fn write(report: Report, out: &mut dyn WriteColor) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(&mut *out, b' ', 2);
    xml::declaration(&mut writer)?;
    let root = writer.create_element("checkstyle").with_attribute(("version", "4.3"));
    root.write_inner_content(|writer| {
        for (name, findings) in xml::by_file(report) {
            let file = writer.create_element("file").with_attribute(("name", &*fit(&name)));
            file.write_inner_content(|writer| {
                for (stack, it) in findings {
                    let (line, column) = place(stack.sources, it.span, it.span.start());
                    let severity = match it.severity {
                        Severity::Error => "error",
                        Severity::Warning => "warning",
                        Severity::Info | Severity::Hint => "info",
                    };
                    let mut message = it.message.clone();
                    if let Some(help) = &it.help {
                        message.push_str("; ");
                        message.push_str(help);
                    }
                    let error = writer.create_element("error").with_attributes([
                        ("line", line.to_string().as_str()),
                        ("column", column.to_string().as_str()),
                        ("severity", severity),
                        ("message", &*fit(&message)),
                        ("source", &format!("swarm-plan.{}", it.rule)),
                    ]);
                    error.write_empty()?;
                }
                Ok(())
            })?;
        }
        Ok(())
    })?;
    writeln!(out)
}
