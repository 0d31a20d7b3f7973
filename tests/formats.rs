//! The formats for machines, each held against what its readers ask for.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;
use swarm_plan::diagnostic::{Diagnostic, Edit, Effect, Fix, Safety, Severity};
use swarm_plan::output::{Checked, Format, Report, fingerprints};
use swarm_plan::source::{Sources, Span};

use crate::support::{Case, Findings, expect_file, read, report, root};

/// Every severity, a related place, a silenced finding with a reason, one without, wide characters.
const STORY: &str = "\
services:
  web:
    image: nginx:1.27
    restart: always  # swarm-plan: ignore[restart-key] the old cluster reads it
    ports: [80:80]
    deploy:
      labels: {größe: true, 東京: \"<&'>\", off: false}
  # swarm-plan: ignore[unknown-key]
  api:
    image: nginx:1.27
    imaeg: x
    depends_on: [web]
    ports: [80:8080]
";

fn story() -> Findings {
    Case::of(STORY).check()
}

const DOCUMENTS: [Format; 5] =
    [Format::Json, Format::Sarif, Format::Gitlab, Format::Junit, Format::Checkstyle];

fn without_version(text: &str) -> String {
    text.replace(&format!("\"{}\"", env!("CARGO_PKG_VERSION")), "\"VERSION\"")
}

#[test]
fn every_format_is_written_as_recorded() {
    let cases = [
        (Format::Sarif, "sarif.json"),
        (Format::Github, "github.txt"),
        (Format::Gitlab, "gitlab.json"),
        (Format::Junit, "junit.xml"),
        (Format::Checkstyle, "checkstyle.xml"),
    ];
    for (format, name) in cases {
        let mut text = without_version(&story().report(format));
        if format == Format::Sarif {
            let mut log: Value = serde_json::from_str(&text).unwrap();
            // The pages of rules have tests of their own.
            for rule in log["runs"][0]["tool"]["driver"]["rules"].as_array_mut().unwrap() {
                assert_eq!(rule["help"]["text"], rule["help"]["markdown"]);
                rule["help"] = "…".into();
                rule["fullDescription"] = "…".into();
            }
            text = serde_json::to_string_pretty(&log).unwrap() + "\n";
        }
        expect_file(&format!("fixtures/output/{name}"), &text);
    }
}

/// Findings at odd places, in files with odd names, with odd words.
fn odd() -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let mut found = Vec::new();
    for name in ["./a b/ü,c:d%\".yml", "/tmp/<x>&'y'\u{1b}.yml", "<stdin>", "\u{ffff}.yml"] {
        let id = sources.add(name, "a: 東京 x\nb: \u{1f40b} y");
        for (start, end) in [(0, 0), (3, 9), (10, 20), (99, 100), (9, 3)] {
            let span = Span::new(id, start, end);
            let mut it = finding(span, "say \"<x>\" & 'y',\n%0A\u{1b}\u{fffe}]]> done");
            it.related(span, "here, too: <&>");
            it.fix(Fix {
                title: "repair".to_owned(),
                safety: Safety::Unsafe,
                changes: Vec::new(),
                effect: Effect::Changed,
                services: BTreeSet::new(),
                edits: vec![
                    Edit { span, replacement: "\"\"".to_owned() },
                    Edit { span: Span::new(id, 2, 2), replacement: String::new() },
                ],
            });
            found.push(it);
        }
    }
    (sources, found)
}

fn finding(span: Span, message: &str) -> Diagnostic {
    Diagnostic {
        rule: "unknown-key",
        severity: Severity::Warning,
        message: message.to_owned(),
        span,
        service: Some("web".to_owned()),
        related: Vec::new(),
        help: Some(message.to_owned()),
        notes: vec![message.to_owned()],
        fix: None,
    }
}

/// All reports that a test should look at: usual, odd, empty.
fn reports(format: Format) -> Vec<String> {
    let (sources, found) = odd();
    vec![
        story().report(format),
        Case::of("services: {web: {image: 'nginx:1.27'}}\n").check().report(format),
        Case::of("services: [\n").check().report(format),
        report(&sources, &found, format),
        report(&Sources::default(), &[], format),
    ]
}

