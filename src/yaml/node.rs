//! The tree: what a text says once anchors, aliases and merge keys are resolved and scalars are
//! typed as Docker's YAML library types them. Every key and value knows its place.

use crate::source::{Place, Span};

/// A value and its place.
#[derive(Clone, Debug, Default)]
pub struct Node {
    pub value: Value,
    pub place: Place,
}

/// What a node holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    #[default]
    Null,
    Bool(bool),
    /// A whole number that fits 64 bits with a sign.
    Int(i64),
    /// A whole number above `i64::MAX`.
    Uint(u64),
    Float(f64),
    Timestamp(Box<Timestamp>),
    Text(String),
    List(Vec<Node>),
    Map(Map),
}

/// A point in time, which Docker's library reads from plain scalars such as `2001-01-01`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timestamp {
    /// As Go's `time.Time` prints itself: `2001-01-01 00:00:00 +0000 UTC`.
    pub go: String,
    /// As Go encodes it in JSON and YAML: `2001-01-01T00:00:00Z`.
    pub rfc3339: String,
}

/// The entries of a mapping, in the order of the text; entries that a merge key brought follow.
#[derive(Clone, Debug, Default)]
pub struct Map {
    pub entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub key: Key,
    pub node: Node,
}

/// A mapping's key.
#[derive(Clone, Debug, Default)]
pub struct Key {
    pub text: String,
    /// The key's characters, quotes included.
    pub span: Span,
    /// False for a key that YAML reads as a number, a boolean, null or a time; Docker refuses it.
    pub is_text: bool,
    /// The merge key or alias that pulled the entry in.
    pub via: Option<Span>,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl PartialEq for Map {
    fn eq(&self, other: &Self) -> bool {
        self.entries.len() == other.entries.len()
            && self.entries.iter().all(|it| other.get(&it.key.text) == Some(&it.node))
    }
}

impl Map {
    /// The value under a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|it| &it.node)
    }

    /// The key and the value.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|it| it.key.text == key)
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl Node {
    pub fn new(value: Value, place: Place) -> Self {
        Self { value, place }
    }

    pub fn span(&self) -> Span {
        self.place.span
    }

    pub fn is_null(&self) -> bool {
        self.value == Value::Null
    }

    pub fn as_text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    pub fn as_bool(&self) -> Option<bool> {
        if let Value::Bool(it) = self.value { Some(it) } else { None }
    }

    pub fn as_list(&self) -> Option<&[Node]> {
        if let Value::List(items) = &self.value { Some(items) } else { None }
    }

    pub fn as_map(&self) -> Option<&Map> {
        if let Value::Map(map) = &self.value { Some(map) } else { None }
    }

    /// The value under a key, where this is a mapping.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_map().and_then(|map| map.get(key))
    }
}
