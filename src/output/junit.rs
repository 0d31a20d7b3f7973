//! The XML of `JUnit`: a suite for each file, a case for each finding. Errors and warnings are failures;
//! what is milder passes with a word, and what a comment silences is skipped.

use std::io;

use indexmap::IndexMap;
use quick_xml::Writer;
use quick_xml::events::BytesText;
use termcolor::WriteColor;

use crate::diagnostic::{Diagnostic, Severity};
use crate::output::xml::{self, Found, fit};
use crate::output::{Checked, Report, place};
use crate::suppression::Silenced;

/// What a suite holds: findings, and what comments silence.
type Suite<'a> = (Found<'a>, Vec<(&'a Checked<'a>, &'a Silenced)>);

pub(super) fn write(report: Report, out: &mut dyn WriteColor) -> io::Result<()> {
    let suites = suites(report);
    let count = |it: fn(&Suite) -> usize| suites.values().map(it).sum::<usize>().to_string();
    let mut writer = Writer::new_with_indent(&mut *out, b' ', 2);
    xml::declaration(&mut writer)?;
    let root = writer.create_element("testsuites").with_attributes([
        ("name", "swarm-plan"),
        ("tests", &*count(tests)),
        ("failures", &*count(failures)),
        ("errors", "0"),
    ]);
    root.write_inner_content(|writer| {
        suites.iter().try_for_each(|(name, it)| suite(writer, &fit(name), it))
    })?;
    writeln!(out)
}

/// A suite for each stack file, even one without findings, and for each file beside it that has some.
fn suites(report: Report<'_>) -> IndexMap<String, Suite<'_>> {
    let mut suites: IndexMap<String, Suite> = IndexMap::new();
    for stack in report.stacks {
        if let Some((first, _)) = stack.sources.all().next() {
            suites.entry(report.name(stack, first).into_owned()).or_default();
        }
        for it in stack.diagnostics {
            let name = report.path(stack, it.span).into_owned();
            suites.entry(name).or_default().0.push((stack, it));
        }
        for it in stack.silenced {
            let name = report.path(stack, it.diagnostic.span).into_owned();
            suites.entry(name).or_default().1.push((stack, it));
        }
    }
    suites
}

/// A file without findings is one case that passes.
fn tests(suite: &Suite) -> usize {
    (suite.0.len() + suite.1.len()).max(1)
}

fn failures(suite: &Suite) -> usize {
    suite.0.iter().filter(|(_, it)| fails(it)).count()
}

fn fails(it: &Diagnostic) -> bool {
    it.severity >= Severity::Warning
}

fn suite<W: io::Write>(writer: &mut Writer<W>, name: &str, suite: &Suite) -> io::Result<()> {
    let element = writer.create_element("testsuite").with_attributes([
        ("name", name),
        ("tests", &*tests(suite).to_string()),
        ("failures", &*failures(suite).to_string()),
        ("errors", "0"),
        ("skipped", &*suite.1.len().to_string()),
    ]);
    element.write_inner_content(|writer| {
        if suite.0.is_empty() && suite.1.is_empty() {
            let case = writer.create_element("testcase");
            case.with_attributes([("name", "no findings"), ("classname", name)]).write_empty()?;
        }
        for (stack, it) in &suite.0 {
            found(writer, name, stack, it)?;
        }
        for (stack, it) in &suite.1 {
            skipped(writer, name, stack, it)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn found<W: io::Write>(
    writer: &mut Writer<W>,
    file: &str,
    stack: &Checked,
    it: &Diagnostic,
) -> io::Result<()> {
    let (line, column) = place(stack.sources, it.span, it.span.start());
    let case = writer
        .create_element("testcase")
        .with_attributes([("name", &*format!("{}:{line}", it.rule)), ("classname", file)]);
    let mut text = format!("{file}:{line}:{column}: {}: {}", it.severity, fit(&it.message));
    let help = it.help.iter().map(|help| ("help", help));
    for (lead, more) in help.chain(it.notes.iter().map(|note| ("note", note))) {
        text.extend(["\n", lead, ": ", &*fit(more)]);
    }
    case.write_inner_content(|writer| {
        let text = BytesText::new(&text);
        if fails(it) {
            let failure = writer
                .create_element("failure")
                .with_attributes([("type", it.severity.word()), ("message", &*fit(&it.message))]);
            failure.write_text_content(text)?;
        } else {
            writer.create_element("system-out").write_text_content(text)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn skipped<W: io::Write>(
    writer: &mut Writer<W>,
    file: &str,
    stack: &Checked,
    it: &Silenced,
) -> io::Result<()> {
    let (line, _) = place(stack.sources, it.diagnostic.span, it.diagnostic.span.start());
    let name = format!("{}:{line}", it.diagnostic.rule);
    let case = writer.create_element("testcase");
    let case = case.with_attributes([("name", &*name), ("classname", file)]);
    let reason = stack.reason(it).map_or("silenced by a comment".into(), fit);
    case.write_inner_content(|writer| {
        writer.create_element("skipped").with_attribute(("message", &*reason)).write_empty()?;
        Ok(())
    })?;
    Ok(())
}