#[test]
fn sarif_is_valid_by_the_published_schema() {
    let schema = read(&root().join("fixtures/output/sarif-2.1.0.schema.json"));
    // A stray bracket, which only some grammars of patterns let pass.
    let schema = schema.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}\\\\]?$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for text in reports(Format::Sarif) {
        let log: Value = serde_json::from_str(&text).unwrap();
        let errors: Vec<_> = validator.iter_errors(&log).map(|it| it.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}\n{text}");
        let run = &log["runs"][0];
        for result in run["results"].as_array().unwrap() {
            let index = result["ruleIndex"].as_u64().unwrap() as usize;
            assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        }
    }
    assert!(!validator.is_valid(&serde_json::json!({ "version": "2.1.0" })));
}

#[test]
fn sarif_counts_utf_16_and_escapes_paths() {
    let (sources, found) = odd();
    let log: Value = serde_json::from_str(&report(&sources, &found, Format::Sarif)).unwrap();
    let location = |at: usize| &log["runs"][0]["results"][at]["locations"][0]["physicalLocation"];
    assert_eq!(location(0)["artifactLocation"]["uri"], "a%20b/%C3%BC%2Cc%3Ad%25%22.yml");
    assert_eq!(location(5)["artifactLocation"]["uri"], "file:///tmp/%3Cx%3E%26%27y%27%1B.yml");
    let region = &location(2)["region"];
    assert_eq!((&region["startLine"], &region["endLine"]), (&1.into(), &2.into()));
    assert_eq!((&region["startColumn"], &region["endColumn"]), (&7.into(), &7.into()));
}

#[test]
fn silenced_findings_are_told_where_a_format_has_a_place_for_them() {
    let log: Value = serde_json::from_str(&story().report(Format::Sarif)).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap().clone();
    let silenced: Vec<_> = results.iter().filter(|it| it["suppressions"].is_array()).collect();
    let reasons: Vec<_> =
        silenced.iter().map(|it| it["suppressions"][0]["justification"].as_str()).collect();
    assert_eq!(reasons, [Some("the old cluster reads it"), None]);
    assert!(story().report(Format::Human).contains(" in 1 stack (2 silenced by comments)\n"));
    for format in [Format::Gitlab, Format::Github, Format::Checkstyle, Format::Short] {
        assert!(!story().report(format).contains("restart-key"), "{format:?}");
    }
}

#[test]
fn gitlab_issues_have_what_gitlab_requires() {
    for text in reports(Format::Gitlab) {
        let issues: Vec<Value> = serde_json::from_str(&text).unwrap();
        let mut names = BTreeSet::new();
        for it in &issues {
            for key in ["description", "check_name", "fingerprint"] {
                assert!(it[key].as_str().is_some_and(|it| !it.is_empty()), "{key}: {it}");
            }
            let severities = ["info", "minor", "major", "critical", "blocker"];
            assert!(severities.contains(&it["severity"].as_str().unwrap()));
            assert!(!it["location"]["path"].as_str().unwrap().starts_with("./"));
            let lines = &it["location"]["lines"];
            let (begin, end) = (lines["begin"].as_u64().unwrap(), lines["end"].as_u64().unwrap());
            assert!(0 < begin && begin <= end);
            assert!(names.insert(it["fingerprint"].as_str().unwrap().to_owned()), "{it}");
        }
    }
}

