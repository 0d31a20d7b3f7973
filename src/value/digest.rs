//! Content digests such as `sha256:…`.

use crate::value::Refusal;

/// Checks a digest: an algorithm Docker knows, a colon and as many lower-case hexadecimal digits as
/// the algorithm needs (opencontainers/go-digest).
pub fn check(text: &str) -> Result<(), Refusal> {
    let refuse = |message: &str, from: usize| Err(Refusal::new(message, from..text.len()));
    let Some((algorithm, encoded)) = text.split_once(':') else {
        return refuse("invalid checksum digest format", 0);
    };
    if algorithm.is_empty() || encoded.is_empty() {
        return refuse("invalid checksum digest format", 0);
    }
    let start = algorithm.len() + 1;
    let length = match algorithm {
        "sha256" => 64,
        "sha384" => 96,
        "sha512" => 128,
        _ if is_algorithm(algorithm) && encoded.bytes().all(is_encoded) => {
            return refuse("unsupported digest algorithm", 0);
        }
        _ => return refuse("invalid checksum digest format", 0),
    };
    if encoded.len() != length {
        return refuse("invalid checksum digest length", start);
    }
    if !is_hexadecimal(encoded) {
        return refuse("invalid checksum digest format", start);
    }
    Ok(())
}

/// Whether all characters are lower-case hexadecimal digits.
pub(crate) fn is_hexadecimal(text: &str) -> bool {
    text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
}

/// Letters and digits, in parts joined by single `.`, `+`, `_` or `-`.
fn is_algorithm(text: &str) -> bool {
    text.split(['.', '+', '_', '-']).all(|part| {
        !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit() || it.is_ascii_lowercase())
    })
}

fn is_encoded(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'=' | b'_' | b'-')
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn digests_need_a_known_algorithm_and_all_their_digits() {
        let hex = "0123456789abcdef".repeat(8);
        let (hex256, upper) = (&hex[..64], hex[..64].to_uppercase());
        for text in [format!("sha256:{hex256}"), format!("sha512:{hex}")] {
            assert_eq!(check(&text), Ok(()));
        }
        for (text, message) in [
            (String::new(), "invalid checksum digest format"),
            ("sha256:".to_owned(), "invalid checksum digest format"),
            (":abc".to_owned(), "invalid checksum digest format"),
            (format!("sha256:{upper}"), "invalid checksum digest format"),
            ("nginx:1.2".to_owned(), "invalid checksum digest format"),
            ("sha256:abc".to_owned(), "invalid checksum digest length"),
            ("nginx:latest".to_owned(), "unsupported digest algorithm"),
            ("md5+x:ABC=_-".to_owned(), "unsupported digest algorithm"),
        ] {
            assert_eq!(check(&text).map_err(|it| it.message), Err(message.to_owned()));
        }
    }
}
