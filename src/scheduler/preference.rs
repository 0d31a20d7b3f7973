//! What tasks are spread over.

use crate::cluster::Node;
use std::fmt;

/// A property of nodes over whose values tasks are spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preference<'a> {
    NodeLabel(&'a str),
    EngineLabel(&'a str),
}

impl<'a> Preference<'a> {
    /// Reads `node.labels.zone`; the prefix in any case. Swarm passes over everything else.
    pub fn read(descriptor: &'a str) -> Option<Self> {
        let label = |prefix: &str| {
            let (start, name) = descriptor.split_at_checked(prefix.len())?;
            (same(start, prefix) && !name.is_empty()).then_some(name)
        };
        label("node.labels.")
            .map(Self::NodeLabel)
            .or_else(|| label("engine.labels.").map(Self::EngineLabel))
    }

    /// The node's value; nodes without the label form a branch of their own.
    pub fn value_of<'n>(&self, node: &'n Node) -> &'n str {
        let (labels, name) = match *self {
            Self::NodeLabel(name) => (&node.labels, name),
            Self::EngineLabel(name) => (&node.engine_labels, name),
        };
        labels.get(name).map_or("", String::as_str)
    }
}

impl fmt::Display for Preference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NodeLabel(name) => write!(f, "node.labels.{name}"),
            Self::EngineLabel(name) => write!(f, "engine.labels.{name}"),
        }
    }
}

/// Go's `EqualFold` for prefixes, which hold `s` and `l` but no other letter with odd siblings.
fn same(a: &str, b: &str) -> bool {
    let fold = |c: char| if c == '\u{17f}' { 's' } else { c.to_ascii_lowercase() };
    a.chars().map(fold).eq(b.chars())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_labels_are_spread_over() {
        assert_eq!(Preference::read("node.labels.zone"), Some(Preference::NodeLabel("zone")));
        assert_eq!(Preference::read("Node.LABELS.Zone"), Some(Preference::NodeLabel("Zone")));
        assert_eq!(Preference::read("engine.labels.a.b"), Some(Preference::EngineLabel("a.b")));
        for text in ["", "node.labels.", "node.hostname", "node.id", "labels.x", "node.labelsx"] {
            assert_eq!(Preference::read(text), None, "{text}");
        }
    }
}
