//! What Docker's error texts mean, why they come, and what to do: a table in three files, and the
//! search for its entries in a text that somebody pasted.

mod pattern;

use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::explain::pattern::Pattern;

/// The files of the table, the more specific texts first.
const FILES: [&str; 3] =
    [include_str!("schema.toml"), include_str!("swarm.toml"), include_str!("values.toml")];

/// An error text that is known.
#[derive(Debug, Deserialize)]
pub struct Entry {
    /// The text, with `{name}` for what differs.
    says: String,
    means: String,
    why: String,
    #[serde(rename = "do")]
    todo: String,
    /// The rule that finds it in the stack file beforehand.
    pub rule: Option<String>,
    /// Whether it is told only where nothing else is known.
    #[serde(default)]
    alone: bool,
    /// Texts as Docker writes them.
    pub examples: Vec<String>,
    #[serde(skip)]
    pattern: Pattern,
}

/// What is known about a part of a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The part, its white space made single blanks.
    pub text: String,
    pub means: String,
    pub why: String,
    pub todo: String,
    /// The rule that finds it in the stack file beforehand.
    pub rule: Option<&'static str>,
}

#[derive(Deserialize)]
struct Table {
    error: Vec<Entry>,
}

/// Every error text that is known, the more specific first.
pub static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let mut entries = Vec::new();
    for text in FILES {
        // The files are part of the program, and a test reads each of them.
        entries.extend(toml::from_str::<Table>(text).map(|it| it.error).unwrap_or_default());
    }
    for it in &mut entries {
        it.pattern = Pattern::new(&it.says);
    }
    entries
});

/// Explains every error in a text, in the order in which they stand there.
pub fn explain(text: &str) -> Vec<Explanation> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut found: Vec<(Range<usize>, Explanation)> = Vec::new();
    for entry in ENTRIES.iter() {
        if entry.alone && !found.is_empty() {
            continue;
        }
        for (range, words) in entry.pattern.find(&text) {
            // A more specific entry may have spoken already.
            if found.iter().any(|(it, _)| it.start < range.end && range.start < it.end) {
                continue;
            }
            let fill = |text: &str| pattern::fill(text, &words);
            let explanation = Explanation {
                text: text[range.clone()].to_owned(),
                means: fill(&entry.means),
                why: fill(&entry.why),
                todo: fill(&entry.todo),
                rule: entry.rule.as_deref(),
            };
            found.push((range, explanation));
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    let mut all: Vec<Explanation> = Vec::new();
    for (_, it) in found {
        if !all.contains(&it) {
            all.push(it);
        }
    }
    all
}
