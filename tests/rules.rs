//! Every rule keeps the promises of its documentation and of its fixture.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use swarm_plan::diagnostic::{Diagnostic, Severity};
use swarm_plan::rule::Preset;
use swarm_plan::rules;
use swarm_plan::stack::Kind;
use swarm_plan::stack::model::Environment;

use crate::support::{Case, examples, root, rule_fixtures, wording};

fn fixture(path: &Path) -> Case {
    Case::fixture(path).all_rules()
}

/// Rules about something that most short examples leave out: only fixtures that mark one of them
/// say where it applies. The same holds for rules outside the default preset.
const OF_ABSENCE: &[&str] = &[
    "bind-mount-unpinned",
    "data-outside-volume",
    "empty-stack",
    "image-without-tag",
    "local-volume-unpinned",
    "no-memory-limit",
    "relative-bind-mount",
    "service-without-healthcheck",
    "stateful-short-grace",
    "unused-config",
    "unused-network",
    "unused-secret",
    "unused-volume",
    "update-monitor-too-short",
];

fn is_told_everywhere(rule: &str) -> bool {
    let preset = rules::find(rule).unwrap().rule.preset;
    preset == Preset::Default && !OF_ABSENCE.contains(&rule)
}

#[test]
fn fixtures_report_exactly_what_they_mark() {
    let mut wrong = String::new();
    for path in rule_fixtures() {
        let findings = fixture(&path).check();
        let (mut places, marked) = (findings.places(), findings.marked());
        let is_marked = |rule: &str| marked.iter().any(|it| it.2 == rule);
        places.retain(|it| is_told_everywhere(&it.2) || is_marked(&it.2));
        if places == marked {
            continue;
        }
        writeln!(wrong, "\n{}", path.file_name().unwrap().display()).unwrap();
        let missing = marked.iter().filter(|it| !places.contains(it)).map(|it| ("missing", it));
        let extra = places.iter().filter(|it| !marked.contains(it)).map(|it| ("unmarked", it));
        for (what, (file, line, rule)) in missing.chain(extra) {
            writeln!(wrong, "  {what}: {file}:{line}: {rule}").unwrap();
        }
    }
    assert!(
        wrong.is_empty(),
        "mark each finding with `#~ rule-id` at the end of its line\n{wrong}"
    );
}

#[test]
fn every_rule_has_a_fixture_that_triggers_it() {
    let mut silent = Vec::new();
    for rule in rules::ALL.iter().map(|it| it.rule) {
        let name = rule.id.replace('-', "_");
        let folder = root().join("fixtures/rules");
        let path = [folder.join(format!("{name}.yml")), folder.join(&name)];
        let path = path.into_iter().find(|it| it.exists());
        let found = path.is_some_and(|it| fixture(&it).check().rules().contains(&rule.id));
        if !found {
            silent.push(name);
        }
    }
    assert!(silent.is_empty(), "add to fixtures/rules what these report: {silent:?}");
}

#[test]
fn every_problem_of_a_fixture_is_worded_by_exactly_one_rule() {
    for path in rule_fixtures() {
        let findings = fixture(&path).check();
        for problem in &findings.analysis.stack.problems {
            let rules = words(&wording(problem, &findings.sources));
            // A file of a usual size is a fact, and no problem.
            let usual = matches!(problem.kind, Kind::FileSize { size: 1..512_000, .. });
            assert_eq!(
                rules.len(),
                usize::from(!usual),
                "{}: {rules:?} word {problem:?}",
                path.display()
            );
        }
    }
}

/// A bad example has no other trouble than its rule's, in the block that is called bad. Whoever
/// follows one rule's advice must not run into the next error.
#[test]
fn documented_examples_are_true() {
    let mut wrong = String::new();
    for entry in rules::ALL {
        let id = entry.rule.id;
        let examples = examples(&entry.documentation());
        for is_good in [false, true] {
            if !examples.iter().any(|it| it.is_good == is_good) {
                let verdict = if is_good { "good" } else { "bad" };
                writeln!(wrong, "\n{id} has no {verdict} example: see src/rules/mod.rs").unwrap();
            }
        }
        for example in examples {
            let found = example.case.all_rules().check();
            let mut told: BTreeSet<_> = found.rules().into_iter().collect();
            let as_promised = if example.is_good {
                let mut all = found.analysis.diagnostics.iter();
                !told.contains(id) && all.all(|it| it.severity < Severity::Error)
            } else {
                let expected: BTreeSet<_> =
                    example.also.iter().map(String::as_str).chain([id]).collect();
                told.retain(|it| is_told_everywhere(it) || expected.contains(it));
                let mut own = found.places().into_iter().filter(|it| it.2 == id);
                told == expected
                    && own.all(|it| example.file.as_ref().is_none_or(|file| it.0 == *file))
            };
            if !as_promised {
                let verdict = if example.is_good { "good" } else { "bad" };
                let (text, places) = (&example.text, found.places());
                writeln!(wrong, "\nthe {verdict} example of {id} reports {places:?}\n{text}")
                    .unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn documentation_says_why_and_what_to_do() {
    for entry in rules::ALL {
        let text = entry.documentation();
        for heading in ["## Why\n", "## Example\n", "## Fix\n", "## Source\n"] {
            assert!(text.contains(heading), "{}: no {heading:?} section", entry.rule.id);
        }
        let summary = entry.rule.summary;
        let fits =
            !summary.ends_with('.') && summary.chars().count() <= 60 && begins_small(summary);
        assert!(
            fits,
            "{}: {summary:?} is one short line in lower case, without a full stop",
            entry.rule.id
        );
    }
}

/// Only names begin with a capital.
fn begins_small(text: &str) -> bool {
    let names = ["Docker", "Swarm", "Traefik", "YAML"];
    let word = text.split(' ').next().unwrap();
    !word.starts_with(char::is_uppercase) || names.contains(&word)
}

#[test]
fn messages_are_one_line_without_a_full_stop() {
    for path in rule_fixtures() {
        for it in fixture(&path).check().analysis.diagnostics {
            let fits = !it.message.ends_with('.')
                && !it.message.contains('\n')
                && it.message.matches('`').count() % 2 == 0
                && begins_small(&it.message);
            assert!(fits, "{}: {:?}", it.rule, it.message);
            assert!(it.help.is_some(), "{}: say what to do: {:?}", it.rule, it.message);
        }
    }
}

fn words(diagnostics: &[Diagnostic]) -> Vec<(&'static str, String)> {
    let mut words: Vec<_> = diagnostics.iter().map(|it| (it.rule, it.message.clone())).collect();
    words.sort();
    words
}

#[test]
fn a_secret_in_a_broken_value_is_not_told() {
    let environment: Environment = [("HIDDEN".to_owned(), "hunter2".to_owned())].into();
    let texts = [
        "services: {a: {image: x, environment: {P: 'hunter2$'}}}",
        "services: {a: {image: x, environment: {P: '${HIDDEN/hunter2/}'}}}",
        "services: {a: {image: x, deploy: {replicas: '${HIDDEN}'}}}",
        "services: {a: {image: x, command: \"login -p 'hunter2\"}}",
    ];
    for text in texts {
        let case = Case { environment: environment.clone(), ..Case::of(text) };
        for it in case.check().analysis.diagnostics {
            let told = format!("{} {:?} {:?} {:?}", it.message, it.help, it.notes, it.related);
            assert!(!told.contains("hunter2"), "{told}");
        }
    }
}
