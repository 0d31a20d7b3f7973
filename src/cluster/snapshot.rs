//! What a swarm holds at one moment, in one document with the Engine API's own field names: what
//! `snapshot` saves, and what is asked of a running swarm.
//!
//! Unless the user wants them shown, values that may be secret stand there as hashes, made by
//! [`crate::value::sha256::hashed`]: variables as `NAME=sha256:…`, the content of a config as
//! `{"sha256": "…"}`, and whatever [`crate::cluster::hide`] finds elsewhere. The content of a secret
//! is known to nobody.

use crate::cluster::hide;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The document's own word for its form.
pub const SCHEMA: &str = "swarm-plan/snapshot/1";

/// The document. Items of the lists are what the Engine API's lists hold; what is not needed may be
/// left out. A list that is absent is not known: who asked was not allowed to see it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Snapshot {
    /// [`SCHEMA`].
    pub schema: String,
    /// Where it comes from, such as the Engine's address.
    pub source: String,
    /// Whether what may be secret stands there as hashes. What is compared with it has to be
    /// [hidden](hide::hidden) first.
    pub hashed: bool,
    /// Of `GET /info`.
    pub info: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nodes: Option<Vec<Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub services: Option<Vec<Value>>,
    /// Without their specs, which are that of the service or an older one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tasks: Option<Vec<Value>>,
    /// Those of scope `swarm`, and those of the manager that answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub networks: Option<Vec<Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secrets: Option<Vec<Value>>,
    /// `Spec.Data` is base64, or an object with the content's `sha256`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub configs: Option<Vec<Value>>,
}

impl Snapshot {
    /// Reads the document; the answer otherwise says why it is none.
    pub fn read(text: &str) -> Result<Self, String> {
        let it: Self = serde_json::from_str(text).map_err(|it| it.to_string())?;
        match it.schema.as_str() {
            SCHEMA => Ok(it),
            other => Err(format!("its schema is `{other}`, not `{SCHEMA}`")),
        }
    }

    /// The same without a secret in it.
    pub fn without_secrets(mut self) -> Self {
        if self.hashed {
            return self;
        }
        self.hashed = true;
        hide::hide(&mut self.info);
        let lists = [
            &mut self.nodes,
            &mut self.services,
            &mut self.tasks,
            &mut self.networks,
            &mut self.secrets,
            &mut self.configs,
        ];
        lists.into_iter().flatten().flatten().for_each(hide::hide);
        self
    }

    /// Brings everything into an order that does not depend on the Engine's: by name, tasks by
    /// service, slot and node.
    pub fn sort(&mut self) {
        for node in self.nodes.iter_mut().flatten() {
            let plugins = node.pointer_mut("/Description/Engine/Plugins");
            if let Some(Value::Array(plugins)) = plugins {
                plugins.sort_by_cached_key(|it| (text(it, "/Type"), text(it, "/Name")));
            }
        }
        let names: BTreeMap<String, String> = (self.services.iter().flatten())
            .map(|it| (text(it, "/ID"), text(it, "/Spec/Name")))
            .collect();
        let task = |it: &Value| {
            let service = names.get(&text(it, "/ServiceID")).cloned().unwrap_or_default();
            let slot = it.get("Slot").and_then(Value::as_u64).unwrap_or_default();
            (service, slot, text(it, "/NodeID"), text(it, "/ID"))
        };
        by_name(&mut self.nodes, "/Description/Hostname");
        by_name(&mut self.services, "/Spec/Name");
        self.tasks.iter_mut().for_each(|it| it.sort_by_cached_key(task));
        by_name(&mut self.networks, "/Name");
        by_name(&mut self.secrets, "/Spec/Name");
        by_name(&mut self.configs, "/Spec/Name");
    }
}

/// The text at a path; empty where there is none.
pub(super) fn text(value: &Value, path: &str) -> String {
    value.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn by_name(list: &mut Option<Vec<Value>>, name: &str) {
    let id = |it: &Value| text(it, "/ID") + &text(it, "/Id");
    if let Some(list) = list {
        list.sort_by_cached_key(|it| (text(it, name), id(it)));
    }
}

#[cfg(test)]
mod tests {
    use super::{SCHEMA, Snapshot};
    use serde_json::{Value, json};

    fn snapshot() -> Snapshot {
        let service = |id: &str, name: &str| {
            let task = json!({ "ContainerSpec": { "Env": ["A=Kx9vTq27LmW"] } });
            json!({ "ID": id, "Spec": { "Name": name, "TaskTemplate": task } })
        };
        let task = |id: &str, service: &str, slot: u64| json!({ "ID": id, "ServiceID": service, "Slot": slot, "NodeID": "n1" });
        let plugin = |kind: &str, name: &str| json!({ "Type": kind, "Name": name });
        let plugins = [plugin("Volume", "local"), plugin("Log", "gelf"), plugin("Log", "awslogs")];
        Snapshot {
            schema: SCHEMA.to_owned(),
            nodes: Some(vec![
                json!({ "ID": "n2", "Description": { "Hostname": "b", "Engine": { "Plugins": plugins } } }),
                json!({ "ID": "n1", "Description": { "Hostname": "a" } }),
            ]),
            services: Some(vec![service("s2", "web"), service("s1", "api")]),
            tasks: Some(vec![task("t3", "s2", 1), task("t2", "s1", 10), task("t1", "s1", 9)]),
            networks: Some(vec![
                json!({ "Id": "k2", "Name": "x" }),
                json!({ "Id": "k1", "Name": "x" }),
            ]),
            configs: Some(Vec::new()),
            ..Snapshot::default()
        }
    }

    fn ids(list: Option<&Vec<Value>>) -> Vec<&str> {
        list.into_iter()
            .flatten()
            .filter_map(|it| it.get("ID").or(it.get("Id"))?.as_str())
            .collect()
    }

    #[test]
    fn the_order_does_not_depend_on_the_engine() {
        let mut it = snapshot();
        it.sort();
        assert_eq!(ids(it.nodes.as_ref()), ["n1", "n2"]);
        assert_eq!(ids(it.services.as_ref()), ["s1", "s2"]);
        assert_eq!(ids(it.tasks.as_ref()), ["t1", "t2", "t3"]);
        assert_eq!(ids(it.networks.as_ref()), ["k1", "k2"]);
        let plugins = &it.nodes.as_ref().expect("nodes")[1]["Description"]["Engine"]["Plugins"];
        let names: Vec<_> =
            plugins.as_array().expect("plugins").iter().map(|it| &it["Name"]).collect();
        assert_eq!(names, ["awslogs", "gelf", "local"]);
    }

    #[test]
    fn what_is_written_reads_as_the_same_and_what_is_not_known_is_left_out() {
        for it in [snapshot(), snapshot().without_secrets()] {
            let text = serde_json::to_string(&it).expect("JSON");
            assert!(!text.contains("\"secrets\"") && text.contains("\"configs\":[]"), "{text}");
            assert_eq!(text.contains("Kx9vTq27LmW"), !it.hashed, "{text}");
            assert_eq!(Snapshot::read(&text), Ok(it));
        }
        assert!(Snapshot::read("{}").is_err() && Snapshot::read("").is_err());
    }
}
