//! Values of fields as they may be shown: without what is secret, and as a stack file writes them.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;

use crate::output::Checked;
use crate::output::mask::veil;
use crate::plan::effect::Unit;
use crate::secret::{self, Context, Text};
use crate::value::sha256;

/// What keeps secrets from view.
pub(super) struct Veil<'a> {
    /// Takes what the stack files say is secret out of a text; none where all may be shown.
    masks: Option<Vec<Mask<'a>>>,
}

/// Takes secrets out of a text.
type Mask<'a> = Box<dyn Fn(&str) -> String + 'a>;

/// Stands for a value of which only the hash was saved.
const SAVED_AS_HASH: &str = "(saved as a hash)";

impl<'a> Veil<'a> {
    pub(super) fn of(hidden: Option<&'a [Checked<'a>]>) -> Self {
        Self { masks: hidden.map(|them| them.iter().map(veil).collect()) }
    }

    /// A text, such as Docker's words.
    pub(super) fn text(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for mask in self.masks.iter().flatten() {
            text = mask(&text);
        }
        text
    }

    /// A value as it may be shown. `path` says what it is, `name` what a variable or label is
    /// called.
    pub(super) fn value(&self, path: &str, name: &str, value: &Value) -> Value {
        if let Value::String(text) = value
            && path.contains("Env[")
            && sha256::digits(text).is_some()
        {
            return SAVED_AS_HASH.into();
        }
        if self.masks.is_none() {
            return value.clone();
        }
        let starred = match value {
            Value::Array(items) if is_command(path) => words(items),
            other => starred(path, name, other, 0),
        };
        self.masked(&starred)
    }

    fn masked(&self, value: &Value) -> Value {
        match value {
            Value::String(it) => self.text(it).into(),
            Value::Array(items) => items.iter().map(|it| self.masked(it)).collect(),
            Value::Object(map) => {
                map.iter().map(|(key, it)| (self.text(key), self.masked(it))).collect()
            }
            other => other.clone(),
        }
    }
}

fn is_command(path: &str) -> bool {
    ["ContainerSpec.Args", "ContainerSpec.Command", "Healthcheck.Test"]
        .iter()
        .any(|it| path.ends_with(it))
}

fn words(items: &[Value]) -> Value {
    let texts: Vec<&str> = items.iter().map(|it| it.as_str().unwrap_or_default()).collect();
    let mut ranges: Vec<Vec<Range<usize>>> = texts.iter().map(|it| secret::suspects(it)).collect();
    for (at, leak) in secret::find_in_words(&texts) {
        ranges[at].push(leak.range);
    }
    texts.iter().zip(ranges).map(|(text, ranges)| Value::from(stars(text, &ranges))).collect()
}

fn starred(path: &str, name: &str, value: &Value, depth: usize) -> Value {
    match value {
        Value::String(text) => stars(text, &leaks(path, name, text)).into(),
        Value::Array(items) if depth < 9 => {
            items.iter().map(|it| starred(path, name, it, depth + 1)).collect()
        }
        Value::Object(map) if depth < 9 => map
            .iter()
            .map(|(key, it)| (key.clone(), starred(&format!("{path}.{key}["), key, it, depth + 1)))
            .collect(),
        other => other.clone(),
    }
}

fn leaks(path: &str, name: &str, text: &str) -> Vec<Range<usize>> {
    let context = match () {
        () if path.contains("Env[") => Context::Environment,
        () if path.contains("Labels[") => Context::Label,
        () if ["Options[", "DriverOpts["].iter().any(|it| path.contains(it)) => Context::Option,
        () => Context::Other,
    };
    let mut ranges = secret::shapes(text);
    if context == Context::Environment {
        ranges.extend(secret::in_variable(name, text));
    }
    if context != Context::Other {
        let text = Text { name: Some(name), value: text, context };
        ranges.extend(secret::find(&text).into_iter().map(|it| it.range));
    }
    ranges.extend(secret::suspects(text));
    ranges
}

/// The text with stars in these ranges.
fn stars(text: &str, ranges: &[Range<usize>]) -> String {
    if ranges.is_empty() {
        return text.to_owned();
    }
    let is_hidden = |at: usize| ranges.iter().any(|it| it.contains(&at));
    text.char_indices().map(|(at, c)| if is_hidden(at) { '*' } else { c }).collect()
}

