//! Keys written twice in one mapping.

use std::fmt::Write;

use super::Decoder;
use crate::yaml::Duplicate;
use crate::yaml::compose::{Id, Shape};

/// The most lines that are kept of the library's answer.
const MAX_REFUSALS: usize = 1000;

/// Up to how many keys are compared one by one.
const FEW: usize = 8;

impl Decoder<'_, '_> {
    /// Notes the duplicates of a mapping and returns the keys that repeat an earlier one.
    pub(super) fn find_duplicates(&mut self, id: Id) -> Vec<Id> {
        if self.are_few_and_distinct(id) {
            return Vec::new();
        }
        let groups = self.equal_keys(id);
        let mut repeated: Vec<Id> = groups.iter().flat_map(|it| it[1..].iter().copied()).collect();
        if repeated.is_empty() {
            return repeated;
        }
        repeated.sort_unstable();
        // What an alias leads to has been seen where it is written.
        if self.followed.is_empty() {
            for group in &groups {
                for &again in &group[1..] {
                    let duplicate = self.duplicate(group[0], again);
                    self.found.duplicates.push(duplicate);
                }
            }
        }
        if !self.muted {
            self.refuse(&groups);
        }
        repeated
    }

    /// The usual case, which needs no memory.
    fn are_few_and_distinct(&self, id: Id) -> bool {
        let keys = || self.graph.children(id).step_by(2);
        keys().nth(FEW).is_none()
            && keys()
                .enumerate()
                .all(|(at, key)| !keys().take(at).any(|it| self.identity(it) == self.identity(key)))
    }

    /// Groups of two and more keys that are the same to the library: of one kind and text.
    fn equal_keys(&self, id: Id) -> Vec<Vec<Id>> {
        let keys = self.graph.children(id).step_by(2);
        let mut sorted: Vec<_> = keys.map(|key| (self.identity(key), key)).collect();
        sorted.sort_unstable();
        sorted
            .chunk_by(|a, b| a.0 == b.0)
            .filter(|it| it.len() > 1)
            .map(|it| it.iter().map(|it| it.1).collect())
            .collect()
    }

    fn identity(&self, id: Id) -> (u8, &str) {
        match &self.graph.node(id).shape {
            Shape::Scalar { text, .. } => (0, text),
            Shape::Alias { name, .. } => (1, name),
            Shape::List { .. } => (2, ""),
            Shape::Map { .. } => (3, ""),
        }
    }

    fn duplicate(&self, first: Id, again: Id) -> Duplicate {
        let line = |id: Id| self.graph.node(id).line as usize;
        Duplicate {
            key: self.identity(again).1.to_owned(),
            first: self.span(first),
            again: self.span(again),
            lines: (line(again), line(first)),
        }
    }

    /// The library names every pair, ordered by the earlier key.
    fn refuse(&mut self, groups: &[Vec<Id>]) {
        let mut pairs: Vec<(Id, Id)> = groups
            .iter()
            .flat_map(|it| {
                let pairs = move |at: usize| it[at + 1..].iter().map(move |&again| (it[at], again));
                (0..it.len()).flat_map(pairs)
            })
            .take(MAX_REFUSALS.saturating_sub(self.found.refusals.len()))
            .collect();
        pairs.sort_unstable();
        for (first, again) in pairs {
            let Duplicate { key, lines: (line, before), .. } = self.duplicate(first, again);
            self.found.refusals.push(format!(
                "line {line}: mapping key {} already defined at line {before}",
                quote(&key)
            ));
        }
    }
}

/// A text as a Go literal.
fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\u{7}' => quoted.push_str("\\a"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{B}' => quoted.push_str("\\v"),
            '\u{C}' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\0'..='\u{1F}' | '\u{7F}' => {
                let _ = write!(quoted, "\\x{:02x}", u32::from(character));
            }
            '\u{80}'..='\u{A0}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(character));
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}
