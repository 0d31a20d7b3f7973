//! Every spec that Docker was seen to send is the same JSON value after it was read and written.

use crate::swarm::spec::{ConfigSpec, Mode, NetworkSpec, SecretSpec, ServiceSpec, UpdateConfig};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The recorded cases, where they are present.
fn recorded(name: &str) -> Option<PathBuf> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/conformance");
    let root = std::env::var("CONFORMANCE_DIR").unwrap_or_else(|_| default.to_owned());
    Some(Path::new(&root).join(name)).filter(|path| path.exists())
}

fn again<T: DeserializeOwned + Serialize>(value: &Value) -> Result<Value, serde_json::Error> {
    serde_json::to_value(serde_json::from_value::<T>(value.clone())?)
}

#[derive(Default)]
struct Tally {
    agreed: usize,
    differing: Vec<String>,
}

impl Tally {
    fn each<T: DeserializeOwned + Serialize>(&mut self, case: &str, specs: &Value) {
        let list = match specs {
            Value::Array(list) => list.iter().collect(),
            Value::Object(map) => map.values().collect(),
            _ => Vec::new(),
        };
        for spec in list {
            match again::<T>(spec) {
                Ok(written) if written == *spec => self.agreed += 1,
                written => self.differing.push(format!("{case}: {spec}\n  became {written:?}")),
            }
        }
    }

    fn answer(&mut self, case: &str, answer: &Value) {
        self.each::<ServiceSpec>(case, &answer["services"]);
        self.each::<NetworkSpec>(case, &answer["networks"]);
        self.each::<SecretSpec>(case, &answer["secrets"]);
        self.each::<ConfigSpec>(case, &answer["configs"]);
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are what one runs it for")]
fn conformance_specs() {
    let Some(folder) = recorded("stack") else { return };
    let mut tally = Tally::default();
    for case in std::fs::read_dir(folder).expect("the folder of cases") {
        let case = case.expect("a case").path();
        for file in ["expected.json", "expected-29.json"] {
            let Ok(text) = std::fs::read_to_string(case.join(file)) else { continue };
            let answer: Value = serde_json::from_str(&text).expect("a recorded answer");
            let name = case.display().to_string();
            tally.answer(&name, &answer);
            for variant in answer["variants"].as_array().into_iter().flatten() {
                tally.answer(&name, variant);
            }
        }
    }
    println!("specs: {} agreed, {} differ", tally.agreed, tally.differing.len());
    assert!(tally.differing.is_empty(), "{}", tally.differing.join("\n"));
    assert!(tally.agreed > 0, "no spec was found");
}

#[test]
fn ratios_are_written_as_go_writes_them() {
    for ratio in [json!(0), json!(0.1), json!(5), json!(0.3), json!(-0.25)] {
        let written = again::<UpdateConfig>(&json!({ "MaxFailureRatio": ratio })).expect("json");
        assert_eq!(written["MaxFailureRatio"], ratio);
    }
}

#[test]
fn what_inspect_adds_is_passed_over() {
    let inspected = json!({
        "Name": "web",
        "Labels": null,
        "TaskTemplate": {
            "ContainerSpec": { "Image": "nginx", "Isolation": "default", "New": [1] },
            "ForceUpdate": 3,
            "Runtime": "container",
        },
        "Mode": { "Replicated": { "Replicas": 18_446_744_073_709_551_615_u64 } },
        "Later": { "Than": "this" },
    });
    let spec: ServiceSpec = serde_json::from_value(inspected).expect("a spec");
    assert_eq!(spec.task_template.force_update, 3);
    assert!(matches!(spec.mode, Mode::Replicated(it) if it.replicas == Some(u64::MAX)));
}
