//! Scalars with a grammar of their own: text → value, no places, Docker's own words on refusal.

use std::fmt;
use std::ops::Range;

/// Which capabilities `cap_add` and `cap_drop` leave.
pub mod capability;
/// Values that variables brought in become numbers and booleans.
pub mod cast;
/// Placement constraints, as Swarm reads and applies them.
pub mod constraint;
/// CPU counts such as `0.5`.
pub mod cpus;
/// Content digests such as `sha256:…`.
pub mod digest;
/// Spans of time such as `1m30s`.
pub mod duration;
/// The files that `env_file` names.
pub mod env_file;
/// Entries of `extra_hosts`.
pub mod extra_host;
/// Image references such as `registry.example.com/app:1.2`.
pub mod image;
/// Variables in a text, such as `${TAG:-latest}`.
pub mod interpolation;
/// `KEY=VALUE` entries of lists.
pub mod key_value;
/// The short syntax of `volumes`.
pub mod mount;
/// Numbers from text and back, the way Go does it.
pub mod number;
/// Paths from a stack file, which may come from another system.
pub mod path;
/// The short syntax of `ports`.
pub mod port;
/// Texts in double quotes, the way Go prints them.
pub mod quote;
/// The short `restart` policies.
pub mod restart;
/// Hashes in the place of values that must not be told.
pub mod sha256;
/// Commands written as one text.
pub mod shlex;
/// Amounts of memory such as `512M`.
pub mod size;
/// Swarm's placeholders such as `{{.Node.Hostname}}`.
pub mod template;

#[cfg(test)]
mod tests;

/// Why a text is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What Docker says.
    pub message: String,
    /// The bytes of the text that are to blame.
    pub range: Range<usize>,
}

impl Refusal {
    pub(crate) fn new(message: impl Into<String>, range: Range<usize>) -> Self {
        Self { message: message.into(), range }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}

/// A piece of a text and the bytes it stands at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    pub text: String,
    pub range: Range<usize>,
}

impl Part {
    /// The bytes `range` of `text`, which must lie between characters; else it is empty.
    pub(crate) fn of(text: &str, range: Range<usize>) -> Self {
        Self { text: text.get(range.clone()).unwrap_or_default().to_owned(), range }
    }
}
