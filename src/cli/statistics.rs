//! What `check -v` counts: findings by rule, texts, time.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::Duration;

use crate::output::Report;

/// Writes the counts, those of the rules that found most first.
pub(super) fn write(report: Report, took: Duration, out: &mut dyn Write) -> io::Result<()> {
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for it in report.stacks.iter().flat_map(|it| it.diagnostics) {
        *rules.entry(it.rule).or_default() += 1;
    }
    let mut rules: Vec<_> = rules.into_iter().collect();
    rules.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
    for (id, count) in rules {
        writeln!(out, "{count:7}  {id}")?;
    }
    let texts = report.stacks.iter().flat_map(|it| it.sources.all()).map(|(_, it)| it);
    let (mut files, mut lines, mut bytes) = (0_usize, 0_usize, 0_usize);
    for it in texts {
        files += 1;
        lines += it.lines() - usize::from(it.text.is_empty() || it.text.ends_with('\n'));
        bytes += it.text.len();
    }
    let many =
        |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    let (stacks, files) = (many(report.stacks.len(), "stack"), many(files, "file"));
    let (lines, bytes) = (many(lines, "line"), many(bytes, "byte"));
    writeln!(out, "{stacks}, {files}, {lines}, {bytes} in {:.3} s", took.as_secs_f64())
}
