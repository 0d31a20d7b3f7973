//! Diffs as a user gets them. A folder of `fixtures/diff` is a story: `old.yml` and `new.yml`, or
//! the options of `args`, give `diff.txt` and `diff.json`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
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

fn in_folder(folder: &Path, program: &str, args: &[&str]) -> Output {
    let mut command = Command::new(program);
    command.current_dir(folder).args(args).stdin(Stdio::null());
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    command.output().unwrap()
}

const PROGRAM: &str = env!("CARGO_BIN_EXE_swarm-plan");

#[test]
fn a_revision_is_read_with_the_files_beside_the_stack() {
    let folder = tempfile::tempdir().unwrap();
    let top = folder.path();
    let stack = "services:\n  web:\n    image: nginx:1.27\n    env_file: ../web.env\n    \
                 configs: [{source: site, target: /site}]\nconfigs: {site: {file: ./site.conf}}\n";
    fs::create_dir(top.join("stacks")).unwrap();
    fs::write(top.join("stacks/stack.yml"), stack).unwrap();
    fs::write(top.join("stacks/site.conf"), "one\n").unwrap();
    fs::write(top.join("web.env"), "LEVEL=info\n").unwrap();
    let git = |args: &[&str]| {
        let name = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
        let output = in_folder(top, "git", &[&name[..], args].concat());
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "first"]);
    fs::write(top.join("stacks/site.conf"), "two\n").unwrap();
    fs::write(top.join("web.env"), "LEVEL=debug\n").unwrap();
    let diff = |revision: &str, options: &[&str]| {
        let args = ["diff", "-s", "shop", "-c", "stacks/stack.yml", "--git", revision];
        in_folder(top, PROGRAM, &[&args[..], options].concat())
    };
    let found: Value = serde_json::from_str(text(&diff("HEAD", &["--format", "json"]))).unwrap();
    let outcome = |name: &str| {
        let change = changes(&found).find(|it| it["name"] == name);
        change.map(|it| it["outcome"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(outcome("shop_site").as_deref(), Some("fails"));
    assert_eq!(outcome("shop_web").as_deref(), Some("restart"));
    let web = changes(&found).find(|it| it["name"] == "shop_web").unwrap();
    assert_eq!(list(&web["fields"])[0]["old"], "info");
    let wrong = diff("nowhere", &[]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("no revision `nowhere`"));
}

#[test]
fn a_saved_diff_is_refused_when_the_swarm_has_moved_on() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["new.yml", "swarm.json", "site.conf", "key.txt"] {
        let from = root().join("fixtures/diff/swarm").join(name);
        fs::copy(from, folder.path().join(name)).unwrap();
    }
    let diff = |options: &[&str]| {
        let args = ["diff", "-s", "shop", "new.yml", "--snapshot", "swarm.json"];
        in_folder(folder.path(), PROGRAM, &[&args[..], options].concat())
    };
    text(&diff(&["-o", "plan.json"]));
    let saved = fs::read_to_string(folder.path().join("plan.json")).unwrap();
    assert_eq!(saved, text(&diff(&["--format", "json"])));
    assert_eq!(text(&diff(&["--check", "plan.json"])), text(&diff(&[])));
    let swarm = fs::read_to_string(folder.path().join("swarm.json")).unwrap();
    let moved = swarm.replacen("\"Index\": 43", "\"Index\": 99", 1);
    assert_ne!(swarm, moved);
    fs::write(folder.path().join("swarm.json"), moved).unwrap();
    let refused = diff(&["--check", "plan.json"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(refused.stdout.is_empty());
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(said.contains("shop_cache was updated since: version 43, now 99"), "{said}");
}

/// Nothing else looks like this.
const VALUES: [&str; 2] = ["Zq7-wV93kTmX-41pR", "Hn4-bY62sLdQ-90cW"];

/// Where a secret may stand in a service.
const PLACES: &[&str] = &[
    "environment: {DB_PASSWORD: VALUE}",
    "environment: {DATABASE_URL: \"postgres://shop:VALUE@db/shop\"}",
    "command: [serve, --password, VALUE]",
    "command: serve --token=VALUE",
    "entrypoint: [serve, --password=VALUE]",
    "labels: {db.password: VALUE}",
    "deploy: {labels: {app.token: VALUE}}",
    "healthcheck: {test: \"redis-cli -a VALUE ping\"}",
    "logging: {driver: splunk, options: {splunk-token: VALUE}}",
    "env_file: VALUE.env",
    "secrets: [{source: key, target: key}]",
    "configs: [{source: site, target: /site}]",
];

#[test]
fn no_diff_shows_a_secret() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for (at, place) in PLACES.iter().enumerate() {
        for (name, value) in [("old", VALUES[0]), ("new", VALUES[1])] {
            fs::write(path(&format!("{name}.env")), format!("API_SECRET={value}\n")).unwrap();
            fs::write(path(&format!("{name}.txt")), format!("password: {value}\n")).unwrap();
            let place = place.replace("VALUE.env", &format!("{name}.env")).replace("VALUE", value);
            let file = format!("{{file: ./{name}.txt}}");
            let objects = format!("secrets: {{key: {file}}}\nconfigs: {{site: {file}}}\n");
            let stack = format!("services:\n  web:\n    image: nginx:1.27\n    {place}\n{objects}");
            fs::write(path(&format!("{name}.yml")), stack).unwrap();
        }
        for sides in [["old.yml", "new.yml"], ["new.yml", "old.yml"]] {
            for format in ["human", "json", "markdown", "html"] {
                let args = ["diff", "-s", "shop", sides[0], sides[1], "--format", format];
                let output = in_folder(folder.path(), PROGRAM, &args);
                let said = format!(
                    "{}{}",
                    String::from_utf8_lossy(&output.stdout),
                    String::from_utf8_lossy(&output.stderr)
                );
                assert!(said.contains("shop"), "{at}: {said}");
                for value in VALUES {
                    assert!(!said.contains(value), "{place}, {format}: {said}");
                }
            }
        }
    }
}
