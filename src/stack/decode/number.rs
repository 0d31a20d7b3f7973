//! Numbers, converted as Go converts them: wider values wrap, fractions are cut.

use crate::source::Spanned;
use crate::stack::decode::{Decoder, Fields};
use crate::stack::problem::Kind;
use crate::value::number;
use crate::yaml::{Node, Value};

impl Decoder<'_> {
    /// An unsigned number of 64 bits.
    pub(super) fn unsigned(&mut self, of: &Fields, key: &str, field: &str) -> Option<Spanned<u64>> {
        let node = of.get(key)?;
        let overflows = |shown: String| (Kind::OutOfRange { number: shown.clone() }, shown);
        let (kind, shown) = match node.value {
            Value::Int(it) if it < 0 => overflows(it.to_string()),
            Value::Float(it) if it < 0.0 => overflows(format!("{it:.6}")),
            Value::Int(it) => return Some(Spanned::new(it as u64, node.place)),
            Value::Uint(it) => return Some(Spanned::new(it, node.place)),
            Value::Float(it) => return Some(Spanned::new(float_to_unsigned(it), node.place)),
            _ => return None,
        };
        let line = format!("cannot parse '{}', {shown} overflows uint", of.path(field));
        self.refuse(kind, node.place, line);
        None
    }

    /// An unsigned number of 32 bits; Docker cuts what does not fit.
    pub(super) fn unsigned32(
        &mut self,
        of: &Fields,
        key: &str,
        field: &str,
    ) -> Option<Spanned<u32>> {
        let wide = self.unsigned(of, key, field)?;
        let narrow = wide.value as u32;
        if u64::from(narrow) != wide.value {
            let (number, becomes) = (wide.value.to_string(), narrow.to_string());
            self.note(Kind::Wrapped { number, becomes }, wide.place);
        }
        Some(Spanned::new(narrow, wide.place))
    }

    /// A signed number of 64 bits.
    pub(super) fn signed(of: &Fields, key: &str) -> Option<Spanned<i64>> {
        let node = of.get(key)?;
        signed(node).map(|it| Spanned::new(it, node.place))
    }
}

/// A node's number as a signed one of 64 bits.
pub(super) fn signed(node: &Node) -> Option<i64> {
    match node.value {
        Value::Int(it) => Some(it),
        Value::Uint(it) => Some(it as i64),
        Value::Float(it) => Some(float_to_signed(it)),
        _ => None,
    }
}

/// As a number for a ratio.
pub(super) fn float(node: &Node) -> Option<f64> {
    match node.value {
        Value::Int(it) => Some(it as f64),
        Value::Uint(it) => Some(it as f64),
        Value::Float(it) => Some(it),
        _ => None,
    }
}

/// As an amd64 processor converts for Go: out of range gives the smallest number, and without a
/// sign the middle one.
fn float_to_signed(it: f64) -> i64 {
    const END: f64 = 9_223_372_036_854_775_808.0;
    if (-END..END).contains(&it) { it as i64 } else { i64::MIN }
}

fn float_to_unsigned(it: f64) -> u64 {
    if it < 9_223_372_036_854_775_808.0 {
        float_to_signed(it) as u64
    } else if it < 18_446_744_073_709_551_616.0 {
        it as u64
    } else {
        1 << 63
    }
}

/// Go's name of a value's type.
pub(super) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "nil",
        Value::Bool(_) => "bool",
        Value::Int(_) => "int",
        Value::Uint(_) => "uint64",
        Value::Float(_) => "float64",
        Value::Timestamp(_) => "time.Time",
        Value::Text(_) => "string",
        Value::List(_) => "[]interface {}",
        Value::Map(_) => "map[string]interface {}",
    }
}

/// A value as Go prints it.
pub(in crate::stack) fn go_value(value: &Value) -> String {
    match value {
        Value::Null => "<nil>".to_owned(),
        Value::Bool(it) => it.to_string(),
        Value::Int(it) => it.to_string(),
        Value::Uint(it) => it.to_string(),
        Value::Float(it) => number::format_float_plainly(*it),
        Value::Timestamp(it) => it.go.clone(),
        Value::Text(it) => it.clone(),
        Value::List(items) => {
            let items: Vec<_> = items.iter().take(100).map(|it| go_value(&it.value)).collect();
            format!("[{}]", items.join(" "))
        }
        Value::Map(map) => {
            let mut items: Vec<_> = map.entries.iter().take(100).collect();
            items.sort_by(|a, b| a.key.text.cmp(&b.key.text));
            let item =
                |it: &&crate::yaml::Entry| format!("{}:{}", it.key.text, go_value(&it.node.value));
            format!("map[{}]", items.iter().map(item).collect::<Vec<_>>().join(" "))
        }
    }
}
