//! Terraform's language, laid out as `terraform fmt` does.

use std::io::{self, Write};

/// A block's arguments in lines, their equals signs below each other.
pub(super) fn arguments(
    out: &mut dyn Write,
    indent: &str,
    arguments: &[(&str, String)],
) -> io::Result<()> {
    let width = arguments.iter().map(|it| it.0.len()).max().unwrap_or_default();
    for (name, value) in arguments {
        writeln!(out, "{indent}{name:width$} = {value}")?;
    }
    Ok(())
}

/// A quoted text. The texts given have nothing in them that needs more.
pub(super) fn text(it: &str) -> String {
    format!("\"{it}\"")
}

/// A list of quoted texts.
pub(super) fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.map(|it| text(&it)).collect::<Vec<_>>().join(", "))
}
