//! Takes out of what the Engine API tells whatever may be secret: each such text is replaced by its
//! SHA-256, so that equal ones stay equal and others different.

use crate::secret::{self, Context, Text};
use crate::value::sha256::{digits, hashed, sha256};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use std::ops::Range;

/// Deeper values than this are not kept: nothing in the Engine API is as deep.
const DEPTH: usize = 64;

/// The same without a secret in it: of an item of a list, or of a `Spec`. What is hidden already
/// stays as it is.
pub fn hidden(value: &Value) -> Value {
    let mut value = value.clone();
    hide(&mut value);
    value
}

/// Hides in place.
pub fn hide(value: &mut Value) {
    if let Value::Object(entries) = value {
        content(entries);
    }
    walk(value, "", "", DEPTH);
}

/// Looks at what stands under a key of a parent.
fn walk(value: &mut Value, key: &str, parent: &str, depth: usize) {
    let Some(depth) = depth.checked_sub(1) else { return *value = Value::Null };
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
        Value::String(text) => scalar(text, key, parent),
        Value::Array(items) if key == "Env" => {
            items.iter_mut().filter_map(as_text).for_each(variable);
        }
        Value::Array(items) if ["Args", "Command", "Test"].contains(&key) => words(items),
        Value::Array(items) => items.iter_mut().for_each(|it| walk(it, key, parent, depth)),
        Value::Object(entries) => {
            if ["Spec", "PreviousSpec"].contains(&key) {
                content(entries);
            }
            for (name, it) in entries {
                walk(it, name, key, depth);
            }
        }
    }
}

fn as_text(value: &mut Value) -> Option<&mut String> {
    match value {
        Value::String(it) => Some(it),
        _ => None,
    }
}

/// The content of a config.
fn content(entries: &mut Map<String, Value>) {
    let Some(Value::String(data)) = entries.get("Data") else { return };
    // What is not base64 is nobody's content; its text is hashed all the same.
    let bytes = STANDARD.decode(data).unwrap_or_else(|_| data.clone().into_bytes());
    entries.insert("Data".to_owned(), json!({ "sha256": sha256(&bytes) }));
}

/// `NAME=value`; one without a value takes a variable of the image away.
fn variable(text: &mut String) {
    let Some((name, value)) = text.split_once('=') else { return };
    if !value.is_empty() && digits(value).is_none() {
        *text = format!("{name}={}", hashed(value.as_bytes()));
    }
}

/// A command line.
fn words(items: &mut [Value]) {
    let texts: Vec<&str> = items.iter().map(|it| it.as_str().unwrap_or_default()).collect();
    let mut found: Vec<Vec<Range<usize>>> = texts.iter().map(|it| secret::shapes(it)).collect();
    for (at, leak) in secret::find_in_words(&texts) {
        found[at].push(leak.range);
    }
    for (item, ranges) in items.iter_mut().zip(found) {
        if let Some(text) = as_text(item) {
            replace(text, ranges);
        }
    }
}

fn scalar(text: &mut String, key: &str, parent: &str) {
    // An id is made by Swarm, a hash by us.
    if key.ends_with("ID") || matches!(key, "Id" | "sha256") {
        return;
    }
    let (name, context) = match (key, parent) {
        (_, "Labels") => (Some(key), Context::Label),
        (_, "Options" | "DriverOpts" | "Sysctls") => (Some(key), Context::Option),
        _ => (None, Context::Other),
    };
    let leaks = secret::find(&Text { name, value: text, context });
    let mut found: Vec<_> = leaks.into_iter().map(|it| it.range).collect();
    found.extend(secret::shapes(text));
    if let Some(name) = name {
        found.extend(secret::in_variable(name, text));
    }
    if matches!(key, "Err" | "Message" | "Error") {
        found.extend(secret::suspects(text));
    }
    replace(text, found);
}

