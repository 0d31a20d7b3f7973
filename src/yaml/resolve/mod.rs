//! Which type a scalar has: the rules of Docker's YAML library, neither YAML 1.1 nor 1.2.

mod number;
mod timestamp;

use crate::yaml::node::Value;

pub(super) const NULL: &str = "!!null";
pub(super) const BOOL: &str = "!!bool";
pub(super) const TEXT: &str = "!!str";
pub(super) const INT: &str = "!!int";
pub(super) const FLOAT: &str = "!!float";
pub(super) const TIMESTAMP: &str = "!!timestamp";
pub(super) const BINARY: &str = "!!binary";
pub(super) const MERGE: &str = "!!merge";

/// The tag that a scalar without quotes and tag gets.
pub(super) fn plain_tag(text: &str) -> &'static str {
    if text == "<<" { MERGE } else { typed("", text).map_or(TEXT, |it| it.0) }
}

/// The value of a scalar without quotes and tag.
pub(super) fn plain(text: &str) -> Value {
    typed("", text).map_or_else(|| Value::Text(text.to_owned()), |it| it.1)
}

/// Whether a tag asks for a conversion; all others leave the text as it is.
pub(super) fn converts(tag: &str) -> bool {
    matches!(tag, BOOL | INT | FLOAT | NULL | TIMESTAMP)
}

/// The value of a scalar with a tag that converts; on failure the tag of what it is instead.
pub(super) fn tagged(tag: &str, text: &str) -> Result<Value, &'static str> {
    match (tag, typed(tag, text)) {
        (_, Some((found, value))) if found == tag => Ok(value),
        (FLOAT, Some((INT, Value::Int(number)))) => Ok(Value::Float(number as f64)),
        (_, found) => Err(found.map_or(TEXT, |it| it.0)),
    }
}

/// Tag and value of what is not text.
fn typed(tag: &str, text: &str) -> Option<(&'static str, Value)> {
    match text.bytes().next() {
        None | Some(b'~' | b'n' | b'N') => {
            matches!(text, "" | "~" | "null" | "Null" | "NULL").then_some((NULL, Value::Null))
        }
        Some(b't' | b'T') => {
            matches!(text, "true" | "True" | "TRUE").then_some((BOOL, Value::Bool(true)))
        }
        Some(b'f' | b'F') => {
            matches!(text, "false" | "False" | "FALSE").then_some((BOOL, Value::Bool(false)))
        }
        Some(b'.') => {
            let float = special(text).or_else(|| number::point_float(text))?;
            Some((FLOAT, Value::Float(float)))
        }
        Some(b'0'..=b'9' | b'+' | b'-') => typed_number(tag, text),
        Some(_) => None,
    }
}

fn typed_number(tag: &str, text: &str) -> Option<(&'static str, Value)> {
    if let Some(float) = special(text) {
        return Some((FLOAT, Value::Float(float)));
    }
    if matches!(tag, "" | TIMESTAMP)
        && let Some(time) = timestamp::parse(text)
    {
        return Some((TIMESTAMP, Value::Timestamp(Box::new(time))));
    }
    let value = number::parse(text)?;
    Some((if matches!(value, Value::Float(_)) { FLOAT } else { INT }, value))
}

fn special(text: &str) -> Option<f64> {
    match text {
        ".nan" | ".NaN" | ".NAN" => Some(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Some(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Some(f64::NEG_INFINITY),
        _ => None,
    }
}
