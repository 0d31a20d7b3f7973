//! What a key may hold: the words in which the table of keys is written.

/// A type of JSON, as Docker tells values apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    Text,
    Number,
    /// A whole number, however written: `2`, `2.0`, `2e0`.
    Integer,
    Bool,
    Mapping,
    List,
    Null,
}

impl Type {
    /// Docker's word for it.
    pub const fn docker(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Number => "number",
            Self::Integer => "integer",
            Self::Bool => "boolean",
            Self::Mapping => "mapping",
            Self::List => "list",
            Self::Null => "null",
        }
    }

    /// Whether a value of the type `found` will do where this one is asked for.
    pub fn takes(self, found: Self) -> bool {
        self == found || (self == Self::Number && found == Self::Integer)
    }
}

/// What a value must look like.
#[derive(Debug)]
pub enum Shape {
    /// Anything at all.
    Any,
    /// A value of one of these types, in Docker's order.
    Plain(&'static [Type]),
    /// A text in Go's grammar of durations; before this minor version any text.
    Duration { since: u8 },
    /// A short port, in one of these types.
    Port(&'static [Type]),
    /// One of these texts.
    Enum(&'static [&'static str]),
    /// A whole number that is not negative.
    Size,
    /// A list; `unique` ones may not hold the same value twice.
    List { item: &'static Shape, unique: bool },
    /// A mapping with free names.
    Map(MapShape),
    /// A mapping with known keys.
    Record(&'static Record),
    /// One of these, told apart by type.
    OneOf(&'static [Shape]),
    /// One thing before this minor version, another from it on.
    Changed { before: &'static Shape, since: u8, after: &'static Shape },
}

impl Shape {
    /// The types that will do, in Docker's order: none where every type does, and none where one
    /// has to choose between shapes first.
    pub const fn types(&self) -> &'static [Type] {
        match self {
            Self::Any | Self::OneOf(_) | Self::Changed { .. } => &[],
            Self::Plain(types) | Self::Port(types) => types,
            Self::Duration { .. } | Self::Enum(_) => &[Type::Text],
            Self::Size => &[Type::Integer],
            Self::List { .. } => &[Type::List],
            Self::Map(_) => &[Type::Mapping],
            Self::Record(record) => record.types,
        }
    }
}

/// A mapping whose names the user chooses.
#[derive(Debug)]
pub struct MapShape {
    pub names: Names,
    /// What happens to an entry whose name does not fit.
    pub others: Others,
    pub value: &'static Shape,
}

/// Which names fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// Letters, digits, `.`, `_` and `-`, as for services.
    Object,
    /// Lower-case letters, as for ulimits.
    Lowercase,
    /// Anything but nothing.
    NotEmpty,
    /// Anything but nothing, without a line break.
    OneLine,
}

/// What happens to an entry whose name does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    Refused,
    /// The value may be anything.
    Unchecked,
}

impl Names {
    pub fn fits(self, name: &str) -> bool {
        match self {
            Self::Object => {
                let fits = |it: u8| it.is_ascii_alphanumeric() || b"._-".contains(&it);
                !name.is_empty() && name.bytes().all(fits)
            }
            Self::Lowercase => !name.is_empty() && name.bytes().all(|it| it.is_ascii_lowercase()),
            Self::NotEmpty => name.chars().any(|it| it != '\n'),
            Self::OneLine => !name.is_empty() && !name.contains('\n'),
        }
    }

    /// The names that fit, as a regular expression.
    pub const fn pattern(self) -> &'static str {
        match self {
            Self::Object => "^[a-zA-Z0-9._-]+$",
            Self::Lowercase => "^[a-z]+$",
            Self::NotEmpty => ".+",
            Self::OneLine => "^.+$",
        }
    }
}

/// A mapping with known keys.
#[derive(Debug)]
pub struct Record {
    /// In the order in which they are best shown.
    pub keys: &'static [KeyDoc],
    pub required: &'static [&'static str],
    /// What happens to a key that is not known.
    pub unknown: Unknown,
    /// The types that will do, [`Type::Mapping`] among them, in Docker's order.
    pub types: &'static [Type],
}

/// What happens to an unknown key of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    Refused,
    /// Keys that begin with `x-` are accepted from this minor version on.
    Extensions(u8),
    /// Accepted and ignored from this minor version on.
    Accepted(u8),
}

impl Record {
    /// A mapping that takes no other keys than these.
    pub(super) const fn closed(keys: &'static [KeyDoc]) -> Self {
        Self { keys, required: &[], unknown: Unknown::Refused, types: &[Type::Mapping] }
    }

