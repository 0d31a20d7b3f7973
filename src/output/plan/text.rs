//! Lines of limited width.

/// How wide lines may be.
pub(super) const WIDTH: usize = 80;

/// The text broken between words, the first line as wide as what is left of it, the others after
/// `indent` spaces.
pub(in crate::output) fn wrap(text: &str, column: usize, indent: usize) -> String {
    let mut lines = String::new();
    let mut at = column;
    for (number, word) in text.split(' ').enumerate() {
        let width = word.chars().count();
        if number > 0 {
            if at + 1 + width > WIDTH {
                lines.push('\n');
                lines.push_str(&" ".repeat(indent));
                at = indent;
            } else {
                lines.push(' ');
                at += 1;
            }
        }
        lines.push_str(word);
        at += width;
    }
    lines
}

/// The text and spaces up to the width.
pub(in crate::output) fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(text.chars().count());
    format!("{text}{}", " ".repeat(missing))
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn listed(items: &[impl AsRef<str>]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<_> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{listed, wrap};

    #[test]
    fn long_texts_are_broken_between_words() {
        let text = ["word"; 30].join(" ");
        let wrapped = wrap(&text, 10, 4);
        let lines: Vec<_> = wrapped.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines[0].len() <= 70 && lines[1].starts_with("    word"), "{wrapped}");
        assert!(lines.iter().all(|it| it.len() <= 80), "{wrapped}");
        assert_eq!(wrapped.split_whitespace().count(), 30);
    }

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(listed(&["a", "b", "c"]), "a, b and c");
        assert_eq!(listed(&["a"]), "a");
    }
}
