//! The content of a secret or config; its debug output never shows it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Bytes, kept as the base64 text that is sent.
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Data(String);

impl Data {
    pub fn new(bytes: &[u8]) -> Self {
        Self(STANDARD.encode(bytes))
    }

    /// The text that is sent.
    pub fn base64(&self) -> &str {
        &self.0
    }

    /// The content; none where the text is not base64.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        STANDARD.decode(&self.0).ok()
    }

    /// The content's size in bytes.
    pub fn len(&self) -> usize {
        let text = self.0.trim_end_matches('=');
        text.len() / 4 * 3 + text.len() % 4 * 3 / 4
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl fmt::Debug for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_is_counted_without_decoding() {
        for size in 0..9 {
            assert_eq!(Data::new(&vec![7; size]).len(), size);
        }
    }

    #[test]
    fn the_content_stays_out_of_debug_output() {
        assert_eq!(format!("{:?}", Data::new(b"hunter2")), "7 bytes");
    }
}