    /// The same, with another treatment of unknown keys.
    pub(super) const fn with(self, unknown: Unknown) -> Self {
        Self { unknown, ..self }
    }

    /// The same, where other types will do as well.
    pub(super) const fn or(self, types: &'static [Type]) -> Self {
        Self { types, ..self }
    }

    /// The same, with keys that must be there.
    pub(super) const fn requiring(self, required: &'static [&'static str]) -> Self {
        Self { required, ..self }
    }

    /// What is known about a key, whatever the version.
    pub fn key(&self, name: &str) -> Option<&'static KeyDoc> {
        self.keys.iter().find(|it| it.name == name)
    }

    /// The keys that may be written in a version, forbidden ones left out.
    pub fn known(&self, minor: u8) -> impl Iterator<Item = &'static KeyDoc> + use<> {
        self.keys.iter().filter(move |it| it.since <= minor && !it.is_forbidden())
    }

    /// Whether a key is an extension, which may hold anything, in a version.
    pub fn is_extension(&self, name: &str, minor: u8) -> bool {
        matches!(self.unknown, Unknown::Extensions(since) if minor >= since && name.starts_with("x-"))
    }

    /// Whether any unknown key is accepted in a version.
    pub fn is_open(&self, minor: u8) -> bool {
        matches!(self.unknown, Unknown::Accepted(since) if minor >= since)
    }
}

/// A key of the stack file.
#[derive(Debug)]
pub struct KeyDoc {
    pub name: &'static str,
    /// The minor version of the format that brought it: 7 stands for `3.7`.
    pub since: u8,
    pub shape: &'static Shape,
    /// What it does on Swarm, in a sentence or two.
    pub doc: &'static str,
    pub usage: Usage,
    /// Whether a text into which variables were put becomes the number or boolean asked for.
    pub cast: bool,
}

/// What a deploy does with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usage {
    Used,
    /// Accepted without a word and without an effect.
    Ignored,
    /// Named in a warning, without an effect.
    Unsupported,
    /// Named in a warning with this text, without an effect.
    Deprecated(&'static str),
    /// The deploy is refused with this text.
    Forbidden(&'static str),
}

/// A key that exists since 3.0 and has an effect.
pub(super) const fn key(name: &'static str, shape: &'static Shape, doc: &'static str) -> KeyDoc {
    KeyDoc { name, since: 0, shape, doc, usage: Usage::Used, cast: false }
}

impl KeyDoc {
    pub(super) const fn since(self, minor: u8) -> Self {
        Self { since: minor, ..self }
    }

    pub(super) const fn usage(self, usage: Usage) -> Self {
        Self { usage, ..self }
    }

    /// The same, where variables may stand for a number or a boolean.
    pub(super) const fn cast(self) -> Self {
        Self { cast: true, ..self }
    }

    pub const fn is_forbidden(&self) -> bool {
        matches!(self.usage, Usage::Forbidden(_))
    }
}

pub(super) const TEXT: Shape = Shape::Plain(&[Type::Text]);
pub(super) const INTEGER: Shape = Shape::Plain(&[Type::Integer]);
pub(super) const NUMBER: Shape = Shape::Plain(&[Type::Number]);
pub(super) const BOOL: Shape = Shape::Plain(&[Type::Bool]);
pub(super) const DURATION: Shape = Shape::Duration { since: 0 };
/// Texts, each once.
pub(super) const SET: Shape = Shape::List { item: &TEXT, unique: true };
/// Texts, in order.
pub(super) const TEXTS: Shape = Shape::List { item: &TEXT, unique: false };
/// One text or a set of them.
pub(super) const TEXT_OR_SET: Shape = Shape::OneOf(&[TEXT, SET]);
/// A command: one text, split like a shell does, or its words.
pub(super) const COMMAND: Shape = Shape::OneOf(&[TEXT, TEXTS]);
/// `KEY: value` or `- KEY=value`.
pub(super) const PAIRS: Shape = Shape::OneOf(&[
    Shape::Map(MapShape {
        names: Names::NotEmpty,
        others: Others::Refused,
        value: &Shape::Plain(&[Type::Text, Type::Number, Type::Null]),
    }),
    SET,
]);
/// Options of a driver.
pub(super) const OPTIONS: Shape = Shape::Map(MapShape {
    names: Names::OneLine,
    others: Others::Unchecked,
    value: &Shape::Plain(&[Type::Text, Type::Number]),
});
