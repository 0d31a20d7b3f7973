//! SHA-256 of a value, as it stands in the place of the value where that must not be told.

use sha2::{Digest, Sha256};
use std::fmt::Write;

/// What a text of [`hashed`] begins with.
const PREFIX: &str = "sha256:";

/// 64 hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Nothing can go wrong when a text is written to.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// `sha256:` and the digits.
pub fn hashed(bytes: &[u8]) -> String {
    format!("{PREFIX}{}", sha256(bytes))
}

/// The digits of a text that [`hashed`] made; none where it is another text.
pub fn digits(text: &str) -> Option<&str> {
    let is_digit = |it: u8| it.is_ascii_digit() || (b'a'..=b'f').contains(&it);
    text.strip_prefix(PREFIX).filter(|it| it.len() == 64 && it.bytes().all(is_digit))
}

#[cfg(test)]
mod tests {
    use super::{digits, hashed, sha256};

    #[test]
    fn a_known_text_has_the_known_hash() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(sha256(b""), empty);
        assert_eq!(digits(&hashed(b"")), Some(empty));
    }

    #[test]
    fn other_texts_are_no_hashes() {
        assert_eq!(digits("sha256:abc"), None);
        assert_eq!(digits(&hashed(b"x").to_uppercase()), None);
        assert_eq!(digits(&format!("{}0", hashed(b"x"))), None);
    }
}
