//! Walks a tree along the table of keys and notes what does not fit.
//!
//! Docker's library gives points to each part that it looks at, and where several shapes are
//! allowed and none fits, it reports what is wrong with the one that has the most points. So a
//! mapping with many mistakes may be answered with `must be a list`. The points are counted here
//! to know Docker's answer; what is reported is always what is wrong with the shape that was meant.

use std::collections::HashMap;

use crate::source::Place;
use crate::stack::check::json::{TOP_LEVEL, canonical};
use crate::stack::check::number::{is_whole, numerator};
use crate::stack::check::{Formats, Segment, Violation, ViolationKind};
use crate::stack::keys::{KeyDoc, MapShape, Others, Record, Shape, TOP, Type};
use crate::yaml::{Key, Map, Node, Value};

/// The points of a value whose type does not fit, and of every other mistake.
const MISTAKE: i64 = -2;

pub(super) fn walk(root: &Node, minor: u8, formats: &Formats) -> Vec<Violation> {
    let mut walk = Walk { minor, formats, path: Vec::new(), found: Vec::new() };
    walk.shape(root, &TOP);
    walk.found
}

struct Walk<'a> {
    minor: u8,
    formats: &'a Formats,
    path: Vec<Step<'a>>,
    found: Vec<Violation>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> Walk<'a> {
    /// Notes what is wrong with a value. Gives its points.
    fn shape(&mut self, node: &'a Node, shape: &'static Shape) -> i64 {
        match shape {
            Shape::Changed { before, since, after } => {
                return self.shape(node, if self.minor < *since { before } else { after });
            }
            Shape::OneOf(alternatives) => return self.one_of(node, alternatives),
            _ => {}
        }
        let expected = shape.types();
        let found = type_of(node);
        if !expected.is_empty() && !expected.iter().any(|it| it.takes(found)) {
            self.wrong_type(node, expected.to_vec(), expected, found);
            return MISTAKE;
        }
        own_points(node)
            + match (shape, &node.value) {
                (Shape::Record(record), Value::Map(map)) => self.record(node, map, record),
                (Shape::Map(shape), Value::Map(map)) => self.map(map, shape),
                (Shape::List { item, unique }, Value::List(items)) => {
                    let points = self.items(items, item);
                    points + if *unique { self.unique(items) } else { 0 }
                }
                _ => self.scalar(node, shape),
            }
    }

    fn one_of(&mut self, node: &'a Node, alternatives: &'static [Shape]) -> i64 {
        let found = type_of(node);
        let fits = |it: &Shape| it.types().iter().any(|it| it.takes(found));
        let Some(meant) = alternatives.iter().position(fits) else {
            let all = alternatives.iter().flat_map(Shape::types).copied().collect();
            self.wrong_type(node, all, alternatives[0].types(), found);
            return own_points(node) + 2 * MISTAKE;
        };
        let before = self.found.len();
        let score = self.shape(node, &alternatives[meant]);
        if self.found.len() == before {
            return own_points(node);
        }
        // The first of those with the most points wins; the others have a wrong type each.
        let other = match (meant, alternatives.len()) {
            (0, 2..) if score < MISTAKE => Some(1),
            (1.., _) if score <= MISTAKE => Some(0),
            _ => None,
        };
        if let Some(other) = other {
            let docker = self.say(&must_be(alternatives[other].types()));
            let depth = self.depth();
            for it in &mut self.found[before..] {
                it.docker.clone_from(&docker);
                (it.depth, it.is_type) = (depth, true);
            }
        }
        own_points(node) + MISTAKE + score.max(MISTAKE)
    }

    fn record(&mut self, node: &'a Node, map: &'a Map, record: &'static Record) -> i64 {
        let mut points = 0;
        for key in record.required {
            points += if map.get(key).is_some() {
                1
            } else {
                let text = format!("{key} is required");
                self.note(node.place, &text, ViolationKind::MissingKey { key })
            };
        }
        let texts = || map.entries.iter().filter(|it| it.key.is_text);
        for entry in texts() {
            let key = &entry.key;
            let doc = record.key(&key.text);
            if doc.is_some_and(KeyDoc::is_forbidden) {
                continue;
            }
            if record.is_extension(&key.text, self.minor) {
                points += 1 + own_points(&entry.node);
            } else if doc.is_none_or(|it| it.since > self.minor) && !record.is_open(self.minor) {
                let needs = doc.map(|it| it.since);
                let kind = ViolationKind::UnknownKey { key: key.text.clone(), record, needs };
                points += self.refused(key, kind);
            }
        }
        for entry in texts() {
            let doc = record.key(&entry.key.text).filter(|it| it.since <= self.minor);
            if let Some(doc) = doc.filter(|it| !it.is_forbidden()) {
                points += self.inside(Step::Key(&entry.key.text), &entry.node, doc.shape);
            }
        }
        points
    }

    fn map(&mut self, map: &'a Map, shape: &'static MapShape) -> i64 {
        let mut points = 0;
        for entry in map.entries.iter().filter(|it| it.key.is_text) {
            let key = &entry.key;
            if shape.names.fits(&key.text) {
                points += 1 + self.inside(Step::Key(&key.text), &entry.node, shape.value);
            } else if shape.others == Others::Refused {
                let names = shape.names;
                let kind = ViolationKind::InvalidName { key: key.text.clone(), names };
                points += self.refused(key, kind);
            }
        }
        points
    }

    fn items(&mut self, items: &'a [Node], shape: &'static Shape) -> i64 {
        let items = items.iter().enumerate();
        items.map(|(index, item)| self.inside(Step::Index(index), item, shape)).sum()
    }

    fn unique(&mut self, items: &'a [Node]) -> i64 {
        let mut seen: HashMap<String, usize> = HashMap::new();
        let mut points = 0;
        for (index, item) in items.iter().enumerate() {
            let Some(first_index) = seen.insert(canonical(item), index) else { continue };
            let first = items[first_index].span();
            let text = format!("array items[{first_index},{index}] must be unique");
            let kind = ViolationKind::DuplicateItem { index, first_index, first };
            points += self.note(item.place, &text, kind);
        }
        points
    }

    fn scalar(&mut self, node: &'a Node, shape: &'static Shape) -> i64 {
        let text = match &node.value {
            Value::Text(text) => Some(text.as_str()),
            Value::Timestamp(it) => Some(it.rfc3339.as_str()),
            _ => None,
        };
        match shape {
            Shape::Duration { since } if self.minor >= *since => {
                if text.is_none_or(self.formats.duration) {
                    return 0;
                }
                let docker = "Does not match format 'duration'";
                self.note(node.place, docker, ViolationKind::InvalidDuration)
            }
            Shape::Port(_) => {
                let number = as_port(node);
                if text.or(number.as_deref()).is_some_and(self.formats.port) {
                    return 0;
                }
                let docker = "Does not match format 'ports'";
                self.note(node.place, docker, ViolationKind::InvalidPort)
            }
            Shape::Enum(allowed) => {
                if text.is_none_or(|it| allowed.contains(&it)) {
                    return 0;
                }
                let words: Vec<_> = allowed.iter().map(|it| format!("\"{it}\"")).collect();
                let (path, words) = (self.field(), words.join(", "));
                let docker = format!("{path} must be one of the following: {words}");
                self.note(node.place, &docker, ViolationKind::NotInEnum { allowed })
            }
            Shape::Size if is_negative(node) => {
                let docker = "Must be greater than or equal to 0";
                self.note(node.place, docker, ViolationKind::BelowMinimum)
            }
            _ => 0,
        }
    }

    fn inside(&mut self, step: Step<'a>, node: &'a Node, shape: &'static Shape) -> i64 {
        self.path.push(step);
        let points = self.shape(node, shape);
        self.path.pop();
        points
    }

    fn refused(&mut self, key: &Key, kind: ViolationKind) -> i64 {
        let text = format!("Additional property {} is not allowed", key.text);
        let place = Place { via: key.via, ..Place::at(key.span) };
        self.note(place, &text, kind)
    }

    /// `expected` is what would do, `said` what Docker asks for.
    fn wrong_type(&mut self, node: &Node, expected: Vec<Type>, said: &[Type], found: Type) {
        let kind = ViolationKind::WrongType { expected, found };
        self.note(node.place, &must_be(said), kind);
        // Docker looks at the top level before it looks at the schema.
        if let Some(it) = self.found.last_mut().filter(|it| it.path.is_empty()) {
            TOP_LEVEL.clone_into(&mut it.docker);
        }
    }

    fn note(&mut self, place: Place, text: &str, kind: ViolationKind) -> i64 {
        let path = self.path.iter().map(|it| match it {
            Step::Key(key) => Segment::Key((*key).to_owned()),
            Step::Index(index) => Segment::Index(*index),
        });
        self.found.push(Violation {
            span: place.span,
            place,
            path: path.collect(),
            docker: self.say(text),
            depth: self.depth(),
            is_type: matches!(kind, ViolationKind::WrongType { .. }),
            kind,
        });
        MISTAKE
    }

    fn say(&self, text: &str) -> String {
        format!("{} {text}", self.field())
    }

    fn depth(&self) -> usize {
        self.field().split('.').count()
    }

    /// The path as Docker writes it.
    fn field(&self) -> String {
        if self.path.is_empty() {
            return "(root)".to_owned();
        }
        let steps = self.path.iter().map(|it| match it {
            Step::Key(key) => (*key).to_owned(),
            Step::Index(index) => index.to_string(),
        });
        steps.collect::<Vec<_>>().join(".")
    }
}

