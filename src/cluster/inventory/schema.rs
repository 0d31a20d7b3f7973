//! The table of keys as a JSON Schema, by which editors complete and check inventories.

use crate::cluster::inventory::keys::{Key, ROOT, Shape};
use serde_json::{Map, Value, json};

/// What Docker reads as an amount of memory, near enough.
const MEMORY: &str = r"^[0-9]+(\.[0-9]*)? ?([bB]|[kKmMgGtTpP]([iI]?[bB])?)?$";
/// What Docker reads as a count of processors, near enough.
const CPUS: &str = r"^[0-9]*\.?[0-9]+$";

/// The JSON Schema (draft 7) of `nodes.yml`.
pub fn json_schema() -> Value {
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Nodes of a Docker swarm, and what is there already",
        "description": "Docker's own JSON of nodes (docker node inspect) is taken in its place.",
    });
    let inventory = record(&ROOT);
    let inspected = json!({ "type": "array", "items": { "type": "object" } });
    schema["anyOf"] = json!([inventory, inspected]);
    schema
}

fn record(keys: &'static [Key]) -> Value {
    let mut properties = Map::new();
    for key in keys {
        let mut value = shape(&key.shape);
        value["description"] = json!(key.doc);
        properties.insert(key.name.to_owned(), value);
    }
    json!({
        "type": ["object", "null"],
        "properties": properties,
        "patternProperties": { "^x-": {} },
        "additionalProperties": false,
    })
}

fn shape(shape: &'static Shape) -> Value {
    let texts = json!({ "type": ["array", "null"], "items": { "type": "string" } });
    let map = |value: Value| json!({ "type": ["object", "null"], "additionalProperties": value });
    let labels = map(json!({ "type": "string" }));
    match shape {
        Shape::Text => json!({ "type": ["string", "null"] }),
        Shape::Flag => json!({ "type": ["boolean", "null"] }),
        Shape::Number(least, most) => {
            json!({ "type": ["integer", "null"], "minimum": least, "maximum": most })
        }
        Shape::Cpus => {
            json!({ "type": ["number", "string", "null"], "minimum": 0, "pattern": CPUS })
        }
        Shape::Memory => {
            json!({ "type": ["integer", "string", "null"], "minimum": 0, "pattern": MEMORY })
        }
        Shape::Word(words) => json!({ "enum": words }),
        Shape::Texts => texts,
        Shape::Labels => labels,
        Shape::ListOfLabels => json!({ "type": ["array", "null"], "items": labels }),
        Shape::Generic => map(json!({ "anyOf": [{ "type": "integer", "minimum": 0 }, texts] })),
        Shape::Record(keys) => record(keys),
        Shape::List(keys) => json!({ "type": ["array", "null"], "items": record(keys) }),
        Shape::Map(keys) => map(record(keys)),
        Shape::MapOrTexts(keys) => json!({ "anyOf": [map(record(keys)), texts] }),
        Shape::Services(keys) => {
            let full = json!({ "type": "object", "required": ["Spec"] });
            let spec = json!({ "type": "object", "required": ["TaskTemplate"] });
            let listed = json!({ "type": "array", "items": full });
            json!({ "anyOf": [map(json!({ "anyOf": [record(keys), full, spec] })), listed] })
        }
    }
}
