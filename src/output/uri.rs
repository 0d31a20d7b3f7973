//! Paths as parts of a URI.

use std::fmt::Write;

/// The path with everything escaped that has a meaning in a URI.
pub(super) fn encoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn only_plain_characters_stand_for_themselves() {
        assert_eq!(encoded("a-b/ö c#d?.yml"), "a-b/%C3%B6%20c%23d%3F.yml");
    }
}