fn type_of(node: &Node) -> Type {
    match &node.value {
        Value::Null => Type::Null,
        Value::Bool(_) => Type::Bool,
        Value::Int(_) | Value::Uint(_) => Type::Integer,
        Value::Float(it) if is_whole(*it) => Type::Integer,
        Value::Float(_) => Type::Number,
        Value::Timestamp(_) | Value::Text(_) => Type::Text,
        Value::List(_) => Type::List,
        Value::Map(_) => Type::Mapping,
    }
}

/// The points of a value by itself.
fn own_points(node: &Node) -> i64 {
    if matches!(node.value, Value::Null | Value::Bool(_)) { 3 } else { 4 }
}

fn must_be(types: &[Type]) -> String {
    let words: Vec<_> = types.iter().map(|it| it.docker()).collect();
    match words.split_last() {
        Some((last, others)) if !others.is_empty() => {
            format!("must be a {} or {last}", others.join(", "))
        }
        _ => format!("must be a {}", words.concat()),
    }
}

/// A number in a list of ports, as Docker reads it.
fn as_port(node: &Node) -> Option<String> {
    match node.value {
        Value::Int(it) => Some(it.to_string()),
        Value::Uint(it) => Some(it.to_string()),
        Value::Float(it) => numerator(it),
        _ => None,
    }
}

fn is_negative(node: &Node) -> bool {
    match node.value {
        Value::Int(it) => it < 0,
        Value::Float(it) => it < 0.0,
        _ => false,
    }
}
