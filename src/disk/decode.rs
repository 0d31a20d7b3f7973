//! Bytes → text, as Docker's YAML library takes them: UTF-8, or UTF-16 with a byte order mark.

use thiserror::Error;

/// Bytes that are no text.
#[derive(Debug, PartialEq, Eq, Error)]
pub enum Undecodable {
    #[error("byte {offset} (line {line}) is not UTF-8")]
    Utf8 { offset: usize, line: usize },
    #[error("it begins like UTF-16, and byte {offset} is not")]
    Utf16 { offset: usize },
    #[error("it holds the byte 0 at {offset} and looks like a binary file")]
    Binary { offset: usize },
}

/// The text that the bytes are.
pub fn decode(bytes: Vec<u8>) -> Result<String, Undecodable> {
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: Vec<u8>) -> Result<String, Undecodable> {
    if bytes.contains(&0)
        && let Some(offset) = bytes.iter().position(|it| *it == 0)
    {
        return Err(Undecodable::Binary { offset });
    }
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let before = error.as_bytes()[..offset].split(|it| *it == b'\n');
        let line = before.count();
        Undecodable::Utf8 { offset, line }
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Undecodable> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let mut offset = 2;
    for decoded in char::decode_utf16(pairs.iter().map(|it| unit(*it))) {
        let c = decoded.map_err(|_| Undecodable::Utf16 { offset })?;
        offset += 2 * c.len_utf16();
        text.push(c);
    }
    if rest.is_empty() { Ok(text) } else { Err(Undecodable::Utf16 { offset }) }
}

#[cfg(test)]
mod tests {
    use super::{Undecodable, decode};

    #[test]
    fn text_is_utf_8_or_utf_16_with_a_mark() {
        assert_eq!(decode(b"a: \xc3\xa4\n".to_vec()), Ok("a: ä\n".to_owned()));
        assert_eq!(decode(b"\xff\xfea\0:\0\n\0".to_vec()), Ok("a:\n".to_owned()));
        assert_eq!(decode(b"\xfe\xff\xd8\x3d\xde\x00".to_vec()), Ok("😀".to_owned()));
    }

    #[test]
    fn other_bytes_are_named_by_their_place() {
        let latin1 = decode(b"a: b\nc: \xe4\n".to_vec());
        assert_eq!(latin1, Err(Undecodable::Utf8 { offset: 8, line: 2 }));
        assert_eq!(decode(b"\x7fELF\0".to_vec()), Err(Undecodable::Binary { offset: 4 }));
        assert_eq!(decode(b"\xff\xfea\0\0".to_vec()), Err(Undecodable::Utf16 { offset: 4 }));
        assert_eq!(decode(b"\xff\xfe\x00\xd8".to_vec()), Err(Undecodable::Utf16 { offset: 2 }));
    }
}
