//! Findings for people: the place underlined in its line, what to do, and a summary.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;

use codespan_reporting::diagnostic::{self as theirs, LabelStyle};
use codespan_reporting::files::{self, Files};
use codespan_reporting::term::{self, Styles, WriteStyle};
use termcolor::{ColorSpec, WriteColor};

use crate::diagnostic::{Diagnostic, Label, Safety, Severity};
use crate::output::excerpt::Excerpt;
use crate::output::uri::encoded;
use crate::output::{Checked, Report, counted, escaped, repeated};
use crate::source::{SourceId, Span};

/// The columns that line numbers may take.
const MARGIN: usize = 8;

/// The widest lines of words that are easy to read, and the narrowest.
const WIDTHS: (usize, usize) = (40, 100);

pub(super) fn write(report: Report, out: &mut dyn WriteColor) -> io::Result<()> {
    let config = term::Config::default();
    let styles = Styles::default();
    let width = report.width.saturating_sub(MARGIN).clamp(WIDTHS.0, WIDTHS.1);
    let links = Some(report.folder).filter(|_| out.supports_hyperlinks());
    let mut explained = BTreeSet::new();
    for stack in report.stacks {
        let groups = (!report.whole).then(|| repeated::groups(stack.diagnostics));
        for (at, it) in stack.diagnostics.iter().enumerate() {
            let others = match groups.as_ref().map(|it| &it[at]) {
                Some(None) => continue,
                Some(Some(others)) => others.as_slice(),
                None => &[],
            };
            let texts = Texts::around(stack, it, links);
            let mut shown = texts.diagnostic(it, explained.insert(it.rule), width);
            if !others.is_empty() {
                shown.notes.push(repetition(stack, it, others, width));
            }
            let mut painter = Painter { out, styles: &styles, word: it.severity, skip: false };
            term::emit_to_write_style(&mut painter, &config, &texts, &shown).map_err(
                |it| match it {
                    files::Error::Io(error) => error,
                    other => io::Error::other(other),
                },
            )?;
        }
    }
    summary(report, out)
}

/// Where else the same is wrong.
fn repetition(stack: &Checked, it: &Diagnostic, others: &[usize], width: usize) -> String {
    let lead = format!("{} more: ", others.len());
    let lines = repeated::lines(stack, it, others);
    let [line] = lines.as_slice() else {
        let lines = lines.iter().map(|it| wrapped("  ", it, width));
        return std::iter::once(lead.trim_end().to_owned())
            .chain(lines)
            .collect::<Vec<_>>()
            .join("\n");
    };
    wrapped(&lead, line, width)
}

fn summary(report: Report, out: &mut dyn WriteColor) -> io::Result<()> {
    let stacks = match report.stacks.len() {
        1 => "1 stack".to_owned(),
        count => format!("{count} stacks"),
    };
    let all = || report.stacks.iter().flat_map(|it| it.diagnostics);
    let counts = counted(all().map(|it| it.severity));
    let color = match all().map(|it| it.severity).max() {
        None => termcolor::Color::Green,
        Some(Severity::Error) => termcolor::Color::Red,
        Some(Severity::Warning) => termcolor::Color::Yellow,
        Some(_) => termcolor::Color::Cyan,
    };
    out.set_color(ColorSpec::new().set_fg(Some(color)).set_bold(true))?;
    let text = if counts.is_empty() { "no findings" } else { &counts };
    write!(out, "{text}")?;
    out.reset()?;
    let sum = |count: fn(&Checked) -> usize| report.stacks.iter().map(count).sum();
    let more = [
        (sum(|it| it.silenced.len()), "silenced by comments"),
        (sum(|it| it.accepted), "accepted by the baseline"),
    ];
    let more = more.into_iter().filter(|it: &(usize, _)| it.0 > 0);
    let more: Vec<_> = more.map(|(count, how)| format!("{count} {how}")).collect();
    let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join(", ")) };
    writeln!(out, " in {stacks}{more}")?;
    fixable(all(), out)
}

