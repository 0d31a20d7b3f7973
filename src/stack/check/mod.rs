//! What Docker's schema refuses: every place of a tree that breaks it, with Docker's own words.

mod json;
mod number;
#[cfg(test)]
mod tests;
mod walk;

use crate::source::{Place, Span};
use crate::stack::keys::{KeyDoc, Names, Record, Type, Usage};
use crate::yaml::{Key, Node};

pub use json::json_problems;

/// Scalars whose grammar the schema checks.
#[derive(Clone, Copy, Debug)]
pub struct Formats {
    /// Whether Go reads a text as a duration.
    pub duration: fn(&str) -> bool,
    /// Whether Docker reads a text as a port or a range of ports.
    pub port: fn(&str) -> bool,
}

/// A place that breaks the schema.
#[derive(Clone, Debug)]
pub struct Violation {
    /// The characters that are wrong: an unknown key's, or the value's.
    pub span: Span,
    pub place: Place,
    /// Where it is, as Docker names it: the mapping that has the unknown key or lacks one, the list
    /// with the duplicate, else the value itself.
    pub path: Vec<Segment>,
    pub kind: ViolationKind,
    /// What Docker prints if it picks this one: `services.web Additional property x is not
    /// allowed`.
    pub docker: String,
    /// How deep Docker takes it to be: the parts of its path when split at every dot.
    pub depth: usize,
    /// Whether Docker takes it for a wrong type, which wins over others as deep.
    pub is_type: bool,
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    Key(String),
    Index(usize),
}

/// What is wrong.
#[derive(Clone, Debug)]
pub enum ViolationKind {
    /// A key that the mapping does not have, at least not in this version.
    UnknownKey {
        key: String,
        record: &'static Record,
        /// The minor version that brought it.
        needs: Option<u8>,
    },
    /// A name that an object must not have.
    InvalidName {
        key: String,
        names: Names,
    },
    /// A value of another type.
    WrongType {
        /// All types that will do here, whatever Docker says.
        expected: Vec<Type>,
        found: Type,
    },
    /// A mapping without a key it must have.
    MissingKey {
        key: &'static str,
    },
    /// An item that stands in the list before.
    DuplicateItem {
        index: usize,
        first_index: usize,
        first: Span,
    },
    InvalidDuration,
    InvalidPort,
    NotInEnum {
        allowed: &'static [&'static str],
    },
    BelowMinimum,
}

/// Everything in a tree that breaks the schema of `3.minor`. Keys that are no texts are left out:
/// see [`json_problems`]; so are forbidden keys: see [`forbidden`].
pub fn check(root: &Node, minor: u8, formats: &Formats) -> Vec<Violation> {
    walk::walk(root, minor, formats)
}

/// Which one Docker prints: the deepest; among those a wrong type; among those the first. Where
/// several are left, Docker picks one at random.
pub fn dockers_choice(violations: &[Violation]) -> Option<usize> {
    let weight = |it: &Violation| (it.depth, it.is_type);
    let best = violations.iter().map(weight).max()?;
    violations.iter().position(|it| weight(it) == best)
}

/// A key of a service that makes Docker refuse the file before it looks at anything else.
#[derive(Clone, Copy, Debug)]
pub struct Forbidden<'a> {
    pub service: &'a Key,
    pub key: &'a Key,
    pub doc: &'static KeyDoc,
    /// Docker's explanation.
    pub docker: &'static str,
}

/// The forbidden keys of all services, in the order of the text.
pub fn forbidden(root: &Node) -> Vec<Forbidden<'_>> {
    let services = root.get("services").and_then(Node::as_map);
    let services = services.into_iter().flat_map(|it| &it.entries);
    let keys = services.flat_map(|service| {
        let entries = service.node.as_map().into_iter().flat_map(|it| &it.entries);
        entries.map(|entry| (&service.key, &entry.key))
    });
    keys.filter_map(|(service, key)| {
        let doc = crate::stack::keys::SERVICE.key(&key.text)?;
        let Usage::Forbidden(docker) = doc.usage else { return None };
        Some(Forbidden { service, key, doc, docker })
    })
    .collect()
}
