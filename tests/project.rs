//! The project keeps its own promises. A failure says what to do.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use swarm_plan::rules;

use crate::support::{expect_file, files, read, root};

/// `src/lib.rs` lists the modules in the order data flows.
#[test]
fn modules_use_only_modules_above_them() {
    let lib = read(&root().join("src/lib.rs"));
    let order: BTreeMap<_, _> = lib
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .enumerate()
        .map(|(at, name)| (name, at))
        .collect();
    assert!(order.len() > 10, "src/lib.rs lists {order:?}");

    for file in files("src") {
        let path = file.strip_prefix(root().join("src")).unwrap().to_owned();
        let own = path.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        let Some(rank) = order.get(own) else { continue };
        for (at, line) in read(&file).lines().enumerate() {
            let hidden = line.contains("crate::{") || line.contains("super::super");
            assert!(!hidden, "{}:{}: name modules as `crate::module`", path.display(), at + 1);
            for used in line.split("crate::").skip(1) {
                let used = used.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
                let Some(other) = order.get(used) else { continue };
                assert!(
                    other <= rank,
                    "src/{}:{}: `{own}` uses `{used}`, which comes after it in src/lib.rs",
                    path.display(),
                    at + 1
                );
            }
        }
    }
}

/// Facts are recorded above, and worded in `src/rules`.
#[test]
fn rules_are_named_after_their_files() {
    let listed: Vec<_> = rules::ALL.iter().map(|it| it.rule.id.replace('-', "_")).collect();
    let mut present: Vec<_> = files("src/rules")
        .iter()
        .filter(|file| read(file).contains("const RULE: Rule"))
        .map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    present.sort();
    assert_eq!(listed, present, "list each file of src/rules in src/rules/mod.rs, sorted");
}

#[test]
fn files_stay_small() {
    for file in files("src").iter().filter(|it| it.extension().is_some_and(|it| it == "rs")) {
        let lines = read(file).lines().count();
        assert!(lines <= 400, "{}: {lines} lines; split it along its concepts", file.display());
    }
}

#[test]
fn files_say_what_they_hold() {
    for file in files("src").iter().filter(|it| it.extension().is_some_and(|it| it == "rs")) {
        let text = read(file);
        assert!(text.starts_with("//! "), "{}: begin with a `//!` sentence", file.display());
    }
}

#[test]
fn the_settings_schema_lists_every_rule() {
    let path = "schemas/settings.schema.json";
    let text = read(&root().join(path));
    let schema: Value = serde_json::from_str(&text).unwrap();
    let ids: Vec<_> = rules::ALL.iter().map(|it| it.rule.id).collect();
    if schema["$defs"]["rule"]["enum"] == json!(ids) {
        return;
    }
    let start = text.find("\"rule\": {\n      \"enum\": [").unwrap() + 25;
    let end = start + text[start..].find(']').unwrap();
    let lines: Vec<_> = ids.iter().map(|it| format!("\n        \"{it}\"")).collect();
    expect_file(path, &format!("{}{}\n      {}", &text[..start], lines.join(","), &text[end..]));
}
