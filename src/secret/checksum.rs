//! Checksums that some vendors put into their tokens.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Whether a token's checksum agrees; `None` if it has none that is known.
pub(super) fn agrees(kind: &str, token: &str) -> Option<bool> {
    let sum_length = match kind {
        "crc32-base62" => 6,
        "crc32-hex" | "crc32-hex-body" => 8,
        "grafana" => return Some(grafana(token)),
        "jwt" => return Some(has_algorithm(token)),
        _ => return None,
    };
    let (rest, sum) = token.split_at_checked(token.len().checked_sub(sum_length)?)?;
    Some(match kind {
        "crc32-base62" => {
            let body = rest.split_once('_').map_or(rest, |(_, it)| it);
            base62(crc32(body.as_bytes())) == sum
        }
        "crc32-hex-body" => {
            let body = rest.split_once('_').map_or(rest, |(_, it)| it);
            is_hex_of(crc32(body.as_bytes()), sum)
        }
        _ => is_hex_of(crc32(rest.as_bytes()), sum),
    })
}

fn is_hex_of(sum: u32, text: &str) -> bool {
    u32::from_str_radix(text, 16) == Ok(sum)
}

/// Little-endian hexadecimal of the sum of all before the last underscore.
fn grafana(token: &str) -> bool {
    let Some((body, sum)) = token.rsplit_once('_') else { return false };
    is_hex_of(crc32(body.as_bytes()).swap_bytes(), sum)
}

/// Whether the first part of a JSON web token names an algorithm.
fn has_algorithm(token: &str) -> bool {
    let header = token.split('.').next().unwrap_or_default().trim_end_matches('=');
    URL_SAFE_NO_PAD.decode(header).is_ok_and(|it| it.windows(5).any(|part| part == b"\"alg\""))
}

fn base62(mut number: u32) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut digits = [b'0'; 6];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[(number % 62) as usize];
        number /= 62;
    }
    digits.iter().map(|it| char::from(*it)).collect()
}

/// CRC-32 as in zip files.
fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 };
        }
    }
    !sum
}

#[cfg(test)]
mod tests {
    use super::{agrees, base62, crc32};

    #[test]
    fn checksums_agree_with_their_bodies() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        let body = "a".repeat(30);
        let token = format!("npm_{body}{}", base62(crc32(body.as_bytes())));
        assert_eq!(agrees("crc32-base62", &token), Some(true));
        assert_eq!(agrees("crc32-base62", &token.replace("aa", "ab")), Some(false));
        let body = "glsa_x";
        let token = format!("{body}_{:08x}", crc32(body.as_bytes()).swap_bytes());
        assert_eq!(agrees("grafana", &token), Some(true));
        assert_eq!(agrees("-", &token), None);
        assert_eq!(agrees("crc32-hex", "ab"), None);
    }
}
