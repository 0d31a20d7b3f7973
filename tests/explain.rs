//! Pasted errors of Docker.

use std::collections::BTreeSet;

use serde_json::Value;
use swarm_plan::explain::{ENTRIES, Explanation, explain};
use swarm_plan::rules;

use crate::cli::{code, err, folder, out, run, with_input};
use crate::conformance;

#[test]
fn every_recorded_example_is_explained_by_its_entry() {
    assert!(ENTRIES.len() >= 130, "{}", ENTRIES.len());
    let mut seen = BTreeSet::new();
    for (at, entry) in ENTRIES.iter().enumerate() {
        assert!(!entry.examples.is_empty(), "entry {at} has no example");
        for text in &entry.examples {
            assert!(seen.insert(text), "{text:?} stands twice");
            for wrapped in [text.clone(), format!("$ docker stack deploy\n{text}\n")] {
                let found = explain(&wrapped);
                let rules: Vec<_> = found.iter().map(|it| it.rule).collect();
                assert!(rules.contains(&entry.rule.as_deref()), "{text:?}: {found:?}");
            }
        }
    }
}

#[test]
fn an_explanation_says_what_why_and_what_to_do() {
    let open = regex::Regex::new(r"[^{]\{[a-z]+\}").unwrap();
    for entry in ENTRIES.iter() {
        for it in entry.examples.iter().flat_map(|it| explain(it)) {
            for words in [&it.means, &it.why, &it.todo] {
                assert!(
                    words.ends_with(['.', '"', '\'', '`', ')']) || words.contains(": "),
                    "{it:?}"
                );
                assert!(!words.is_empty() && !open.is_match(words), "{it:?}");
            }
        }
        if let Some(rule) = &entry.rule {
            assert!(rules::find(rule).is_some(), "no rule is named `{rule}`");
        }
    }
}

/// Everything that the real program was recorded to say about stack files.
#[test]
fn every_error_of_the_conformance_cases_is_explained() {
    let mut unknown = BTreeSet::new();
    let mut count = 0;
    for case in std::fs::read_dir(conformance::folder().join("stack")).unwrap() {
        let path = case.unwrap().path().join("expected.json");
        let Ok(expected) =
            serde_json::from_str::<Value>(&std::fs::read_to_string(&path).unwrap_or_default())
        else {
            continue;
        };
        let Some(error) = expected["error"].as_str() else { continue };
        count += 1;
        if explain(error).is_empty() {
            unknown.insert(error.to_owned());
        }
    }
    assert!(count > 300, "{count} errors");
    assert!(unknown.is_empty(), "{unknown:#?}");
}

fn one(text: &str) -> Explanation {
    let mut found = explain(text);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

#[test]
fn the_specific_text_is_told_and_not_the_general_one() {
    assert_eq!(one("services.web.depends_on must be a list").rule, Some("depends-on-long-form"));
    assert_eq!(one("services.web.ports must be a list").rule, Some("wrong-type"));
    let text = "service web: undefined network \"nope\"";
    assert_eq!(one(text).means, "`web` joins the network `nope`, which the file does not define.");
    assert!(one("no suitable node").means.starts_with("No node takes the task"));
    let several = explain(
        "no suitable node (insufficient resources on 7 nodes; scheduling constraints not \
         satisfied on 4 nodes; 1 node not available for new tasks)",
    );
    let rules: Vec<_> = several.iter().map(|it| it.rule.unwrap()).collect();
    assert_eq!(
        rules,
        ["reservation-exceeds-node", "constraint-unsatisfiable", "every-node-drained"]
    );
}

#[test]
fn the_command_takes_words_and_standard_input() {
    let it = folder(&[]);
    let text = "services.web.depends_on must be a list";
    let output = run(it.path(), &["explain", text]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(out(&output).starts_with(text), "{}", out(&output));
    assert!(out(&output).contains("rules\n        depends-on-long-form"), "{}", out(&output));
    assert!(out(&output).lines().all(|it| it.chars().count() <= 80), "{}", out(&output));
    let words: Vec<_> = ["explain"].into_iter().chain(text.split(' ')).collect();
    assert_eq!(run(it.path(), &words).stdout, output.stdout);
    assert_eq!(with_input(it.path(), &["explain", "-"], text.as_bytes()).stdout, output.stdout);

    let json = run(it.path(), &["explain", "--format", "json", text]);
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["errors"][0]["rule"], "depends-on-long-form");

    let output = run(it.path(), &["explain", "all is well"]);
    assert_eq!((code(&output), out(&output)), (2, ""));
    assert_eq!(code(&run(it.path(), &["explain"])), 2);
}
