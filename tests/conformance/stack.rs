//! Stack files: accepted or refused, the stage, the words, the specs, the printed stack.

use std::fs;

use serde_json::{Value, json};
use swarm_plan::source::SourceId;
use swarm_plan::stack::Kind;
use swarm_plan::yaml;

use crate::conformance::case::{Answer, Case};
use crate::conformance::{Tally, folder};

#[test]
fn conformance_stack() {
    let mut folders: Vec<_> = fs::read_dir(folder().join("stack"))
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.join("expected.json").exists())
        .collect();
    folders.sort();
    let mut tally = Tally::default();
    for folder in folders {
        let case = Case::read(folder);
        let answer = case.answer();
        judge(&case, &answer, &mut tally);
    }
    tally.finish();
}

/// The recorded answer, or the recorded answers where Docker's vary.
fn answers(expected: &Value) -> Vec<&Value> {
    let variants = expected["variants"].as_array().into_iter().flatten();
    std::iter::once(expected).chain(variants).collect()
}

fn errors(expected: &Value) -> Vec<&str> {
    let possible = expected["errors_possible"].as_array().into_iter().flatten();
    possible.chain([&expected["error"]]).filter_map(Value::as_str).collect()
}

fn judge(case: &Case, answer: &Answer, tally: &mut Tally) {
    let name = &case.name;
    let expected = &case.expected;
    let ok = expected["ok"] == true;
    let stage = answer.deploy.as_ref().map(|it| it.0);
    let wanted = expected["stage"].as_str();
    tally.count("stack: accepted or refused", name, ok == stage.is_none(), || {
        format!("Docker: {} {:?}, here: {:?}", expected["ok"], errors(expected), answer.deploy)
    });
    if let Some((stage, text)) = &answer.deploy {
        tally.count("stack: stage of the refusal", name, wanted == Some(stage), || {
            format!("Docker: {wanted:?}, here: {stage}")
        });
        let possible = errors(expected);
        tally.count("stack: words of the refusal", name, possible.contains(&text.as_str()), || {
            format!("\n    Docker: {possible:?}\n    here:   {text:?}")
        });
    } else if ok {
        let own = json!({
            "services": answer.specs.services,
            "networks": answer.specs.networks,
            "external_networks": answer.specs.external_networks,
            "secrets": answer.specs.secrets,
            "configs": answer.specs.configs,
        });
        let same = |key: &str| answers(expected).iter().any(|it| same(&it[key], &own[key]));
        for key in ["services", "networks", "external_networks", "secrets", "configs"] {
            let kind = format!("stack: {}", key.replace('_', " "));
            tally.count(&kind, name, same(key), || {
                format!("\n    Docker: {}\n    here:   {}", expected[key], own[key])
            });
        }
        warnings(case, answer, tally);
    }
    config(case, answer, tally);
}

/// Equal, with nothing and empty taken as the same.
fn same(a: &Value, b: &Value) -> bool {
    let empty = |it: &Value| match it {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    };
    a == b || (empty(a) && empty(b))
}

fn warnings(case: &Case, answer: &Answer, tally: &mut Tally) {
    let (mut unsupported, mut deprecated, mut log) = (Vec::new(), Vec::new(), Vec::new());
    for problem in &answer.stack.problems {
        match &problem.kind {
            Kind::UnsupportedKey { key } => unsupported.push(key.clone()),
            Kind::DeprecatedKey { key, .. } => deprecated.push(key.clone()),
            Kind::PortAddressIgnored { warnings, .. } => {
                log.extend(warnings.iter().map(|it| format!("warning: {it}")));
            }
            _ => {}
        }
    }
    for it in [&mut unsupported, &mut deprecated] {
        it.sort();
        it.dedup();
    }
    log.sort();
    let wanted = &case.expected["warnings"];
    let names: Vec<_> =
        wanted["deprecated"].as_object().into_iter().flatten().map(|it| it.0.clone()).collect();
    let lines: Vec<_> = wanted["log"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .filter(|it| it.contains("ignoring IP"))
        .map(str::to_owned)
        .collect();
    let agrees =
        same(&wanted["unsupported"], &json!(unsupported)) && names == deprecated && lines == log;
    tally.count("stack: warnings", &case.name, agrees, || {
        format!("Docker: {wanted}, here: {unsupported:?} {deprecated:?} {log:?}")
    });
}

fn config(case: &Case, answer: &Answer, tally: &mut Tally) {
    let name = &case.name;
    let expected = &case.expected["config"];
    if expected.is_null() {
        return;
    }
    match (&answer.config, expected["ok"] == true) {
        (Ok(text), true) => {
            let wanted = expected["yaml"].as_str().unwrap();
            let tree = |text: &str| yaml::parse(SourceId::default(), text);
            let (a, b) = (tree(wanted), tree(text));
            let agrees = b.errors.is_empty() && a.root == b.root;
            tally.count("config: the same once read", name, agrees, || {
                format!("\n--- Docker\n{wanted}\n--- here\n{text}")
            });
            let exact = "config: the same byte for byte";
            tally.count(exact, name, wanted == text, || {
                format!("\n--- Docker\n{wanted}--- here\n{text}")
            });
        }
        (Err(text), false) => {
            let possible = errors(expected);
            let agrees = possible.contains(&text.as_str());
            tally.count("config: words of the refusal", name, agrees, || {
                format!("\n    Docker: {possible:?}\n    here:   {text:?}")
            });
        }
        (own, ok) => tally.count("config: accepted or refused", name, false, || {
            format!("Docker: {ok} {:?}, here: {own:?}", errors(expected))
        }),
    }
}
