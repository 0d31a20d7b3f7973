//! The fields of one record, read as Docker's decoder reads them.

use rustc_hash::FxHashMap;

use crate::source::{Named, Place, Spanned};
use crate::stack::decode::number::{go_value, type_name};
use crate::stack::decode::{Decoder, key_text};
use crate::stack::model::{Flag, Labels, Text, Texts};
use crate::stack::problem::{Grammar, Kind};
use crate::value::{Refusal, duration, number};
use crate::yaml::{Map, Node, Value};

/// A record and the path that the decoder's messages give it.
#[derive(Clone)]
pub(in crate::stack) struct Fields<'n> {
    pub map: &'n Map,
    pub path: String,
    /// Whether keys in another case count, as they do where the schema lets any key pass.
    pub any_case: bool,
}

impl<'n> Fields<'n> {
    pub(in crate::stack) fn of(node: &'n Node, path: impl Into<String>) -> Option<Self> {
        Some(Self { map: node.as_map()?, path: path.into(), any_case: false })
    }

    pub(in crate::stack) fn open(node: &'n Node, path: impl Into<String>) -> Option<Self> {
        Some(Self { map: node.as_map()?, path: path.into(), any_case: true })
    }

    pub(in crate::stack) fn get(&self, key: &str) -> Option<&'n Node> {
        self.map.get(key).or_else(|| {
            let same = |it: &&crate::yaml::Entry| it.key.text.eq_ignore_ascii_case(key);
            self.any_case.then(|| self.map.entries.iter().find(same).map(|it| &it.node))?
        })
    }

    /// The path of a field.
    pub(in crate::stack) fn path(&self, field: &str) -> String {
        if self.path.is_empty() { field.to_owned() } else { format!("{}.{field}", self.path) }
    }
}

impl Decoder<'_> {
    /// The text of a node; another type is refused in the decoder's words.
    pub(super) fn node_text(&mut self, node: &Node, path: &str) -> Option<Text> {
        match &node.value {
            Value::Text(text) => Some(Spanned::new(text.clone(), node.place)),
            Value::Null => None,
            other => {
                self.unconvertible(node, other, path, "string");
                None
            }
        }
    }

    /// Refuses a text that does not follow its grammar, at the characters to blame.
    pub(super) fn refuse_value(
        &mut self,
        grammar: Grammar,
        text: &str,
        refusal: &Refusal,
        place: Place,
        line: String,
    ) {
        let reason = refusal.message.clone();
        let place = Place { span: place.part(refusal.range.start, refusal.range.end), ..place };
        self.refuse(Kind::Value { grammar, text: text.to_owned(), reason }, place, line);
    }

    fn unconvertible(&mut self, node: &Node, value: &Value, path: &str, wanted: &str) {
        let (found, shown) = (type_name(value), go_value(value));
        let line = format!(
            "'{path}' expected type '{wanted}', got unconvertible type '{found}', value: '{shown}'"
        );
        self.refuse(Kind::Undecodable { found: found.to_owned() }, node.place, line);
    }

    pub(super) fn text(&mut self, of: &Fields, key: &str, field: &str) -> Option<Text> {
        of.get(key).and_then(|node| self.node_text(node, &of.path(field)))
    }

    pub(super) fn flag(&mut self, of: &Fields, key: &str, field: &str) -> Flag {
        let node = of.get(key)?;
        match &node.value {
            Value::Bool(it) => Some(Spanned::new(*it, node.place)),
            Value::Null => None,
            other => {
                self.unconvertible(node, other, &of.path(field), "bool");
                None
            }
        }
    }

    /// The texts of a list; single values are left out, as are items of another type.
    pub(super) fn texts(&mut self, of: &Fields, key: &str, field: &str) -> Texts {
        let Some(items) = of.get(key).and_then(Node::as_list) else { return Vec::new() };
        let path = of.path(field);
        let text = |(at, item): (usize, &Node)| self.node_text(item, &format!("{path}[{at}]"));
        items.iter().enumerate().filter_map(text).collect()
    }

    /// One text or a list of them.
    pub(super) fn text_or_texts(&mut self, of: &Fields, key: &str, field: &str) -> Option<Texts> {
        match &of.get(key)?.value {
            Value::Text(_) => self.text(of, key, field).map(|it| vec![it]),
            Value::List(_) => Some(self.texts(of, key, field)),
            _ => None,
        }
    }

    /// Nanoseconds.
    pub(super) fn duration(&mut self, of: &Fields, key: &str, field: &str) -> Option<Spanned<i64>> {
        let text = self.text(of, key, field)?;
        match duration::parse(&text) {
            Ok(nanoseconds) => Some(Spanned::new(nanoseconds, text.place)),
            Err(reason) => {
                let line = format!("error decoding '{}': {reason}", of.path(field));
                self.refuse_value(Grammar::Duration, &text, &reason, text.place, line);
                None
            }
        }
    }

    /// Labels, options: a mapping of scalars, or a list of `key=value`.
    pub(super) fn labels(&mut self, of: &Fields, key: &str) -> Option<Labels> {
        let node = of.get(key)?;
        let mut labels = Labels::new();
        match &node.value {
            Value::Map(map) => {
                for entry in &map.entries {
                    let text = scalar_text(&entry.node).unwrap_or_default();
                    let value = Spanned::new(text, entry.node.place);
                    labels.push(Named { name: key_text(entry), value });
                }
            }
            Value::List(items) => {
                let mut at: FxHashMap<String, usize> = FxHashMap::default();
                for item in items {
                    let Some(text) = self.list_item(item) else { continue };
                    let (name, value) = split(&text);
                    let value = value.unwrap_or_else(|| Spanned::new(String::new(), text.place));
                    // Of two with one name the last wins.
                    let place = *at.entry(name.value.clone()).or_insert(labels.len());
                    let label = Named { name, value };
                    if let Some(old) = labels.get_mut(place) {
                        *old = label;
                    } else {
                        labels.push(label);
                    }
                }
            }
            _ => return None,
        }
        Some(labels)
    }

    /// An item of a list that stands for a mapping; a timestamp kills Docker here.
    pub(super) fn list_item(&mut self, item: &Node) -> Option<Text> {
        if let Value::Timestamp(_) = item.value {
            let docker = "panic: interface conversion: interface {} is time.Time, not string";
            self.stop(Kind::Undecodable { found: "time".to_owned() }, item.place, docker);
        }
        let text = item.as_text()?;
        Some(Spanned::new(text.to_owned(), item.place))
    }
}

/// The text that Docker makes of a scalar where it wants text: none of null and of collections.
pub(super) fn scalar_text(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text.clone()),
        Value::Null | Value::List(_) | Value::Map(_) => None,
        Value::Bool(it) => Some(it.to_string()),
        Value::Int(it) => Some(it.to_string()),
        Value::Uint(it) => Some(it.to_string()),
        Value::Float(it) => Some(number::format_float(*it)),
        Value::Timestamp(it) => Some(it.go.clone()),
    }
}

/// `name=value`, each with its own place.
pub(super) fn split(item: &Text) -> (Text, Option<Text>) {
    let part = |from: usize, to: usize| {
        Spanned::new(item.value[from..to].to_owned(), item.place.inner(&(from..to)))
    };
    match item.value.find('=') {
        Some(at) => (part(0, at), Some(part(at + 1, item.value.len()))),
        None => (part(0, item.value.len()), None),
    }
}