/// Puts the hash of what stands there in the place of each range.
fn replace(text: &mut String, mut ranges: Vec<Range<usize>>) {
    ranges.sort_unstable_by_key(|it| (it.start, it.end));
    let mut out = String::new();
    let mut done = 0;
    let mut ranges = ranges.into_iter().peekable();
    while let Some(mut range) = ranges.next() {
        // Those that overlap are one.
        while let Some(next) = ranges.next_if(|it| it.start < range.end) {
            range.end = range.end.max(next.end);
        }
        let Some(part) = text.get(range.clone()).filter(|it| !it.is_empty()) else { continue };
        out.push_str(&text[done..range.start]);
        let is_hash = digits(part).is_some();
        out.push_str(&if is_hash { part.to_owned() } else { hashed(part.as_bytes()) });
        done = range.end;
    }
    if done > 0 {
        out.push_str(&text[done..]);
        *text = out;
    }
}

#[cfg(test)]
mod tests {
    use super::hidden;
    use crate::value::sha256::{hashed, sha256};
    use serde_json::json;

    const PASSWORD: &str = "Kx9vTq27LmW";

    #[test]
    fn values_that_may_be_secret_become_hashes() {
        let hash = hashed(PASSWORD.as_bytes());
        let url = |password: &str| format!("postgres://shop:{password}@db/shop");
        for (path, value, expected) in [
            ("Env", json!(["A=Kx9vTq27LmW", "B=", "C"]), json!([format!("A={hash}"), "B=", "C"])),
            ("Env", json!([format!("A={hash}")]), json!([format!("A={hash}")])),
            (
                "Args",
                json!(["serve", "--password", PASSWORD]),
                json!(["serve", "--password", hash]),
            ),
            ("Args", json!(["--db", url(PASSWORD)]), json!(["--db", url(&hash)])),
            ("Command", json!(["redis-cli", "-a", PASSWORD]), json!(["redis-cli", "-a", hash])),
            (
                "Test",
                json!(["CMD-SHELL", "redis-cli -a Kx9vTq27LmW ping"]),
                json!(["CMD-SHELL", format!("redis-cli -a {hash} ping")]),
            ),
            (
                "Labels",
                json!({ "app.token": PASSWORD, "team": "shop", "Data": "x" }),
                json!({ "app.token": hash, "team": "shop", "Data": "x" }),
            ),
            ("Options", json!({ "splunk-token": PASSWORD }), json!({ "splunk-token": hash })),
            ("Source", json!(url(PASSWORD)), json!(url(&hash))),
            ("Err", json!("no: password=Kx9vTq27LmW"), json!(format!("no: password={hash}"))),
            ("ServiceID", json!("k1mb8nqfqjmv2nfeqh4oyfr5l"), json!("k1mb8nqfqjmv2nfeqh4oyfr5l")),
            ("Image", json!(format!("nginx@{hash}")), json!(format!("nginx@{hash}"))),
        ] {
            let wrap = |it| json!({ "Spec": { "ContainerSpec": { path: it } } });
            let once = hidden(&wrap(value));
            assert_eq!(once, wrap(expected));
            assert_eq!(hidden(&once), once);
        }
    }

    #[test]
    fn the_content_of_a_config_becomes_its_hash() {
        let config = json!({ "ID": "c1", "Spec": { "Name": "a", "Data": "cGFzcw==" } });
        let hash = json!({ "sha256": sha256(b"pass") });
        let hidden_once = hidden(&config);
        assert_eq!(hidden_once["Spec"]["Data"], hash);
        assert_eq!(hidden(&config["Spec"])["Data"], hash);
        assert_eq!(hidden(&hidden_once), hidden_once);
        assert_eq!(
            hidden(&json!({ "Data": "no base64!" }))["Data"]["sha256"],
            sha256(b"no base64!")
        );
    }

    #[test]
    fn nothing_is_as_deep_as_to_be_dangerous() {
        let mut deep = json!(PASSWORD);
        for _ in 0..100 {
            deep = json!([deep]);
        }
        assert!(!hidden(&deep).to_string().contains(PASSWORD));
    }
}