/// Reads a document as any reader of XML would, and returns its elements.
fn elements(text: &str) -> Vec<BytesStart<'static>> {
    let allowed =
        |c: char| matches!(c, '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(text.chars().all(allowed), "{text:?}");
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_comments = true;
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}\n{text}")) {
            Event::Start(it) | Event::Empty(it) => {
                for attribute in it.attributes() {
                    attribute.unwrap();
                }
                found.push(it.into_owned());
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn attribute(it: &BytesStart, name: &str) -> String {
    let found = it.try_get_attribute(name).unwrap().unwrap_or_else(|| panic!("{name}: {it:?}"));
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap().into_owned()
}

#[test]
fn junit_counts_what_it_holds() {
    for text in reports(Format::Junit) {
        let all = elements(&text);
        let named = |name: &str| all.iter().filter(|it| it.name().as_ref() == name).count();
        let sum = |name: &str, count: &str| -> usize {
            let all = all.iter().filter(|it| it.name().as_ref() == name);
            all.map(|it| attribute(it, count).parse::<usize>().unwrap()).sum()
        };
        assert_eq!(named("testsuites"), 1);
        for (count, element) in [("tests", "testcase"), ("failures", "failure")] {
            assert_eq!(sum("testsuites", count), named(element), "{text}");
            assert_eq!(sum("testsuite", count), named(element), "{text}");
        }
        assert_eq!(sum("testsuite", "skipped"), named("skipped"), "{text}");
    }
}

#[test]
fn checkstyle_names_places_and_rules() {
    let expected = report(&odd().0, &odd().1, Format::Checkstyle);
    let errors: Vec<_> =
        elements(&expected).into_iter().filter(|it| it.name().as_ref() == "error").collect();
    assert_eq!(errors.len(), odd().1.len());
    assert_eq!(attribute(&errors[1], "column"), "4");
    assert_eq!(attribute(&errors[1], "source"), "swarm-plan.unknown-key");
    let message = attribute(&errors[1], "message");
    assert!(
        message.starts_with("say \"<x>\" & 'y',\\u{a}%0A\\u{1b}\u{fffd}]]> done; "),
        "{message}"
    );
    for text in reports(Format::Checkstyle) {
        elements(&text);
    }
}

#[test]
fn github_gets_one_command_for_each_finding() {
    let (sources, found) = odd();
    let text = report(&sources, &found, Format::Github);
    assert_eq!(text.lines().count(), found.len());
    assert!(text.lines().all(|it| it.starts_with("::warning file=")), "{text}");
    assert!(
        text.starts_with("::warning file=a b/ü%2Cc%3Ad%25\".yml,line=1,endLine=1,col=1,"),
        "{text}"
    );
    let across = text.lines().nth(2).unwrap();
    assert!(across.contains("line=1,endLine=2,title=unknown-key::say "), "{across}");
}

#[test]
fn documents_end_with_a_line_break_and_hold_nothing_else() {
    for format in DOCUMENTS {
        assert!(format.is_document());
        for text in reports(format) {
            assert!(text.starts_with(['{', '[', '<']) && text.ends_with(['}', ']', '>', '\n']));
            assert_eq!(text.matches("\n\n").count(), 0, "{text}");
        }
    }
    assert!(![Format::Human, Format::Short, Format::Github].iter().any(|it| it.is_document()));
}

/// The fingerprints of a stack's findings, each with its rule.
fn prints(text: &str) -> Vec<(&'static str, String)> {
    let findings = Case::of(text).check();
    let stacks = [Checked::new(&findings.sources, &findings.analysis.diagnostics)];
    let prints = fingerprints(Report::of(&stacks)).remove(0).diagnostics;
    let mut all: Vec<_> = findings.rules().into_iter().zip(prints).collect();
    all.sort();
    all
}

#[test]
fn fingerprints_survive_what_moves_a_finding() {
    let text = "services:\n  web:\n    image: x:1\n    imaeg: x\n    restart: always\n    \
                environment:\n      A: true\n  api:\n    image: x:1\n    imaeg: x\n";
    let known = prints(text);
    assert!(known.len() >= 4, "{known:?}");
    assert_eq!(known.iter().collect::<BTreeSet<_>>().len(), known.len(), "each is told apart");
    let moved = [
        format!("# a\n\n{text}"),
        text.replace("  web:\n", "  web:\n    # a comment\n\n    hostname: web\n"),
        text.replace("  api:\n", "  extra:\n    image: y:1\n  api:\n"),
    ];
    for other in moved {
        assert_eq!(prints(&other), known, "{other}");
    }
    let other = prints(&text.replace("A: true", "B: true"));
    assert_eq!(other.iter().filter(|it| !known.contains(it)).count(), 1, "{other:?}");
}

#[test]
fn a_finding_that_is_not_shown_keeps_its_number() {
    let mut sources = Sources::default();
    let id = sources.add("stack.yml", "a: 1\na: 1\n");
    let (one, two) = (Span::new(id, 0, 1), Span::new(id, 5, 6));
    let found = [finding(one, "odd"), finding(two, "odd")];
    let both = fingerprints(Report::of(&[Checked::new(&sources, &found)])).remove(0).diagnostics;
    let second = Checked { unshown: &found[..1], ..Checked::new(&sources, &found[1..]) };
    assert_eq!(fingerprints(Report::of(&[second])).remove(0).diagnostics, both[1..]);
    assert_ne!(both[0], both[1]);
}
