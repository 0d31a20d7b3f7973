//! Findings as they are written.

use serde_json::Value;
use swarm_plan::diagnostic::{Diagnostic, Severity};
use swarm_plan::edit::Patch;
use swarm_plan::output::Format;
use swarm_plan::source::{Sources, Span};

use crate::support::{Case, expect_file, read, report, root};

/// Several labels, help, notes, all severities, tabs and wide characters.
const STORY: &str = "\
x-limits: &limits
  memory: 512 megs

services:
  web:
    image: nginx:1.27
    ports: [80:80]
    restart: always
    deploy:
      labels: {größe: true, 東京: \"x\", off: false}
      resources:
        limits: *limits
  api:\t# tab
    image: nginx:1.27
    depends_on: [web]
    ports: [80:8080]
";

#[test]
fn human_report() {
    expect_file("fixtures/output/human.txt", &Case::of(STORY).check().report(Format::Human));
}

#[test]
fn short_report() {
    expect_file("fixtures/output/short.txt", &Case::of(STORY).check().report(Format::Short));
}

#[test]
fn json_report() {
    let json = Case::of(STORY).check().report(Format::Json);
    let json = json.replace(env!("CARGO_PKG_VERSION"), "VERSION");
    expect_file("fixtures/output/check.json", &json);
}

/// Several of a kind are told in one block; in full where that is asked for.
#[test]
fn repeated_findings_are_told_together() {
    let text = "services:\n  a: {image: x, tmpfs: /t}\n  b: {image: y, tmpfs: /t}\n  c: {image: z, tmpfs: /t}\n";
    let told = Case::of(text).check().report(Format::Human);
    assert!(told.contains("= 2 more: 3:17 (b), 4:17 (c)\n"), "{told}");
    assert!(
        told.contains(
            "= 2 more:\n      3:14  `y` has no tag, so Docker takes `latest`\n      4:14  `z` has"
        ),
        "{told}"
    );
    assert_eq!(told.matches("warning[").count(), 2, "{told}");
    assert!(told.contains("\n6 warnings in 1 stack\n"), "{told}");

    let told = Case::of(&text[..text.len() - 27]).check().report(Format::Human);
    assert_eq!(told.matches("warning[").count(), 4, "{told}");
}

#[test]
fn no_findings() {
    let case = Case::of("services: {web: {image: 'nginx:1.27'}}\n");
    assert_eq!(case.check().report(Format::Human), "no findings in 1 stack\n");
    assert_eq!(case.check().report(Format::Short), "");
}

#[test]
fn a_report_fits_eighty_columns() {
    for line in Case::of(STORY).check().report(Format::Human).lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn json_follows_its_published_schema() {
    let schema = read(&root().join("schemas/check.schema.json"));
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();

    let mut sources = Sources::default();
    let id = sources.add("stack.yml", "a: true\n");
    let fixed = finding(Span::new(id, 3, 7));
    let reports = [
        Case::of(STORY).check().report(Format::Json),
        Case::of("services: {}\n").check().report(Format::Json),
        report(&sources, &[fixed], Format::Json),
    ];
    for text in reports {
        let instance: Value = serde_json::from_str(&text).unwrap();
        let errors: Vec<_> = validator.iter_errors(&instance).map(|it| it.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}\n{text}");
    }
    let wrong: Value = serde_json::from_str(r#"{"schema": "swarm-plan/check/1"}"#).unwrap();
    assert!(!validator.is_valid(&wrong));
}

#[test]
fn columns_count_characters_from_one() {
    let mut sources = Sources::default();
    let id = sources.add("stack.yml", "a: 1\nä: 東京 x\n");
    let at = sources.get(id).text.find('x').unwrap();
    let short = report(&sources, &[finding(Span::new(id, at, at + 1))], Format::Short);
    assert_eq!(short, "stack.yml:2:7: warning: something is odd [unknown-key]\n");
}

#[test]
fn a_terminal_gets_no_orders_from_a_file() {
    let text =
        "services:\n  web:\n    \"a\u{7}\u{1b}]0;owned\u{7}\u{202e}b\": 1\r\n    image: nginx\n";
    for format in [Format::Human, Format::Short] {
        let report = Case::of(text).check().report(format);
        let safe = |c: char| c == '\n' || (!c.is_control() && c != '\u{202e}');
        assert!(report.chars().all(safe), "{report:?}");
    }
}

#[test]
fn very_long_lines_are_cut_around_the_place() {
    let long = "x".repeat(1 << 20);
    let mut sources = Sources::default();
    let id = sources.add("stack.yml", format!("{long} here {long}\n{long}\n"));
    let mut it = finding(Span::new(id, long.len() + 1, long.len() + 5));
    it.related(Span::new(id, 3, 9), "far away").related(Span::new(id, long.len() * 2, 0), "back");
    let human = report(&sources, &[it], Format::Human);
    assert!(human.contains(" here "), "{human}");
    assert!(human.len() < 2_000, "{}", human.len());
}

#[test]
fn places_beyond_the_text_are_shown_at_its_end() {
    let mut sources = Sources::default();
    let id = sources.add("stack.yml", "ä");
    for (start, end) in [(0, 0), (1, 1), (1, 2), (2, 2), (0, 99), (99, 100), (2, 0)] {
        for format in [Format::Human, Format::Short, Format::Json] {
            let text = report(&sources, &[finding(Span::new(id, start, end))], format);
            assert!(text.contains("something is odd"), "{text}");
        }
    }
}

#[test]
fn lines_far_apart_are_shown_with_a_gap() {
    let mut sources = Sources::default();
    let id = sources.add("stack.yml", "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\ng: 7\n");
    let mut it = finding(Span::new(id, 30, 31));
    it.related(Span::new(id, 0, 1), "first").related(Span::new(id, 10, 11), "second");
    expect_file("fixtures/output/gap.txt", &report(&sources, &[it], Format::Human));
}

fn finding(span: Span) -> Diagnostic {
    let patch = Patch::raw(span, "\"true\"");
    Diagnostic {
        rule: "unknown-key",
        severity: Severity::Warning,
        message: "something is odd".to_owned(),
        span,
        service: Some("web".to_owned()),
        related: Vec::new(),
        help: Some("do something about it".to_owned()),
        notes: vec!["it was always like this".to_owned()],
        fix: Patch::safe(Some(patch), "quote it"),
    }
}
