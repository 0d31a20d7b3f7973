//! What the XML formats share: the declaration, texts that XML can hold, findings by file.

use std::borrow::Cow;
use std::io;

use indexmap::IndexMap;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use crate::diagnostic::Diagnostic;
use crate::output::{Checked, Report, escaped};

/// `<?xml version="1.0" encoding="UTF-8"?>`
pub(super) fn declaration<W: io::Write>(writer: &mut Writer<W>) -> io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))
}

/// The text without the characters that no XML may hold, escaped or not.
pub(super) fn fit(text: &str) -> Cow<'_, str> {
    let text = escaped(text);
    let forbidden = ['\u{fffe}', '\u{ffff}'];
    if text.contains(forbidden) { Cow::Owned(text.replace(forbidden, "\u{fffd}")) } else { text }
}

/// Findings of one file, each with the stack that it was found in.
pub(super) type Found<'a> = Vec<(&'a Checked<'a>, &'a Diagnostic)>;

/// The findings by the name of their file, the files in the order in which they were read.
pub(super) fn by_file(report: Report<'_>) -> IndexMap<Cow<'_, str>, Found<'_>> {
    let mut files: IndexMap<Cow<str>, Found> = IndexMap::new();
    for stack in report.stacks {
        for it in stack.diagnostics {
            files.entry(report.path(stack, it.span)).or_default().push((stack, it));
        }
    }
    files
}
