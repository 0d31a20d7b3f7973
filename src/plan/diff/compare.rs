//! What is different between two JSON values: the smallest parts that are, each with its path.
//! Knows nothing of Docker but which lists have items with a key, so that a list in another order,
//! or one changed item, is told as that.

use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// One difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// By the Engine API's names, such as `TaskTemplate.ContainerSpec.Env[LOG_LEVEL]`.
    pub path: String,
    /// The same without what is in brackets: what the difference is a case of.
    pub field: String,
    /// What is in the brackets, such as a variable's name.
    pub keys: Vec<String>,
    /// None where there was nothing.
    pub old: Option<Value>,
    /// None where there is nothing any more.
    pub new: Option<Value>,
    /// Whether the items are the same in another order; `old` and `new` are then their keys.
    pub is_order: bool,
}

/// How the items of a list, or the entries of an object, are told apart.
#[derive(Clone, Copy, Debug)]
pub enum Keyed {
    /// An object whose keys are data, such as labels.
    Map,
    /// A list of `NAME=value`.
    Pairs,
    /// A list of texts, each its own key.
    Words,
    /// A list of objects, told apart by these fields.
    By(&'static [&'static str]),
    /// A list of published ports: `8080:80/tcp`.
    Ports,
}

/// Compares two values. `keyed` says what the list or object of a field is keyed by.
pub(super) fn compare(
    old: &Value,
    new: &Value,
    keyed: &dyn Fn(&str) -> Option<Keyed>,
) -> Vec<Difference> {
    let mut work = Work { keyed, found: Vec::new() };
    work.values(&At::default(), Some(old), Some(new));
    work.found
}

/// A place in both values.
#[derive(Clone, Default)]
struct At {
    path: String,
    field: String,
    keys: Vec<String>,
}

impl At {
    fn field(&self, name: &str) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        Self {
            path: format!("{}{dot}{name}", self.path),
            field: format!("{}{dot}{name}", self.field),
            keys: self.keys.clone(),
        }
    }

    fn item(&self, key: &str) -> Self {
        let own = [key.to_owned()];
        Self {
            path: format!("{}[{key}]", self.path),
            field: format!("{}[]", self.field),
            keys: self.keys.iter().cloned().chain(own).collect(),
        }
    }
}

struct Work<'a> {
    keyed: &'a dyn Fn(&str) -> Option<Keyed>,
    found: Vec<Difference>,
}

impl Work<'_> {
    fn values(&mut self, at: &At, old: Option<&Value>, new: Option<&Value>) {
        let (old, new) = (said(old), said(new));
        if old == new {
            return;
        }
        let nothing = Value::Null;
        let (a, b) = (old.unwrap_or(&nothing), new.unwrap_or(&nothing));
        match (self.keyed)(&at.field) {
            Some(Keyed::Map) if is_object(a) && is_object(b) => {
                self.objects(a, b, |name| at.item(name));
            }
            Some(keyed) if !matches!(keyed, Keyed::Map) && is_list(a) && is_list(b) => {
                self.lists(at, keyed, a, b);
            }
            _ if is_object(a) && is_object(b) => self.objects(a, b, |name| at.field(name)),
            _ => self.tell(at, old, new, false),
        }
    }

    fn objects(&mut self, old: &Value, new: &Value, at: impl Fn(&str) -> At) {
        let empty = Map::new();
        let (a, b) = (old.as_object().unwrap_or(&empty), new.as_object().unwrap_or(&empty));
        for (name, value) in a {
            self.values(&at(name), Some(value), b.get(name));
        }
        for (name, value) in b.iter().filter(|it| !a.contains_key(it.0)) {
            self.values(&at(name), None, Some(value));
        }
    }

    fn lists(&mut self, at: &At, keyed: Keyed, old: &Value, new: &Value) {
        let (a, b) = (items(old, keyed), items(new, keyed));
        let (Some(a), Some(b)) = (a, b) else {
            return self.tell(at, said(Some(old)), said(Some(new)), false);
        };
        let in_b: BTreeMap<&str, &Value> = b.iter().map(|(key, it)| (key.as_str(), it)).collect();
        let in_a: BTreeMap<&str, &Value> = a.iter().map(|(key, it)| (key.as_str(), it)).collect();
        for (key, value) in &a {
            self.items(&at.item(key), Some(value), in_b.get(key.as_str()).copied());
        }
        for (key, value) in b.iter().filter(|it| !in_a.contains_key(it.0.as_str())) {
            self.items(&at.item(key), None, Some(value));
        }
        let kept = |them: &[(String, Value)], other: &BTreeMap<&str, &Value>| {
            let keys = them.iter().map(|it| it.0.clone());
            keys.filter(|it| other.contains_key(it.as_str())).collect::<Vec<_>>()
        };
        let (before, after) = (kept(&a, &in_b), kept(&b, &in_a));
        if before != after {
            self.tell(at, Some(&before.into()), Some(&after.into()), true);
        }
    }

    /// What came or went as a whole is told as a whole.
    fn items(&mut self, at: &At, old: Option<&Value>, new: Option<&Value>) {
        match (old, new) {
            (Some(_), Some(_)) => self.values(at, old, new),
            _ => self.tell(at, old, new, false),
        }
    }

    fn tell(&mut self, at: &At, old: Option<&Value>, new: Option<&Value>, is_order: bool) {
        let At { path, field, keys } = at.clone();
        let (old, new) = (old.cloned(), new.cloned());
        self.found.push(Difference { path, field, keys, old, new, is_order });
    }
}

