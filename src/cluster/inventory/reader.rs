//! Typed values from a tree, and what is wrong with the rest.

use crate::cluster::inventory::keys::Key;
use crate::cluster::{Kind, Problem};
use crate::source::{Place, Span, Spanned};
use crate::value::{cpus, size};
use crate::yaml::{self, Map, Node, Value};

/// Collects what cannot be read.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) problems: Vec<Problem>,
}

/// The most processors that fit: more would not fit 64 bits as billionths.
const MOST_CPUS: f64 = 9e9;

impl Reader {
    pub(super) fn report(&mut self, kind: Kind, span: Span) {
        self.problems.push(Problem::new(kind, span));
    }

    fn wrong(&mut self, key: &str, wanted: &'static str, node: &Node) {
        let found = type_of(&node.value);
        self.report(Kind::WrongType { key: key.to_owned(), wanted, found }, node.span());
    }

    pub(super) fn bad(&mut self, key: &str, text: impl Into<String>, span: Span) {
        self.report(Kind::BadValue { key: key.to_owned(), text: text.into() }, span);
    }

    /// A mapping with free keys; empty where it is absent or none.
    pub(super) fn entries<'n>(&mut self, key: &str, node: Option<&'n Node>) -> &'n [yaml::Entry] {
        match node.map(|it| (it, &it.value)) {
            None | Some((_, Value::Null)) => &[],
            Some((_, Value::Map(map))) => &map.entries,
            Some((node, _)) => {
                self.wrong(key, "a mapping", node);
                &[]
            }
        }
    }

    /// A list; empty where it is absent or none.
    pub(super) fn items<'n>(&mut self, key: &str, node: Option<&'n Node>) -> &'n [Node] {
        match node.map(|it| (it, &it.value)) {
            None | Some((_, Value::Null)) => &[],
            Some((_, Value::List(items))) => items,
            Some((node, _)) => {
                self.wrong(key, "a list", node);
                &[]
            }
        }
    }

    /// A mapping whose keys are all known.
    pub(super) fn record<'n>(
        &mut self,
        key: &str,
        node: &'n Node,
        keys: &'static [Key],
    ) -> Record<'n> {
        let entries = self.entries(key, Some(node));
        let names = || keys.iter().map(|it| it.name);
        for entry in entries {
            let key = &entry.key.text;
            if !names().any(|it| it == key) && !key.starts_with("x-") {
                let kind = Kind::UnknownKey { key: key.clone(), known: names().collect() };
                self.report(kind, entry.key.span);
            }
        }
        Record { map: node.as_map() }
    }

    pub(super) fn text(&mut self, record: Record, key: &str) -> Option<Spanned<String>> {
        self.text_of(key, record.get(key)?)
    }

    pub(super) fn text_of(&mut self, key: &str, node: &Node) -> Option<Spanned<String>> {
        if let Some(text) = node.as_text() {
            return Some(Spanned::new(text.to_owned(), node.place));
        }
        self.wrong(key, "a text", node);
        None
    }

    pub(super) fn texts(&mut self, key: &str, node: Option<&Node>) -> Vec<Spanned<String>> {
        let items = self.items(key, node);
        items.iter().filter_map(|it| self.text_of(key, it)).collect()
    }

    pub(super) fn flag(&mut self, record: Record, key: &str) -> bool {
        let Some(node) = record.get(key) else { return false };
        if node.as_bool().is_none() {
            self.wrong(key, "true or false", node);
        }
        node.as_bool().unwrap_or_default()
    }

    /// One of the words; `read` knows them.
    pub(super) fn word<T>(
        &mut self,
        record: Record,
        key: &str,
        known: &[&'static str],
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let text = self.text(record, key)?;
        if let Some(value) = read(&text.value.to_lowercase()) {
            return Some(Spanned::new(value, text.place));
        }
        let (key, word, known) = (key.to_owned(), text.value, known.to_vec());
        self.report(Kind::UnknownWord { key, word, known }, text.place.span);
        None
    }

    pub(super) fn number(
        &mut self,
        record: Record,
        key: &str,
        range: std::ops::RangeInclusive<u64>,
    ) -> Option<Spanned<u64>> {
        let node = record.get(key)?;
        let number = match node.value {
            Value::Int(it) => u64::try_from(it).ok(),
            Value::Uint(it) => Some(it),
            _ => {
                self.wrong(key, "a whole number", node);
                return None;
            }
        };
        let number = number.filter(|it| range.contains(it));
        if number.is_none() {
            self.bad(key, plain(&node.value), node.span());
        }
        number.map(|it| Spanned::new(it, node.place))
    }

    /// Billionths of a processor.
    pub(super) fn cpus(&mut self, record: Record, key: &str) -> Option<Spanned<i64>> {
        let node = record.get(key)?;
        let (Value::Int(_) | Value::Uint(_) | Value::Float(_) | Value::Text(_)) = node.value else {
            self.wrong(key, "a number", node);
            return None;
        };
        let text = plain(&node.value);
        let fits = |it: &f64| (0.0..MOST_CPUS).contains(it);
        let rough = text.parse::<f64>().ok().is_none_or(|it| fits(&it));
        let number = cpus::parse(&text).ok().filter(|it| rough && *it >= 0);
        if number.is_none() {
            self.bad(key, text, node.span());
        }
        number.map(|it| Spanned::new(it, node.place))
    }

    /// Bytes.
    pub(super) fn memory(&mut self, record: Record, key: &str) -> Option<Spanned<i64>> {
        let node = record.get(key)?;
        let (Value::Int(_) | Value::Uint(_) | Value::Text(_)) = node.value else {
            self.wrong(key, "an amount of memory", node);
            return None;
        };
        let text = plain(&node.value);
        let number = size::parse(&text).ok().filter(|it| *it >= 0);
        if number.is_none() {
            self.bad(key, text, node.span());
        }
        number.map(|it| Spanned::new(it, node.place))
    }

    /// Names with a text each, in the order of the file. Numbers and booleans count as the texts
    /// they are written as, but are reported.
    pub(super) fn labels(&mut self, key: &str, node: Option<&Node>) -> Vec<(Place, String, Label)> {
        let mut labels = Vec::new();
        for entry in self.entries(key, node) {
            let text = match &entry.node.value {
                Value::Text(text) => text.clone(),
                Value::Null | Value::List(_) | Value::Map(_) => {
                    self.wrong(&entry.key.text, "a text", &entry.node);
                    continue;
                }
                other => {
                    let (label, text) = (entry.key.text.clone(), plain(other));
                    let kind = Kind::LabelNotText { label, text: text.clone() };
                    self.report(kind, entry.node.span());
                    text
                }
            };
            let value = Spanned::new(text, entry.node.place);
            labels.push((Place::at(entry.key.span), entry.key.text.clone(), value));
        }
        labels
    }
}