/// How many findings the program can resolve itself.
fn fixable<'a>(
    all: impl Iterator<Item = &'a Diagnostic>,
    out: &mut dyn WriteColor,
) -> io::Result<()> {
    let open = all.filter(|it| !it.notes.iter().any(|it| it.starts_with("not fixed")));
    let (mut safe, mut others) = (0, 0);
    for fix in open.filter_map(|it| it.fix.as_ref()) {
        match fix.safety {
            Safety::Safe => safe += 1,
            Safety::Unsafe => others += 1,
        }
    }
    match (safe, others) {
        (0, 0) => Ok(()),
        (_, 0) => writeln!(out, "{safe} can be fixed with `--fix`"),
        (0, _) => writeln!(out, "{others} can be fixed with `--fix --unsafe-fixes`"),
        _ => writeln!(out, "{safe} can be fixed with `--fix`, {others} more with `--unsafe-fixes`"),
    }
}

/// The excerpts that one finding needs, by text.
struct Texts {
    excerpts: BTreeMap<SourceId, (String, Excerpt)>,
    /// Where the finding and its related places are in the excerpts, in that order.
    ranges: Vec<Range<usize>>,
}

impl Texts {
    fn around(stack: &Checked, it: &Diagnostic, links: Option<&Path>) -> Self {
        let spans: Vec<Span> =
            std::iter::once(it.span).chain(it.related.iter().map(|it| it.span)).collect();
        let mut ranges = vec![0..0; spans.len()];
        let ids: BTreeSet<_> = spans.iter().map(|it| it.source).collect();
        let mut excerpts = BTreeMap::new();
        for id in ids {
            let here: Vec<_> = (0..spans.len()).filter(|&at| spans[at].source == id).collect();
            let places: Vec<_> = here.iter().map(|&at| spans[at]).collect();
            let after = |it: &Span| it.source <= id;
            let hidden = &stack.hidden.spans[..stack.hidden.spans.partition_point(after)];
            let hidden = &hidden[hidden.partition_point(|it| it.source < id)..];
            let source = stack.sources.get(id);
            let (excerpt, found) = Excerpt::of(source, &places, hidden);
            for (at, range) in here.into_iter().zip(found) {
                ranges[at] = range;
            }
            let name = escaped(&source.name);
            let name = match links {
                Some(folder) => link(folder, &source.name, &name),
                None => name.into_owned(),
            };
            excerpts.insert(id, (name, excerpt));
        }
        Self { excerpts, ranges }
    }

    /// `explain` says whether to tell where more about the rule is written.
    fn diagnostic(
        &self,
        it: &Diagnostic,
        explain: bool,
        width: usize,
    ) -> theirs::Diagnostic<SourceId> {
        let severity = match it.severity {
            Severity::Error => theirs::Severity::Error,
            Severity::Warning => theirs::Severity::Warning,
            Severity::Info => theirs::Severity::Note,
            Severity::Hint => theirs::Severity::Help,
        };
        let mut labels = vec![theirs::Label::primary(it.span.source, self.ranges[0].clone())];
        for (Label { span, text }, range) in it.related.iter().zip(&self.ranges[1..]) {
            let label = theirs::Label::secondary(span.source, range.clone());
            labels.push(label.with_message(escaped(text)));
        }
        let help = it.help.iter().map(|it| wrapped("help: ", it, width));
        let notes = it.notes.iter().map(|it| wrapped("note: ", it, width));
        let more = explain.then(|| format!("more: swarm-plan rules {}", it.rule));
        theirs::Diagnostic::new(severity)
            .with_code(it.rule)
            .with_message(escaped(&it.message))
            .with_labels(labels)
            .with_notes(help.chain(notes).chain(more).collect())
    }
}

