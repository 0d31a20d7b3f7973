//! Texts with placeholders: `network "{name}" is declared as external`.

use std::ops::Range;

use regex::Regex;

/// Placeholders that may hold blanks; the others stand for one word.
const LONG: [&str; 11] = [
    "how", "key", "numbers", "options", "service", "services", "spec", "value", "versions", "what",
    "words",
];

/// The most characters of a long placeholder that are repeated.
const LONGEST: usize = 200;

/// The most places of one text that one entry explains.
const MOST: usize = 10;

/// A text with placeholders, ready to be searched for.
#[derive(Debug, Default)]
pub(super) struct Pattern {
    regex: Option<Regex>,
    names: Vec<String>,
}

/// What the placeholders stand for.
pub(super) type Words<'a> = Vec<(&'a str, &'a str)>;

impl Pattern {
    pub(super) fn new(text: &str) -> Self {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (mut regex, mut names) = (String::new(), Vec::new());
        let mut rest = text.as_str();
        while let Some((before, name, after)) = placeholder(rest) {
            regex.push_str(&regex::escape(before));
            regex.push_str(match (LONG.contains(&name), after.is_empty()) {
                (true, true) => "(.+)",
                (true, false) => "(.*?)",
                (false, true) => r"(\S+)",
                (false, false) => r"(\S+?)",
            });
            names.push(name.to_owned());
            rest = after;
        }
        regex.push_str(&regex::escape(rest));
        Self { regex: Regex::new(&regex).ok(), names }
    }

    /// Where the text stands in another one, and what its placeholders are there.
    pub(super) fn find<'a>(&'a self, text: &'a str) -> Vec<(Range<usize>, Words<'a>)> {
        let Some(regex) = &self.regex else { return Vec::new() };
        let found = regex.captures_iter(text).take(MOST).filter_map(|captures| {
            let whole = captures.get(0)?.range();
            let words = captures.iter().skip(1).map(|it| it.map_or("", |it| it.as_str()));
            Some((whole, self.names.iter().map(String::as_str).zip(words).collect()))
        });
        found.collect()
    }
}

/// The text with words in the places of their placeholders.
pub(super) fn fill(text: &str, words: &Words) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, name, after)) = placeholder(rest) {
        filled.push_str(before);
        // A name without a word, as in a Go template, stays as it is.
        let written = &rest[before.len()..rest.len() - after.len()];
        let word = words.iter().find(|(it, _)| *it == name).map_or(written, |(_, word)| *word);
        match word.char_indices().nth(LONGEST) {
            Some((end, _)) => filled.extend([&word[..end], "…"]),
            None => filled.push_str(word.trim_end_matches(['.', ','])),
        }
        rest = after;
    }
    filled + rest
}

/// The first `{name}` of a text: what stands before it, the name, what stands after it.
fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(open) = text[from..].find('{').map(|it| from + it) {
        let rest = &text[open + 1..];
        let end = rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len());
        if end > 0 && rest[end..].starts_with('}') {
            return Some((&text[..open], &rest[..end], &rest[end + 1..]));
        }
        from = open + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Pattern, fill};

    #[test]
    fn placeholders_stand_for_words_and_for_texts() {
        let pattern = Pattern::new("port '{port}' of {what}");
        let text = "port '80' of a b, and port '81' of c";
        let found = pattern.find(text);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].1, [("port", "80"), ("what", "a b, and port '81' of c")]);
        assert_eq!(fill("{port}: {other} {}", &found[0].1), "80: {other} {}");
    }

    #[test]
    fn a_word_ends_with_what_follows_it() {
        let pattern = Pattern::new("no {kind} \"{name}\"");
        assert_eq!(pattern.find("x no a b no net \"n\"")[0].1, [("kind", "net"), ("name", "n")]);
    }
}
