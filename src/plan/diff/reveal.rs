//! Values of which only the hash was saved, put back where they are those of the new side.

use serde_json::Value;
use std::collections::BTreeMap;

use crate::cluster::hide::hidden;
use crate::swarm::spec::ServiceSpec;
use crate::value::sha256::digits;

/// A spec with those values that it has as hashes only and that are the ones of the other spec.
pub(in crate::plan) fn revealed(spec: &ServiceSpec, new: &ServiceSpec) -> ServiceSpec {
    let env = spec.task_template.container_spec.env.iter();
    let mut texts = env.filter_map(|it| Some(it.split_once('=')?.1));
    let is_hashed = texts.any(|it| digits(it).is_some());
    let json = |it: &ServiceSpec| serde_json::to_value(it).unwrap_or_default();
    let old = json(spec);
    if !is_hashed && !holds_hash(&old, "") {
        return spec.clone();
    }
    let new = json(new);
    let known = reveal(&old, &new, &hidden(&new));
    serde_json::from_value(known).unwrap_or_else(|_| spec.clone())
}

/// Whether a text other than an image's has a hash in it.
fn holds_hash(value: &Value, key: &str) -> bool {
    match value {
        Value::String(it) if key != "Image" => hash_in(it).is_some(),
        Value::Array(items) => items.iter().any(|it| holds_hash(it, key)),
        Value::Object(map) => map.iter().any(|(key, it)| holds_hash(it, key)),
        _ => false,
    }
}

/// Where a text has a hash in it.
pub(super) fn hash_in(text: &str) -> Option<std::ops::Range<usize>> {
    const LENGTH: usize = 71;
    let starts = text.match_indices("sha256:").map(|it| it.0);
    starts.map(|at| at..at + LENGTH).find(|it| text.get(it.clone()).and_then(digits).is_some())
}

/// The old value; where it is as the new one is when it is hidden, the new one.
fn reveal(old: &Value, new: &Value, hidden: &Value) -> Value {
    if old == hidden {
        return new.clone();
    }
    match (old, new, hidden) {
        (Value::Object(old), Value::Object(new), Value::Object(hidden)) => old
            .iter()
            .map(|(key, it)| {
                let pair = new.get(key).zip(hidden.get(key));
                let known =
                    pair.map_or_else(|| it.clone(), |(new, hidden)| reveal(it, new, hidden));
                (key.clone(), known)
            })
            .collect(),
        (Value::Array(old), Value::Array(new), Value::Array(hidden)) => {
            let by_text: BTreeMap<String, &Value> =
                hidden.iter().zip(new).map(|(hidden, new)| (hidden.to_string(), new)).collect();
            let pairs = old.iter().enumerate().map(|(at, it)| {
                if let Some(known) = by_text.get(&it.to_string()) {
                    return (*known).clone();
                }
                match new.get(at).zip(hidden.get(at)) {
                    Some((new, hidden)) => reveal(it, new, hidden),
                    None => it.clone(),
                }
            });
            pairs.collect()
        }
        _ => old.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::revealed;
    use crate::cluster::hide::hidden;
    use crate::swarm::spec::ServiceSpec;
    use serde_json::json;

    #[test]
    fn a_hash_of_the_same_value_is_the_same_value() {
        let new = json!({ "TaskTemplate": { "ContainerSpec": {
            "Env": ["A=1", "DB_PASSWORD=Kx9vTq27LmW"], "Args": ["x", "--password", "Kx9vTq27LmW"] } } });
        let spec = |it| serde_json::from_value::<ServiceSpec>(it).expect("a spec");
        let saved = spec(hidden(&new));
        let new = spec(new);
        assert_ne!(saved, new);
        assert_eq!(revealed(&saved, &new), new);
        let mut other = new.clone();
        other.task_template.container_spec.env[1] = "DB_PASSWORD=other".to_owned();
        let known = revealed(&saved, &other).task_template.container_spec.env;
        assert_eq!(known[0], "A=1");
        assert!(known[1].starts_with("DB_PASSWORD=sha256:"), "{known:?}");
    }
}
