//! What is kept of the Engine's answers: what has no use here is passed over while it is read, so that
//! it takes no room and is never told.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// How much of a value is kept.
pub(super) enum Keep {
    All,
    /// Of an object, or of each in a list, these keys.
    Of(&'static [(&'static str, Keep)]),
}

use Keep::{All, Of};

pub(super) static INFO: Keep = Of(&[
    ("Name", All),
    ("ServerVersion", All),
    (
        "Swarm",
        Of(&[
            ("NodeID", All),
            ("LocalNodeState", All),
            ("ControlAvailable", All),
            (
                "Cluster",
                Of(&[
                    ("ID", All),
                    ("DefaultAddrPool", All),
                    ("SubnetSize", All),
                    ("DataPathPort", All),
                ]),
            ),
        ]),
    ),
]);

pub(super) static NODE: Keep = Of(&[
    ("ID", All),
    ("Version", All),
    ("Spec", All),
    (
        "Description",
        Of(&[
            ("Hostname", All),
            ("Platform", All),
            ("Resources", All),
            ("Engine", All),
            ("CSIInfo", All),
        ]),
    ),
    ("Status", All),
    ("ManagerStatus", All),
]);

pub(super) static SERVICE: Keep = Of(&[
    ("ID", All),
    ("Version", All),
    ("Spec", All),
    ("PreviousSpec", All),
    ("Endpoint", All),
    ("UpdateStatus", All),
    ("JobStatus", All),
]);

/// Without its spec, which is that of its service or of an older one.
pub(super) static TASK: Keep = Of(&[
    ("ID", All),
    ("ServiceID", All),
    ("NodeID", All),
    ("Slot", All),
    ("Status", Of(&[("State", All), ("Message", All), ("Err", All)])),
    ("DesiredState", All),
    ("JobIteration", All),
]);

pub(super) static NETWORK: Keep = Of(&[
    ("Id", All),
    ("Name", All),
    ("Scope", All),
    ("Driver", All),
    ("EnableIPv4", All),
    ("EnableIPv6", All),
    ("IPAM", All),
    ("Internal", All),
    ("Attachable", All),
    ("Ingress", All),
    ("ConfigFrom", All),
    ("ConfigOnly", All),
    ("Options", All),
    ("Labels", All),
]);

/// The Engine never tells what a secret holds; should another do, it is passed over.
pub(super) static SECRET: Keep = Of(&[
    ("ID", All),
    ("Version", All),
    ("Spec", Of(&[("Name", All), ("Labels", All), ("Driver", All), ("Templating", All)])),
]);

pub(super) static CONFIG: Keep = Of(&[
    ("ID", All),
    ("Version", All),
    ("Spec", Of(&[("Name", All), ("Labels", All), ("Data", All), ("Templating", All)])),
]);

/// Reads JSON, as far as it is kept.
pub(super) fn pruned(json: &[u8], keep: &Keep) -> serde_json::Result<Value> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let value = Pruned(keep).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

struct Pruned<'a>(&'a Keep);

impl<'de> DeserializeSeed<'de> for Pruned<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        match self.0 {
            All => Value::deserialize(from),
            Of(_) => from.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Pruned<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object, a list of objects or null")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut kept = Vec::new();
        while let Some(it) = items.next_element_seed(Pruned(self.0))? {
            kept.push(it);
        }
        Ok(Value::Array(kept))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let Of(keys) = self.0 else { return Ok(Value::Null) };
        let mut kept = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            match keys.iter().find(|it| it.0 == key) {
                Some((_, keep)) => {
                    let value = entries.next_value_seed(Pruned(keep))?;
                    kept.insert(key, value);
                }
                None => _ = entries.next_value::<IgnoredAny>()?,
            }
        }
        Ok(Value::Object(kept))
    }
}

#[cfg(test)]
mod tests {
    use super::{NODE, SECRET, TASK, pruned};
    use serde_json::json;

    #[test]
    fn what_has_no_use_is_passed_over() {
        for (keep, told, expected) in [
            (
                &TASK,
                json!([{ "ID": "t", "Spec": { "Env": ["A=b"] }, "Status": { "State": "new", "Pid": 1 } }]),
                json!([{ "ID": "t", "Status": { "State": "new" } }]),
            ),
            (
                &NODE,
                json!([{ "ID": "n", "Description": null }]),
                json!([{ "ID": "n", "Description": null }]),
            ),
            (
                &SECRET,
                json!([{ "Spec": { "Name": "s", "Data": "eA==" } }]),
                json!([{ "Spec": { "Name": "s" } }]),
            ),
            (&SECRET, json!(null), json!(null)),
        ] {
            let read = pruned(told.to_string().as_bytes(), keep).expect("JSON");
            assert_eq!(read, expected);
        }
        for foreign in ["", "1", "\"text\"", "[1]", "[{}", "[{}] x", "<html>"] {
            assert!(pruned(foreign.as_bytes(), &TASK).is_err(), "{foreign}");
        }
        let deep = "[".repeat(100_000);
        assert!(pruned(deep.as_bytes(), &TASK).is_err());
    }
}
