//! The words that names and values are judged by.

use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::sync::OnceLock;

/// A set of lower-case words.
pub(super) type Set = FxHashSet<&'static str>;

#[derive(Debug, Default, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Words {
    /// Words of a name that mean a password.
    pub password: Set,
    /// Words of a name that mean another secret.
    pub secret: Set,
    /// Words that make a `key` a secret one.
    pub key_qualifiers: Set,
    /// Words that make a `key` one to show.
    pub public_qualifiers: Set,
    /// Words that end like a password and mean something else.
    pub glued_exceptions: Set,
    /// Last words of names that speak about a secret and hold none.
    pub head_nouns: Set,
    /// Words of names that switch something.
    pub flags: Set,
    pub booleans: Set,
    /// Names of methods and algorithms.
    pub enumerations: Set,
    /// Passwords that everybody tries.
    pub weak: Set,
    /// Words that weak passwords are made of.
    pub common: Set,
    /// Programs that take a password glued to `-p`.
    pub mysql_programs: Set,
}

/// The words, read once.
pub(super) fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| serde_json::from_str(include_str!("words.json")).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn every_list_is_there_and_in_lower_case() {
        let it = words();
        for set in [
            &it.password,
            &it.secret,
            &it.key_qualifiers,
            &it.public_qualifiers,
            &it.glued_exceptions,
            &it.head_nouns,
            &it.flags,
            &it.booleans,
            &it.enumerations,
            &it.weak,
            &it.common,
            &it.mysql_programs,
        ] {
            assert!(!set.is_empty());
            assert!(set.iter().all(|word| **word == word.to_lowercase()));
        }
    }
}
