//! Numbers and texts as Go writes them.

/// What a text between quotes says; none where Go does not know an escape.
pub(super) fn unquote(written: &str) -> Option<String> {
    let inner = written.get(1..written.len().checked_sub(1)?)?;
    if written.starts_with('`') {
        return Some(inner.replace('\r', ""));
    }
    let mark = written.chars().next()?;
    let mut out = String::new();
    let mut rest = inner.chars();
    while let Some(c) = rest.next() {
        out.push(if c == '\\' { escape(&mut rest, mark)? } else { c });
    }
    Some(out)
}

fn escape(rest: &mut std::str::Chars, mark: char) -> Option<char> {
    let letter = rest.next()?;
    let (radix, length) = match letter {
        'a' => return Some('\x07'),
        'b' => return Some('\x08'),
        'f' => return Some('\x0c'),
        'n' => return Some('\n'),
        'r' => return Some('\r'),
        't' => return Some('\t'),
        'v' => return Some('\x0b'),
        '\\' => return Some('\\'),
        _ if letter == mark => return Some(mark),
        '0'..='7' => (8, 2),
        'x' => (16, 2),
        'u' => (16, 4),
        'U' => (16, 8),
        _ => return None,
    };
    let mut code = letter.to_digit(8).unwrap_or(0);
    for _ in 0..length {
        let digit = rest.next()?.to_digit(radix)?;
        code = code.checked_mul(radix)?.checked_add(digit)?;
    }
    char::from_u32(code)
}

/// Whether Go takes it for a number: whole, with a fraction, or imaginary.
pub(super) fn is_number(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let text = text.strip_suffix('i').unwrap_or(text);
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        let lower = text.get(..2).map(str::to_ascii_lowercase);
        if lower.as_deref() == Some(prefix) {
            let digits = &text[2..];
            return is_digits(digits.strip_prefix('_').unwrap_or(digits), radix);
        }
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let exponent = exponent.map(|it| it.strip_prefix(['+', '-']).unwrap_or(it));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let part = |it: &str| it.is_empty() || is_digits(it, 10);
    !(whole.is_empty() && fraction.is_empty())
        && part(whole)
        && part(fraction)
        && exponent.is_none_or(|it| is_digits(it, 10))
}

/// At least one digit; underscores stand between digits.
fn is_digits(text: &str, radix: u32) -> bool {
    text.split('_').all(|it| !it.is_empty() && it.chars().all(|c| c.is_digit(radix)))
}
