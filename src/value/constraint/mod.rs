//! Placement constraints such as `node.labels.zone == eu`, as Swarm reads and applies them.

mod matching;

use std::fmt;
use std::ops::Range;

pub use matching::{Address, NodeFacts, Role};

use crate::value::{Part, Refusal};

const NODE_LABELS: &str = "node.labels.";
const ENGINE_LABELS: &str = "engine.labels.";

/// One condition that a node must meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// What of the node is compared.
    pub key: Key,
    /// The key as written.
    pub key_part: Part,
    pub operator: Operator,
    /// Never empty; compared as a whole and without regard to case.
    pub value: Part,
}

/// What of a node a constraint compares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// `node.id`
    Id,
    /// `node.hostname`
    Hostname,
    /// `node.ip`
    Ip,
    /// `node.role`
    Role,
    /// `node.platform.os`
    Os,
    /// `node.platform.arch`, raw: `x86_64`, not `amd64`.
    Arch,
    /// `node.labels.NAME`; the name's case counts.
    NodeLabel(String),
    /// `engine.labels.NAME`; the name's case counts.
    EngineLabel(String),
    /// Anything else. No node meets such a constraint, not even with `!=`.
    Unknown,
}

/// The keys that Swarm knows, the label prefixes last.
pub const KEYS: &[&str] = &[
    "node.id",
    "node.hostname",
    "node.ip",
    "node.role",
    "node.platform.os",
    "node.platform.arch",
    NODE_LABELS,
    ENGINE_LABELS,
];

/// How a node's property and the value must relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Equal,
    NotEqual,
}

impl Operator {
    /// `==` or `!=`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
        }
    }
}

impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.key_part.text, self.operator.as_str(), self.value.text)
    }
}

/// Reads one constraint. The refusals are the manager's whole words.
pub fn parse(text: &str) -> Result<Constraint, Refusal> {
    // `==` is looked for in the whole text before `!=` is.
    let split = [Operator::Equal, Operator::NotEqual]
        .into_iter()
        .find_map(|it| text.find(it.as_str()).map(|at| (it, at)));
    let Some((operator, at)) = split else {
        let message = "constraint expected one operator from ==, !=";
        return Err(Refusal::new(message, 0..text.len()));
    };
    let key_part = trimmed(text, 0..at);
    if !is_key(&key_part.text) {
        let message = format!("key '{}' is invalid", key_part.text);
        return Err(Refusal::new(message, key_part.range));
    }
    let value = trimmed(text, at + 2..text.len());
    if value.text.is_empty() || !value.text.chars().all(is_value_char) {
        return Err(Refusal::new(format!("value '{}' is invalid", value.text), value.range));
    }
    Ok(Constraint { key: Key::read(&key_part.text), key_part, operator, value })
}

fn trimmed(text: &str, range: Range<usize>) -> Part {
    let whole = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (whole.len() - whole.trim_start().len());
    Part::of(text, start..start + whole.trim().len())
}

/// At least two characters; the first is a letter or an underscore.
fn is_key(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next().is_some_and(|c| is_letter(c) || c == '_');
    let rest = |c: char| is_letter(c) || c.is_ascii_digit() || matches!(c, '-' | '_' | '.');
    first && !chars.as_str().is_empty() && chars.all(rest)
}

fn is_value_char(c: char) -> bool {
    is_letter(c)
        || c.is_ascii_digit()
        || matches!(c, '\t' | '\n' | '\x0c' | '\r' | ' ')
        || matches!(c, ':' | '-' | '_' | '.' | '*' | '(' | ')' | '?' | '+' | '[' | ']')
        || matches!(c, '\\' | '^' | '$' | '|' | '/')
}

/// ASCII, and what Go takes for `s` and `k` in other case.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{17f}' | '\u{212a}')
}

impl Key {
    fn read(text: &str) -> Self {
        let label = |prefix: &str| {
            let (start, name) = text.split_at_checked(prefix.len())?;
            (same(start, prefix) && !name.is_empty()).then(|| name.to_owned())
        };
        if let Some(name) = label(NODE_LABELS) {
            return Self::NodeLabel(name);
        }
        if let Some(name) = label(ENGINE_LABELS) {
            return Self::EngineLabel(name);
        }
        match folded(text).as_str() {
            "node.id" => Self::Id,
            "node.hostname" => Self::Hostname,
            "node.ip" => Self::Ip,
            "node.role" => Self::Role,
            "node.platform.os" => Self::Os,
            "node.platform.arch" => Self::Arch,
            _ => Self::Unknown,
        }
    }
}

/// Go's `EqualFold`, exact where one text consists of the letters of keys and values.
fn same(a: &str, b: &str) -> bool {
    a.chars().map(fold).eq(b.chars().map(fold))
}

fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

fn fold(c: char) -> char {
    match c {
        '\u{17f}' => 's',
        '\u{212a}' => 'k',
        _ => c.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests;
