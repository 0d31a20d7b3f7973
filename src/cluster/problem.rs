//! What is wrong with an inventory: facts; each gets its words from a rule.

use crate::cluster::drift::Drift;
use crate::source::Span;

/// One thing that cannot be used as it was written. The rest of the inventory is read all the same.
#[derive(Clone, Debug)]
pub struct Problem {
    pub kind: Kind,
    pub span: Span,
    /// What is wrong, in one line.
    pub message: String,
}

/// The kind of a problem, with what is needed to word it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The text is not YAML.
    Syntax,
    /// A key written twice in the same mapping.
    DuplicateKey { key: String, first: Span },
    /// A key that means nothing here.
    UnknownKey { key: String, known: Vec<&'static str> },
    /// A value of another type.
    WrongType { key: String, wanted: &'static str, found: &'static str },
    /// A value that cannot be read: a number out of range, an amount, an address.
    BadValue { key: String, text: String },
    /// A word that is none of those that mean something here.
    UnknownWord { key: String, word: String, known: Vec<&'static str> },
    /// An entry without a key that it must have.
    MissingKey { key: &'static str },
    /// The value of a label that YAML reads as a number or a boolean; it is taken as a text.
    LabelNotText { label: String, text: String },
    /// Two nodes that are told apart by nothing.
    DuplicateNode { what: Twice, value: String, first: Span },
    /// A task on a node that there is not.
    UnknownNode { name: String },
    /// A task of a service that there is not.
    UnknownService { name: String },
    /// A service in the Engine API's form that cannot be read.
    BadSpec,
    /// What is otherwise in the running swarm.
    Drift(Box<Drift>),
}

/// What two nodes have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Twice {
    Name,
    Id,
    Address,
}

impl Twice {
    /// `name`, `id`, `address`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Id => "id",
            Self::Address => "address",
        }
    }
}

impl Problem {
    pub(crate) fn new(kind: Kind, span: Span) -> Self {
        let message = kind.to_string();
        Self { kind, span, message }
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Syntax => write!(f, "not YAML"),
            Self::DuplicateKey { key, .. } => write!(f, "`{key}` is there twice"),
            Self::UnknownKey { key, .. } => write!(f, "unknown key `{key}`"),
            Self::WrongType { key, wanted, found } => {
                write!(f, "`{key}` must be {wanted}, not {found}")
            }
            Self::BadValue { key, text } => write!(f, "`{key}` cannot be `{text}`"),
            Self::UnknownWord { key, word, known } => {
                write!(f, "`{key}` cannot be `{word}`, only {}", known.join(", "))
            }
            Self::MissingKey { key } => write!(f, "`{key}` is missing"),
            Self::LabelNotText { label, text } => {
                write!(f, "the label `{label}` is not a string: write \"{text}\"")
            }
            Self::DuplicateNode { what, value, .. } => {
                write!(f, "two nodes have the {} `{value}`", what.word())
            }
            Self::UnknownNode { name } => write!(f, "there is no node `{name}`"),
            Self::UnknownService { name } => write!(f, "there is no service `{name}`"),
            Self::Drift(it) => it.fmt(f),
            Self::BadSpec => write!(f, "not a service of the Engine API"),
        }
    }
}