pub(super) type Label = Spanned<String>;

/// A mapping whose keys were checked.
#[derive(Clone, Copy)]
pub(super) struct Record<'n> {
    map: Option<&'n Map>,
}

impl<'n> Record<'n> {
    /// The value under a key, unless it is null.
    pub(super) fn get(self, key: &str) -> Option<&'n Node> {
        self.map.and_then(|it| it.get(key)).filter(|it| !it.is_null())
    }

    /// Whether the key is there, be it with null.
    pub(super) fn has(self, key: &str) -> bool {
        self.map.is_some_and(|it| it.get(key).is_some())
    }

    /// The value under a key, null too.
    pub(super) fn raw(self, key: &str) -> Option<&'n Node> {
        self.map.and_then(|it| it.get(key))
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Int(_) | Value::Uint(_) | Value::Float(_) => "a number",
        Value::Timestamp(_) => "a time",
        Value::Text(_) => "a text",
        Value::List(_) => "a list",
        Value::Map(_) => "a mapping",
    }
}

/// A scalar as a text.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Bool(it) => it.to_string(),
        Value::Int(it) => it.to_string(),
        Value::Uint(it) => it.to_string(),
        Value::Float(it) => it.to_string(),
        Value::Timestamp(it) => it.rfc3339.clone(),
        Value::Text(it) => it.clone(),
        Value::Null | Value::List(_) | Value::Map(_) => String::new(),
    }
}
