//! What a deploy would change as one page that needs nothing else; the plan's page follows where
//! there is a plan.

use std::fmt::Write;
use std::io;

use termcolor::{NoColor, WriteColor};

use crate::output::changes::document::Document;
use crate::output::changes::{Comparison, lines, words};
use crate::output::plan::{STYLE, escaped_html as text};
use crate::output::{PlanFormat, escaped};
use crate::plan::diff::Outcome;

/// What the plan's style does not have.
const OWN: &str = include_str!("changes.css");

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
    <meta name=\"color-scheme\" content=\"light dark\">\n\
    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src \
    'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">\n\
    <link rel=\"icon\" href=\"data:,\">\n";

pub(super) fn write(
    it: &Comparison,
    document: &Document,
    out: &mut dyn WriteColor,
) -> io::Result<()> {
    let body = body(it, document);
    let Some(plan) = it.plan else {
        let name = text(&escaped(it.diff.name));
        writeln!(out, "{HEAD}<title>Changes: {name}</title>\n<style>{STYLE}{OWN}</style>")?;
        return writeln!(out, "</head>\n<body>\n{body}</body>\n</html>");
    };
    let mut page = NoColor::new(Vec::new());
    PlanFormat::Html.write(plan, &mut page)?;
    let page = String::from_utf8_lossy(page.get_ref()).into_owned();
    let (head, rest) = page.split_once("</style>").unwrap_or(("", &page));
    let (between, rest) = rest.split_once("<body>").unwrap_or(("", rest));
    write!(out, "{head}{OWN}</style>{between}<body>\n{body}{rest}")
}

fn body(it: &Comparison, document: &Document) -> String {
    let mut page = String::new();
    // Nothing can go wrong when a text is written to.
    let _ = fill(it, document, &mut page);
    page
}

fn fill(it: &Comparison, document: &Document, page: &mut String) -> std::fmt::Result {
    let shown = |it: &str| text(&escaped(it));
    let verdict = document.summary.verdict;
    let sign = match verdict {
        "good" => "✓",
        "doubtful" => "!",
        _ => "✗",
    };
    let (name, what) = (shown(it.diff.name), shown(&document.summary.text));
    writeln!(page, "<main class=\"changes\">\n<header class=\"card verdict {verdict}\">")?;
    writeln!(page, "<span class=\"sign\" aria-hidden=\"true\">{sign}</span><div>")?;
    writeln!(page, "<h1>{name} <span class=\"said\">{what}</span></h1>")?;
    let (old, counts) = (shown(&it.diff.running.name), words::summary(it.diff));
    writeln!(page, "<p>compared with {old}: {counts}</p></div></header>")?;
    for (step, steps) in it.diff.steps.iter().zip(&document.steps) {
        if step.changes.is_empty() {
            continue;
        }
        let (n, word) = (step.stage as usize + 1, step.stage.word());
        let more = lines::of_step(it, step);
        writeln!(page, "<h2>Step {n}: {word}<span class=\"soft\">{more}</span></h2>")?;
        for (change, shown_change) in step.changes.iter().zip(&steps.changes) {
            let (sign, name) = (words::sign(change.outcome), shown(&change.name));
            let class = class(change.outcome);
            let open = if matches!(change.outcome, Outcome::None) { "" } else { " open" };
            let what = shown(&lines::of_object(it, change));
            writeln!(page, "<details class=\"card change\"{open}><summary>")?;
            writeln!(page, "<b class=\"{class}\">{sign}</b> <b>{name}</b> {what}</summary>")?;
            if !shown_change.fields.is_empty() {
                writeln!(page, "<div class=\"scroll\"><table><tbody>")?;
            }
            for field in &shown_change.fields {
                let note = field.note.as_deref().map(shown).unwrap_or_default();
                let place = field.place.as_ref();
                let place = place.map(|it| shown(&format!("{}:{}", it.file, it.line)));
                let (name, value) = (shown(&field.name), shown(&lines::of_field(field)));
                let place = place.unwrap_or_default();
                writeln!(page, "<tr><th scope=\"row\">{name}</th><td>{value}</td>")?;
                writeln!(
                    page,
                    "<td class=\"soft\">{note}</td><td class=\"soft\">{place}</td></tr>"
                )?;
            }
            if !shown_change.fields.is_empty() {
                writeln!(page, "</tbody></table></div>")?;
            }
            for note in lines::notes(change, shown_change) {
                writeln!(page, "<p>{}</p>", shown(&note))?;
            }
            writeln!(page, "</details>")?;
        }
        for line in &steps.halt {
            writeln!(page, "<p class=\"bad halt\">■ {}</p>", shown(line))?;
        }
    }
    if !document.left.is_empty() {
        writeln!(page, "<h2>Left behind</h2>\n<ul>")?;
        for it in &document.left {
            let (name, note) = (shown(it.name), shown(it.note));
            writeln!(page, "<li>{} <b>{name}</b>: {note}</li>", it.object)?;
        }
        writeln!(page, "</ul>")?;
    }
    for remark in lines::remarks(it) {
        writeln!(page, "<p class=\"soft\">{}</p>", shown(&remark))?;
    }
    writeln!(page, "</main>")
}

fn class(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Fails | Outcome::Delete => "bad",
        Outcome::Restart | Outcome::Unknown | Outcome::Ignored => "doubtful",
        Outcome::Create | Outcome::InPlace | Outcome::Scale => "good",
        Outcome::None => "soft",
    }
}
