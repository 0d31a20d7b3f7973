//! What a text gives away: which bytes, what they are and how sure that is, never the value.

use std::ops::Range;

/// A credential that stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak {
    /// The bytes of the given text that must not stand there.
    pub range: Range<usize>,
    pub kind: LeakKind,
    /// The variable, label, option or key that the value belongs to.
    pub name: Option<String>,
    pub gravity: Gravity,
    pub confidence: Confidence,
    /// Whether the value is the default of a variable, as in `${NAME:-value}`.
    pub in_default: bool,
    /// How many characters the value has.
    pub length: usize,
}

/// What a leaked value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeakKind {
    /// A token that its shape gives away.
    Token {
        provider: &'static str,
        kind: &'static str,
    },
    PrivateKey,
    /// A password's hash, which can be guessed offline.
    Hash {
        scheme: &'static str,
    },
    /// The password between `://user:` and `@`.
    UrlPassword,
    /// A password among `key=value` pairs.
    ConnectionString,
    /// The credential of an `Authorization` header.
    Authorization,
    /// The value of an option of a program, such as `--password`.
    ProgramOption,
    /// A value under a name that says it is a credential.
    Named,
}

/// How much harm a leak does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// A stand-in such as `<password>`, to be filled in before a deploy.
    Placeholder,
    /// A word that anybody would try, a hash, or the public half of a pair.
    Minor,
    /// A credential that whoever reads it can use.
    Major,
}

/// How sure it is that the value is a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    Low,
    Medium,
    High,
}

impl Confidence {
    /// One step less sure.
    pub(super) fn lowered(self) -> Self {
        if self == Self::High { Self::Medium } else { Self::Low }
    }
}