/// Longer values are cut, in characters.
const LONGEST: usize = 60;

/// A value as a stack file would have it, in one line.
pub(super) fn written(value: &Value, unit: Unit) -> String {
    let number = value.as_i64();
    let text = match (unit, number) {
        (Unit::Duration, Some(it)) => duration(it),
        (Unit::Bytes, Some(it)) => crate::output::plan::memory_written(it),
        (Unit::Cpus, Some(it)) => crate::output::plan::cpus(it),
        (Unit::Mode, Some(it)) => format!("0{it:o}"),
        _ => plain(value, 0),
    };
    shortened(&text)
}

fn plain(value: &Value, depth: usize) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::String(it) if it.is_empty() => "\"\"".to_owned(),
        Value::String(it) => it.clone(),
        Value::Number(it) if it.is_f64() => {
            // Docker's own fields of this kind are no wider.
            it.as_f64().map_or(String::new(), |it| (it as f32).to_string())
        }
        Value::Array(items) if depth < 4 => {
            let items: Vec<_> = items.iter().map(|it| plain(it, depth + 1)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(map) if map.contains_key("TargetPort") => {
            let mode = map.get("PublishMode").and_then(Value::as_str);
            mode.unwrap_or("ingress").to_owned()
        }
        Value::Object(map) if map.contains_key("Target") && map.contains_key("Type") => {
            let text = |key| map.get(key).and_then(Value::as_str).unwrap_or_default();
            let is_read_only = map.get("ReadOnly").is_some_and(|it| *it == Value::Bool(true));
            let mode = if is_read_only { ", read-only" } else { "" };
            let source = if text("Source").is_empty() { "without a name" } else { text("Source") };
            format!("{} {source}{mode}", text("Type"))
        }
        Value::Object(map) if map.contains_key("File") => {
            let name = map.get("SecretName").or(map.get("ConfigName")).and_then(Value::as_str);
            name.unwrap_or_default().to_owned()
        }
        Value::Object(map) if depth < 4 => {
            let parts = map.iter().map(|(key, it)| {
                let key = key.to_lowercase();
                format!("{key}={}", plain(it, depth + 1))
            });
            parts.collect::<Vec<_>>().join(" ")
        }
        other => other.to_string(),
    }
}

fn duration(nanos: i64) -> String {
    const UNITS: [(i64, &str); 6] = [
        (3_600_000_000_000, "h"),
        (60_000_000_000, "m"),
        (1_000_000_000, "s"),
        (1_000_000, "ms"),
        (1_000, "us"),
        (1, "ns"),
    ];
    let mut rest = nanos;
    let mut text = String::new();
    for (unit, name) in UNITS {
        if rest / unit != 0 {
            text += &(rest / unit).to_string();
            text += name;
            rest %= unit;
        }
    }
    if text.is_empty() { "0s".to_owned() } else { text }
}

fn shortened(text: &str) -> String {
    let text: Cow<str> = crate::output::escaped(text);
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Veil, duration, written};
    use crate::plan::effect::Unit;
    use serde_json::json;

    #[test]
    fn values_are_as_a_stack_file_has_them() {
        assert_eq!(duration(90_000_000_000), "1m30s");
        assert_eq!(written(&json!(536_870_912), Unit::Bytes), "512M");
        assert_eq!(written(&json!(500_000_000), Unit::Cpus), "0.5");
        assert_eq!(written(&json!(256), Unit::Mode), "0400");
        assert_eq!(written(&json!(["CMD", "x"]), Unit::Plain), "[CMD, x]");
        assert_eq!(written(&json!("a\u{1b}b"), Unit::Plain), "a\\u{1b}b");
    }

    #[test]
    fn what_may_be_secret_is_starred() {
        let veil = Veil::of(Some(&[]));
        let path = "TaskTemplate.ContainerSpec.Env[DB_PASSWORD]";
        assert_eq!(veil.value(path, "DB_PASSWORD", &json!("hunter22")), json!("********"));
        let args = json!(["serve", "--password", "hunter22"]);
        let path = "TaskTemplate.ContainerSpec.Args";
        assert_eq!(veil.value(path, "", &args), json!(["serve", "--password", "********"]));
        assert_eq!(Veil::of(None).value(path, "", &args), args);
    }
}
