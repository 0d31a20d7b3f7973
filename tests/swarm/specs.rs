//! What we say is sent is what arrives.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// What the Engine fills in where a stack says nothing.
fn filled_in() -> Vec<(&'static str, Value)> {
    vec![
        ("TaskTemplate.ContainerSpec.DNSConfig", json!({})),
        ("TaskTemplate.ContainerSpec.Isolation", json!("default")),
        ("TaskTemplate.Runtime", json!("container")),
        ("TaskTemplate.RestartPolicy.Condition", json!("any")),
        ("Mode.Replicated.Replicas", json!(1)),
        ("UpdateConfig.FailureAction", json!("pause")),
        ("UpdateConfig.Order", json!("stop-first")),
        ("EndpointSpec.Mode", json!("vip")),
        ("EndpointSpec.Ports[].Protocol", json!("tcp")),
        ("EndpointSpec.Ports[].PublishMode", json!("ingress")),
    ]
}

/// Every place where two JSON values differ; nothing and empty are the same.
pub fn differences(sent: &Value, arrived: &Value, names: &BTreeMap<String, String>) -> Vec<String> {
    let mut found = Vec::new();
    compare("", sent, arrived, names, &mut found);
    found
}

fn compare(
    path: &str,
    sent: &Value,
    arrived: &Value,
    names: &BTreeMap<String, String>,
    found: &mut Vec<String>,
) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match (sent, arrived) {
        (Value::Object(_), Value::Object(_) | Value::Null) | (Value::Null, Value::Object(_)) => {
            let none = Map::new();
            let a = sent.as_object().unwrap_or(&none);
            let b = arrived.as_object().unwrap_or(&none);
            let keys: std::collections::BTreeSet<_> = a.keys().chain(b.keys()).collect();
            for key in keys {
                compare(&below(key), &sent[key], &arrived[key], names, found);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (at, (a, b)) in a.iter().zip(b).enumerate() {
                compare(&format!("{path}[{at}]"), a, b, names, found);
            }
        }
        _ if sent == arrived || (is_empty(sent) && is_empty(arrived)) => {}
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => {}
        // The client looks ids of secrets and configs up; networks it gives by name.
        (Value::String(name), Value::String(id))
            if names
                .get(id)
                .is_some_and(|it| name.strip_prefix("id-of-").unwrap_or(name) == it) => {}
        _ if is_empty(sent) && is_filled_in(path, arrived) => {}
        _ => found.push(format!("{path}: sent {sent}, arrived {arrived}")),
    }
}

fn is_filled_in(path: &str, arrived: &Value) -> bool {
    let (mut plain, mut inside) = (String::new(), false);
    for c in path.chars() {
        inside &= c != ']';
        if !inside {
            plain.push(c);
        }
        inside |= c == '[';
    }
    filled_in().iter().any(|it| it.0 == plain && it.1 == *arrived)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(it) => !it,
        Value::Number(it) => it.as_f64() == Some(0.0),
        Value::String(it) => it.is_empty(),
        Value::Array(it) => it.is_empty(),
        Value::Object(it) => it.values().all(is_empty),
    }
}
