//! `KEY=VALUE` entries of lists such as `environment` and `labels`.

use crate::value::Part;

/// One entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyValue {
    pub key: Part,
    /// The text after the first `=`; none without one.
    pub value: Option<Part>,
}

/// Splits an entry at the first `=`. Blanks count, and the key may be empty.
pub fn split(text: &str) -> KeyValue {
    let end = text.find('=').unwrap_or(text.len());
    let value = (end < text.len()).then(|| Part::of(text, end + 1..text.len()));
    KeyValue { key: Part::of(text, 0..end), value }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn an_entry_is_split_at_its_first_equals_sign() {
        for (text, key, value) in [
            ("A=b", "A", Some("b")),
            ("B", "B", None),
            ("C=", "C", Some("")),
            ("D=x=y", "D", Some("x=y")),
            ("=x", "", Some("x")),
            (" F = g ", " F ", Some(" g ")),
            ("", "", None),
        ] {
            let entry = split(text);
            assert_eq!(entry.key.text, key);
            assert_eq!(entry.value.as_ref().map(|it| it.text.as_str()), value);
        }
        let entry = split("Ä=4");
        assert_eq!((entry.key.range, entry.value.map(|it| it.range)), (0..2, Some(3..4)));
    }
}
