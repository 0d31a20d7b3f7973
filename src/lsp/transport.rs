//! Messages as they travel: a header that tells the length, then JSON.

use std::io::{self, BufRead, Read, Write};

use lsp_server::Message;
use serde::Serialize;

/// What came in.
#[derive(Debug)]
pub(super) enum Incoming {
    Message(Message),
    /// Something of a proper length that is no message.
    Garbage,
}

/// The longest line of a header, in bytes. What is longer is passed over.
const LONGEST_LINE: u64 = 8 << 10;

/// The longest message that is read, in bytes. What is longer is passed over.
const LONGEST: u64 = 256 << 20;

/// Reads the next message; none where the client is gone. What is no header is passed over until
/// something looks like one.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let Some(length) = header(input)? else { return Ok(None) };
    if length > LONGEST {
        let passed = io::copy(&mut input.take(length), &mut io::sink())?;
        return Ok((passed == length).then_some(Incoming::Garbage));
    }
    // Grows with what comes: a length is only a promise.
    let mut body = Vec::new();
    input.take(length).read_to_end(&mut body)?;
    if (body.len() as u64) < length {
        return Ok(None);
    }
    Ok(Some(match serde_json::from_slice(&body) {
        Ok(message) => Incoming::Message(message),
        Err(_) => Incoming::Garbage,
    }))
}

/// The length that the next header tells.
fn header(input: &mut impl BufRead) -> io::Result<Option<u64>> {
    let mut length = None;
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim();
        if let (true, Some(length)) = (text.is_empty(), length) {
            return Ok(Some(length));
        }
        let (name, value) = text.split_once(':').unwrap_or_default();
        // What stands before it in the line is the rest of something else.
        if name.to_ascii_lowercase().ends_with("content-length") {
            length = value.trim().parse().ok();
        }
    }
}

/// Writes a message.
pub(super) fn write(output: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    #[derive(Serialize)]
    struct Framed<'a, T> {
        jsonrpc: &'static str,
        #[serde(flatten)]
        message: &'a T,
    }
    let body = serde_json::to_vec(&Framed { jsonrpc: "2.0", message })?;
    write!(output, "Content-Length: {}\r\n\r\n", body.len())?;
    output.write_all(&body)?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::{Incoming, read};
    use lsp_server::Message;

    fn all(mut bytes: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        while let Some(it) = read(&mut bytes).expect("bytes in memory can be read") {
            found.push(match it {
                Incoming::Message(Message::Notification(it)) => it.method,
                Incoming::Message(it) => format!("{it:?}"),
                Incoming::Garbage => "garbage".to_owned(),
            });
        }
        found
    }

    #[test]
    fn messages_are_found_among_anything() {
        let message = r#"{"jsonrpc":"2.0","method":"a"}"#;
        let framed = format!("Content-Length: {}\r\n\r\n{message}", message.len());
        assert_eq!(all(framed.as_bytes()), ["a"]);
        assert_eq!(all(format!("{framed}{framed}").as_bytes()), ["a", "a"]);
        let lower = framed.replace("Content-Length", "Content-Type: x\r\ncontent-length");
        assert_eq!(all(lower.as_bytes()), ["a"]);
        assert_eq!(all(format!("noise\r\n\r\n\0\n{framed}").as_bytes()), ["a"]);
        assert_eq!(all(format!("Content-Length: x\r\n\r\n{framed}").as_bytes()), ["a"]);
        assert_eq!(
            all(format!("Content-Length: 2\r\n\r\n{{]{framed}").as_bytes()),
            ["garbage", "a"]
        );
    }

    #[test]
    fn a_promise_is_no_message() {
        for length in ["100000000", "18446744073709551615", "99999999999999999999999"] {
            let text = format!("Content-Length: {length}\r\n\r\n{{}}");
            assert_eq!(all(text.as_bytes()), [""; 0]);
        }
    }
}
