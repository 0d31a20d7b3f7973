//! Diffs as a user gets them. A folder of `fixtures/diff` is a story: `old.yml` and `new.yml`, or
//! the options of `args`, give `diff.txt` and `diff.json`.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::support::{expect_file, read, root};

fn stories() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(root().join("fixtures/diff"))
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn run(story: &str, options: &[&str]) -> Output {
    let folder = root().join("fixtures/diff").join(story);
    let args = fs::read_to_string(folder.join("args"));
    let args = args.unwrap_or_else(|_| "old.yml new.yml".to_owned());
    Command::new(env!("CARGO_BIN_EXE_swarm-plan"))
        .current_dir(folder)
        .args(["diff", "-s", "shop"])
        .args(args.split_whitespace())
        .args(options)
        .env_clear()
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn text(output: &Output) -> &str {
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    std::str::from_utf8(&output.stdout).unwrap()
}

fn json(story: &str) -> Value {
    serde_json::from_str(text(&run(story, &["--format", "json"]))).unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

/// Every change of a diff.
fn changes(diff: &Value) -> impl Iterator<Item = &Value> {
    list(&diff["steps"]).iter().flat_map(|it| list(&it["changes"]))
}

#[test]
fn every_story_is_told_as_before() {
    for story in stories() {
        expect_file(&format!("fixtures/diff/{story}/diff.txt"), text(&run(&story, &[])));
        let output = run(&story, &["--format", "json"]);
        let json = text(&output).replace(env!("CARGO_PKG_VERSION"), "VERSION");
        expect_file(&format!("fixtures/diff/{story}/diff.json"), &json);
    }
}

#[test]
fn a_pull_request_gets_a_table() {
    let markdown = run("release", &["--format", "markdown"]);
    expect_file("fixtures/diff/release/diff.md", text(&markdown));
}

#[test]
fn a_page_needs_nothing_else() {
    for story in stories() {
        let page = run(&story, &["--format", "html"]);
        let page = text(&page);
        let outside = ["http://", "https://", " src=", "@import", "url("];
        assert!(outside.iter().all(|it| !page.contains(it)), "{story}");
        assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"), "{story}");
        for change in changes(&json(&story)) {
            assert!(page.contains(change["name"].as_str().unwrap()), "{story}: {change}");
        }
    }
}

#[test]
fn diffs_follow_their_published_schema() {
    let schema = read(&root().join("schemas/diff.schema.json"));
    let mut schema: Value = serde_json::from_str(&schema).unwrap();
    close(&mut schema);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let plan = read(&root().join("schemas/plan.schema.json"));
    let plan = jsonschema::validator_for(&serde_json::from_str(&plan).unwrap()).unwrap();
    for story in stories() {
        let diff = json(&story);
        let errors: Vec<_> = validator
            .iter_errors(&diff)
            .map(|it| format!("{}: {it}", it.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{story}: {errors:#?}");
        assert!(diff["plan"].is_null() || plan.is_valid(&diff["plan"]), "{story}");
    }
    let wrong: Value = serde_json::from_str(r#"{"schema": "swarm-plan/diff/1"}"#).unwrap();
    assert!(!validator.is_valid(&wrong));
}

/// Lets objects have no fields but those that the schema describes.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            map.values_mut().for_each(close);
            if map.contains_key("properties") && !map.contains_key("additionalProperties") {
                map.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

#[test]
fn a_diff_fits_eighty_columns() {
    for story in stories() {
        for line in text(&run(&story, &[])).lines() {
            let is_one_word = line.trim().split(' ').count() == 1;
            assert!(line.chars().count() <= 80 || is_one_word, "{story}: {line}");
        }
    }
}

#[test]
fn the_exit_code_says_whether_a_deploy_comes_to_its_end() {
    let mut codes = BTreeSet::new();
    for story in stories() {
        let diff = json(&story);
        let code = i32::from(diff["summary"]["succeeds"] == false);
        assert_eq!(run(&story, &[]).status.code(), Some(code), "{story}");
        let strict = i32::from(code == 1 || diff["summary"]["changes"] == true);
        assert_eq!(run(&story, &["--exit-code"]).status.code(), Some(strict), "{story}");
        codes.insert(code);
    }
    assert_eq!(codes.len(), 2);
}
