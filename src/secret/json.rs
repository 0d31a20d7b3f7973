//! Credentials in JSON: string values by their keys.

use crate::secret::found::Findings;
use crate::secret::leak::LeakKind;
use crate::secret::named::credential;
use crate::secret::written::Written;
use std::ops::Range;

/// Finds credentials in JSON text. False if it does not look like JSON.
pub(super) fn find(range: &Range<usize>, written: &Written, found: &mut Findings) -> bool {
    let text = &written.text[range.clone()];
    if !text.trim_start().starts_with(['{', '[']) {
        return false;
    }
    let mut key: Option<&str> = None;
    // `{"name": "DB_PASSWORD", "value": "…"}` names its value this way.
    let mut named: Option<&str> = None;
    let mut keys = 0_usize;
    let mut at = 0;
    while let Some(open) = text[at..].find('"').map(|it| at + it) {
        let between = &text[at..open];
        if between.contains([',', '{', '}', '[', ']']) {
            key = None;
        }
        if between.contains('{') {
            named = None;
        }
        let Some(close) = closing_quote(text, open) else { break };
        let string = &text[open + 1..close];
        at = close + 1;
        if text[at..].trim_start().starts_with(':') {
            key = Some(string);
            keys += 1;
        } else if let Some(it) = key.take() {
            if it == "name" {
                named = Some(string);
            }
            let name = if it == "value" { named.unwrap_or(it) } else { it };
            let range = range.start + open + 1..range.start + close;
            credential(name, range, LeakKind::Named, written, found);
        }
    }
    keys > 0
}

/// Where the string that opens at `open` closes.
fn closing_quote(text: &str, open: usize) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(open + 1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::secret::found::Findings;
    use crate::secret::written::Written;

    #[test]
    fn values_are_judged_by_their_keys() {
        for (text, leaks) in [
            (r#"{"db":{"host":"db","password":"zdhfd17"},"debug":false}"#, 1),
            (r#"[{"name":"DB_PASSWORD","value":"zdhfd17"},{"name":"HOST","value":"db"}]"#, 1),
            (r#"{"password":"${P}","token":null,"list":["token","abcdef17"]}"#, 0),
            (r#"{"password":"unfinished"#, 0),
        ] {
            let (written, mut found) = (Written::interpolated(text), Findings::default());
            find(&(0..written.text.len()), &written, &mut found);
            assert_eq!(found.leaks().len(), leaks, "{text}");
        }
    }
}
