//! The table of keys as a JSON Schema, by which editors complete and check stack files.

use serde_json::{Map, Value, json};

use crate::stack::keys::shape::{MapShape, Others, Record, Shape, Type, Unknown, Usage};
use crate::stack::keys::{KeyDoc, TOP};

/// A text with a variable, which may turn into anything.
const VARIABLE: &str = r"\$";
/// What Go reads as a duration.
const DURATION: &str = r"^[+-]?(0|((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$|\$";
/// `[[IP:]HOST:]CONTAINER[/PROTOCOL]`, near enough.
const PORT: &str =
    r"^(([^/]*:)?(\d+(-\d+)?)?:)?\d+(-\d+)?(/([tT][cC][pP]|[uU][dD][pP]|[sS][cC][tT][pP])?)?$|\$";

/// The JSON Schema (draft 7) of stack files of the version `3.minor`.
///
/// It takes what Docker's own schema takes and, since editors see files before variables are put
/// in, a text with a variable wherever Docker would convert it.
pub fn json_schema(minor: u8) -> Value {
    let mut schema = Map::new();
    schema.insert("$schema".into(), json!("http://json-schema.org/draft-07/schema#"));
    schema.insert("title".into(), json!("Docker Swarm stack file"));
    schema.extend(shape(&TOP, minor, false));
    Value::Object(schema)
}

fn shape(it: &'static Shape, minor: u8, cast: bool) -> Map<String, Value> {
    let found = match it {
        Shape::Any => json!({}),
        Shape::Plain(types) => plain(types, cast),
        Shape::Duration { since } if minor < *since => plain(&[Type::Text], cast),
        Shape::Duration { .. } => json!({ "type": "string", "pattern": DURATION }),
        Shape::Port(types) => {
            let mut found = plain(types, false);
            if types.contains(&Type::Text) {
                found["pattern"] = json!(PORT);
            }
            if types.contains(&Type::Number) {
                found["minimum"] = json!(0);
                found["maximum"] = json!(65535);
            }
            found
        }
        Shape::Enum(words) => {
            json!({ "anyOf": [{ "enum": words }, { "type": "string", "pattern": VARIABLE }] })
        }
        Shape::Size => json!({ "type": "integer", "minimum": 0 }),
        Shape::List { item, unique } => {
            let mut found = json!({ "type": "array", "items": shape(item, minor, cast) });
            if *unique {
                found["uniqueItems"] = json!(true);
            }
            found
        }
        Shape::Map(it) => map(it, minor, cast),
        Shape::Record(it) => record(it, minor, cast),
        Shape::OneOf(them) => {
            let them: Vec<_> = them.iter().map(|it| shape(it, minor, cast)).collect();
            json!({ "oneOf": them })
        }
        Shape::Changed { before, since, after } => {
            return shape(if minor < *since { before } else { after }, minor, cast);
        }
    };
    if let Value::Object(found) = found { found } else { Map::new() }
}

fn plain(types: &[Type], cast: bool) -> Value {
    let mut names: Vec<_> = types.iter().map(|it| name(*it)).collect();
    let castable = |it| matches!(it, &Type::Number | &Type::Integer | &Type::Bool);
    let cast = cast && types.iter().any(castable) && !types.contains(&Type::Text);
    if cast {
        names.push("string");
    }
    let mut found = match names.as_slice() {
        [one] => json!({ "type": one }),
        several => json!({ "type": several }),
    };
    if cast {
        found["pattern"] = json!(VARIABLE);
    }
    found
}

fn name(it: Type) -> &'static str {
    match it {
        Type::Mapping => "object",
        Type::List => "array",
        other => other.docker(),
    }
}

fn map(it: &'static MapShape, minor: u8, cast: bool) -> Value {
    let pattern = it.names.pattern();
    let mut found = json!({
        "type": "object",
        "patternProperties": { pattern: shape(it.value, minor, cast) },
    });
    if it.others == Others::Refused {
        found["additionalProperties"] = json!(false);
    }
    found
}

fn record(it: &'static Record, minor: u8, cast: bool) -> Value {
    let mut found = plain(it.types, cast);
    let keys = it.known(minor).map(|it| (it.name.to_owned(), key(it, minor)));
    found["properties"] = Value::Object(keys.collect());
    if !it.required.is_empty() {
        found["required"] = json!(it.required);
    }
    if matches!(it.unknown, Unknown::Extensions(since) if minor >= since) {
        found["patternProperties"] = json!({ "^x-": {} });
    }
    if !it.is_open(minor) {
        found["additionalProperties"] = json!(false);
    }
    found
}

fn key(it: &'static KeyDoc, minor: u8) -> Value {
    let mut found = Map::new();
    found.insert("description".into(), json!(it.doc));
    if it.usage != Usage::Used {
        found.insert("deprecated".into(), json!(true));
    }
    found.extend(shape(it.shape, minor, it.cast));
    Value::Object(found)
}