/// A name that a terminal opens when it is clicked.
fn link(folder: &Path, path: &str, name: &str) -> String {
    let path = folder.join(path);
    match path.to_str() {
        Some(path) => format!("\u{1b}]8;;file://{}\u{1b}\\{name}\u{1b}]8;;\u{1b}\\", encoded(path)),
        None => name.to_owned(),
    }
}

/// The text in lines of a width that fits a terminal, later ones indented below the first.
fn wrapped(lead: &str, text: &str, most: usize) -> String {
    let text = escaped(text);
    let mut lines = String::from(lead);
    let mut width = lead.len();
    for (at, word) in text.split(' ').enumerate() {
        let length = word.chars().count();
        if at > 0 && width + 1 + length > most {
            lines.push('\n');
            lines.push_str(&" ".repeat(lead.len()));
            width = lead.len();
        } else if at > 0 {
            lines.push(' ');
            width += 1;
        }
        lines.push_str(word);
        width += length;
    }
    lines
}

impl<'a> Files<'a> for Texts {
    type FileId = SourceId;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: SourceId) -> Result<&'a str, files::Error> {
        self.excerpts.get(&id).map(|it| it.0.as_str()).ok_or(files::Error::FileMissing)
    }

    fn source(&'a self, id: SourceId) -> Result<&'a str, files::Error> {
        self.excerpts.get(&id).map(|it| it.1.text.as_str()).ok_or(files::Error::FileMissing)
    }

    fn line_index(&'a self, id: SourceId, byte: usize) -> Result<usize, files::Error> {
        let (_, excerpt) = self.excerpts.get(&id).ok_or(files::Error::FileMissing)?;
        Ok(excerpt.line_index(byte))
    }

    fn line_number(&'a self, id: SourceId, index: usize) -> Result<usize, files::Error> {
        let (_, excerpt) = self.excerpts.get(&id).ok_or(files::Error::FileMissing)?;
        Ok(excerpt.line_number(index))
    }

    fn line_range(&'a self, id: SourceId, index: usize) -> Result<Range<usize>, files::Error> {
        let (_, excerpt) = self.excerpts.get(&id).ok_or(files::Error::FileMissing)?;
        excerpt.line_range(index).ok_or(files::Error::LineTooLarge { given: index, max: 0 })
    }

    fn location(&'a self, id: SourceId, byte: usize) -> Result<files::Location, files::Error> {
        let (_, excerpt) = self.excerpts.get(&id).ok_or(files::Error::FileMissing)?;
        let (line_number, column_number) = excerpt.location(byte);
        Ok(files::Location { line_number, column_number })
    }
}

/// Colours the renderer's parts, and puts our word for a severity in place of the renderer's.
struct Painter<'a> {
    out: &'a mut dyn WriteColor,
    styles: &'a Styles,
    word: Severity,
    /// Whether the renderer's word comes next.
    skip: bool,
}

impl Write for Painter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if std::mem::take(&mut self.skip) {
            return Ok(bytes.len());
        }
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl WriteStyle for Painter<'_> {
    fn set_header(&mut self, severity: theirs::Severity) -> io::Result<()> {
        self.out.set_color(self.styles.header(severity))?;
        write!(self.out, "{}", self.word)?;
        self.skip = true;
        Ok(())
    }

    fn set_header_message(&mut self) -> io::Result<()> {
        self.out.set_color(self.styles.header_message())
    }

    fn set_line_number(&mut self) -> io::Result<()> {
        self.out.set_color(self.styles.line_number())
    }

    fn set_note_bullet(&mut self) -> io::Result<()> {
        self.out.set_color(self.styles.note_bullet())
    }

    fn set_source_border(&mut self) -> io::Result<()> {
        self.out.set_color(self.styles.source_border())
    }

    fn set_label(&mut self, severity: theirs::Severity, style: LabelStyle) -> io::Result<()> {
        self.out.set_color(self.styles.label(severity, style))
    }

    fn reset(&mut self) -> io::Result<()> {
        self.out.reset()
    }
}
