//! The whole way from texts to findings and all their formats. Lines of `=====` part the stack
//! file, a second one that is merged into it, and what every file beside them holds.

#![no_main]

use std::io;
use std::path::Path;

use libfuzzer_sys::fuzz_target;
use swarm_plan::analysis::{self, Request};
use swarm_plan::diagnostic::Diagnostic;
use swarm_plan::hidden::{self, Hidden};
use swarm_plan::output::{Checked, Format, Report};
use swarm_plan::settings::Levels;
use swarm_plan::source::{Files, Sources, Span};
use swarm_plan::stack::model::Environment;
use swarm_plan::stack::{config_verdict, show, verdict};
use swarm_plan::swarm::convert::Existing;
use termcolor::NoColor;

/// The same bytes in every file.
struct Disk(Option<Vec<u8>>);

impl Files for Disk {
    fn read(&self, _: &Path) -> io::Result<Vec<u8>> {
        self.0.clone().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn size(&self, path: &Path) -> io::Result<u64> {
        self.read(path).map(|it| it.len() as u64)
    }
}

fuzz_target!(|text: &str| {
    let mut parts = text.split("\n=====\n");
    let first = parts.next().unwrap_or_default();
    let second = parts.next().filter(|it| !it.is_empty());
    let disk = Disk(parts.next().map(|it| it.as_bytes().to_vec()));
    let mut sources = Sources::default();
    let mut files = vec![sources.add("stack.yml", first)];
    files.extend(second.map(|it| sources.add("override.yml", it)));
    let pair = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    let variables = [("TAG", "1.27"), ("EMPTY", ""), ("N", "3"), ("ODD", "a: [$b\u{1b}[31m\n")];
    let environment: Environment = variables.map(pair).into_iter().collect();
    let request = Request {
        files: &files,
        working_dir: Path::new("/stack"),
        environment: &environment,
        disk: &disk,
        levels: &Levels::default(),
        stack_name: "shop",
        existing: &Existing::default(),
        cluster: None,
        inventory: &[],
    };
    let analysis = analysis::analyze(&mut sources, &request);
    show(&analysis.stack);
    verdict(&analysis.stack.problems);
    config_verdict(&analysis.stack.problems);
    let _ = format!("{:?}", analysis.specs);
    let hidden = hidden::hidden(&sources, &analysis.stack, &environment);
    for it in &analysis.diagnostics {
        spans(it).for_each(|span| inside(&sources, span, it));
    }
    for &format in Format::ALL {
        let output = output(format, &sources, &analysis.diagnostics, &hidden);
        for secret in secrets(&sources, &hidden.spans) {
            assert!(!output.contains(secret), "{format:?} shows {secret:?}:\n{output}");
        }
    }
});

fn spans(it: &Diagnostic) -> impl Iterator<Item = Span> {
    let related = it.related.iter().map(|it| it.span);
    let edits = it.fix.iter().flat_map(|it| &it.edits).map(|it| it.span);
    std::iter::once(it.span).chain(related).chain(edits)
}

fn inside(sources: &Sources, span: Span, it: &Diagnostic) {
    let source = sources.get(span.source);
    assert!(source.text.get(span.range()).is_some(), "{it:?} in {:?}", source.text);
}

fn output(format: Format, sources: &Sources, diagnostics: &[Diagnostic], hidden: &Hidden) -> String {
    let mut out = NoColor::new(Vec::new());
    let stacks = [Checked { hidden, ..Checked::new(sources, diagnostics) }];
    format.write(Report::of(&stacks), &mut out).expect("a list takes everything");
    let output = String::from_utf8(out.into_inner()).expect("the output is a text");
    let order = |c: char| c.is_control() && c != '\n';
    match format {
        Format::Json => {
            serde_json::from_str::<serde_json::Value>(&output).expect("the output is JSON");
            assert!(!output.contains('\u{1b}'), "{output:?}");
        }
        _ => assert!(!output.contains(order), "{format:?}: {output:?}"),
    }
    output
}

/// The hidden texts that cannot come from anywhere else: they stand only where they are hidden,
/// and no wording of ours looks like them.
fn secrets<'a>(sources: &'a Sources, hidden: &[Span]) -> impl Iterator<Item = &'a str> {
    let texts = hidden.iter().map(|it| &sources.get(it.source).text[it.range()]);
    texts.filter(move |it| {
        let places = |text: &str| text.matches(*it).count();
        let all: usize = sources.all().map(|(_, source)| places(&source.text)).sum();
        let own = hidden.iter().map(|it| &sources.get(it.source).text[it.range()]);
        let random = it.contains(|c: char| c.is_ascii_digit()) && !it.contains([' ', '\n']);
        it.len() >= 12 && random && all == own.map(places).sum::<usize>()
    })
}