/// Absent, null and empty are one to Docker.
fn said(value: Option<&Value>) -> Option<&Value> {
    value.filter(|it| match it {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        Value::Object(map) => !map.is_empty(),
        _ => true,
    })
}

fn is_object(value: &Value) -> bool {
    value.is_object() || value.is_null()
}

fn is_list(value: &Value) -> bool {
    value.is_array() || value.is_null()
}

/// The items with their keys; none where two have the same key, or one has none.
fn items(list: &Value, keyed: Keyed) -> Option<Vec<(String, Value)>> {
    let mut seen = std::collections::BTreeSet::new();
    let mut found = Vec::new();
    for item in list.as_array().map_or(&[][..], Vec::as_slice) {
        let (key, value) = match keyed {
            Keyed::Map => return None,
            Keyed::Words => (item.as_str()?.to_owned(), item.clone()),
            Keyed::Pairs => match item.as_str()?.split_once('=') {
                Some((name, value)) => (name.to_owned(), value.into()),
                // Docker takes the variable away that the image has.
                None => (item.as_str()?.to_owned(), Value::Bool(false)),
            },
            Keyed::By(fields) => (key(item, fields), item.clone()),
            Keyed::Ports => (port(item), item.clone()),
        };
        if !seen.insert(key.clone()) {
            return None;
        }
        found.push((key, value));
    }
    Some(found)
}

/// The fields that tell an item apart, those that are there.
fn key(item: &Value, fields: &[&str]) -> String {
    let parts = fields.iter().filter_map(|field| {
        let mut value = item;
        for name in field.split('.') {
            value = value.get(name)?;
        }
        match value {
            Value::String(it) => Some(it.clone()),
            Value::Null => None,
            other => Some(other.to_string()),
        }
    });
    parts.collect::<Vec<_>>().join("/")
}

fn port(item: &Value) -> String {
    let number = |key| item.get(key).map(ToString::to_string).unwrap_or_default();
    let published = number("PublishedPort");
    let colon = if published.is_empty() { "" } else { ":" };
    let protocol = item.get("Protocol").and_then(Value::as_str).unwrap_or("tcp");
    format!("{published}{colon}{}/{protocol}", number("TargetPort"))
}

#[cfg(test)]
mod tests {
    use super::{Keyed, compare};
    use serde_json::{Value, json};

    fn keyed(field: &str) -> Option<Keyed> {
        match field {
            "Env" => Some(Keyed::Pairs),
            "Labels" => Some(Keyed::Map),
            "Mounts" => Some(Keyed::By(&["Target"])),
            "Words" => Some(Keyed::Words),
            _ => None,
        }
    }

    /// Path, old, new of each difference.
    fn told(old: &Value, new: &Value) -> Vec<String> {
        let word = |it: Option<Value>| it.map_or("-".to_owned(), |it| it.to_string());
        let all = compare(old, new, &keyed).into_iter();
        all.map(|it| {
            let order = if it.is_order { "order " } else { "" };
            format!("{order}{} {} {}", it.path, word(it.old), word(it.new))
        })
        .collect()
    }

    #[test]
    fn one_variable_is_one_difference() {
        let old = json!({ "Env": ["A=1", "B=2", "C"] });
        let new = json!({ "Env": ["A=1", "B=3", "D="] });
        assert_eq!(told(&old, &new), ["Env[B] \"2\" \"3\"", "Env[C] false -", "Env[D] - \"\""]);
    }

    #[test]
    fn another_order_is_told_as_that() {
        let old = json!({ "Mounts": [{ "Target": "/a", "Source": "x" }, { "Target": "/b" }] });
        let new = json!({ "Mounts": [{ "Target": "/b" }, { "Target": "/a", "Source": "x" }] });
        assert_eq!(told(&old, &new), ["order Mounts [\"/a\",\"/b\"] [\"/b\",\"/a\"]"]);
        let new = json!({ "Mounts": [{ "Target": "/a", "Source": "y" }, { "Target": "/c" }] });
        assert_eq!(
            told(&old, &new),
            [
                "Mounts[/a].Source \"x\" \"y\"",
                "Mounts[/b] {\"Target\":\"/b\"} -",
                "Mounts[/c] - {\"Target\":\"/c\"}"
            ]
        );
    }

    #[test]
    fn nothing_and_empty_are_the_same() {
        let old = json!({ "Labels": {}, "Env": null, "Check": {} });
        assert_eq!(told(&old, &json!({})), [""; 0]);
        assert_eq!(told(&json!({}), &old), [""; 0]);
    }

    #[test]
    fn what_comes_into_being_is_told_by_its_parts() {
        let new =
            json!({ "Check": { "Test": ["CMD", "x"], "Retries": 3 }, "Labels": { "a": "b" } });
        assert_eq!(
            told(&json!({}), &new),
            ["Check.Test - [\"CMD\",\"x\"]", "Check.Retries - 3", "Labels[a] - \"b\""]
        );
    }

    #[test]
    fn a_list_whose_keys_are_not_keys_is_told_as_a_whole() {
        let old = json!({ "Words": ["a", "a"] });
        let new = json!({ "Words": ["a"] });
        assert_eq!(told(&old, &new), ["Words [\"a\",\"a\"] [\"a\"]"]);
    }
}
