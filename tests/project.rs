//! The project keeps its own promises. A failure says what to do.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::{Value, json};
use swarm_plan::diagnostic::Safety;
use swarm_plan::rule::Preset;
use swarm_plan::rules;

use crate::support::{Case, expect_file, files, read, root, rule_fixtures};

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

/// `README.md` has a table of the rules between two comments.
#[test]
fn the_readme_lists_every_rule() {
    let (begin, end) = ("<!-- rules: written by the tests -->\n", "<!-- end of rules -->\n");
    let text = read(&root().join("README.md"));
    let start = text.find(begin).expect(begin) + begin.len();
    let stop = start + text[start..].find(end).expect(end);
    let new = format!("{}{}{}", &text[..start], rule_table(), &text[stop..]);
    if new != text {
        expect_file("README.md", &new);
    }
}

/// The rules by group. That a finding can be mended by a program is what fixtures show.
fn rule_table() -> String {
    let (mut safe, mut all) = (BTreeSet::new(), BTreeSet::new());
    for path in rule_fixtures() {
        for it in Case::fixture(&path).all_rules().check().analysis.diagnostics {
            let Some(fix) = it.fix else { continue };
            all.insert(it.rule);
            if fix.safety == Safety::Safe {
                safe.insert(it.rule);
            }
        }
    }
    let mut rules: Vec<_> = rules::ALL.iter().map(|it| it.rule).collect();
    rules.sort_by_key(|it| (it.group, it.id));
    let mut table = format!("<details>\n<summary>All {} rules</summary>\n", rules.len());
    let mut group = None;
    for it in rules {
        if group.replace(it.group) != Some(it.group) {
            let word = it.group.word();
            write!(table, "\n| {word} | | | |\n|---|---|---|---|\n").unwrap();
        }
        let page = format!("src/rules/{}.rs", it.id.replace('-', "_"));
        let preset = if it.preset == Preset::Default { "" } else { it.preset.word() };
        let fix = match (safe.contains(it.id), all.contains(it.id)) {
            (true, _) => "fix",
            (false, true) => "unsafe fix",
            (false, false) => "",
        };
        let marks: Vec<_> = [preset, fix].into_iter().filter(|it| !it.is_empty()).collect();
        let (id, severity, marks) = (it.id, it.severity, marks.join(", "));
        writeln!(table, "| [{id}]({page}) | {severity} | {} | {marks} |", it.summary).unwrap();
    }
    table + "\n</details>\n"
}
