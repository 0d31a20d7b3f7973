//! Whole numbers and floats, as Go reads them.

use crate::yaml::node::Value;

/// A scalar that begins with a digit or a sign.
pub(super) fn parse(text: &str) -> Option<Value> {
    // Nothing that is not made of these can be a number.
    let number = |byte: u8| byte.is_ascii_hexdigit() || b"+-._xXoO".contains(&byte);
    if !text.bytes().all(number) {
        return None;
    }
    let stripped: String;
    let plain = if text.contains('_') {
        stripped = text.replace('_', "");
        &stripped
    } else {
        text
    };
    integer(plain).or_else(|| float(plain)).or_else(|| signed_prefix(plain))
}

/// Decimal, `0x`, `0b`, `0o`, and octal behind a leading zero.
fn integer(text: &str) -> Option<Value> {
    let (negative, signed, digits) = match text.as_bytes().first()? {
        b'-' => (true, true, &text[1..]),
        b'+' => (false, true, &text[1..]),
        _ => (false, false, text),
    };
    let (radix, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &digits[2..]),
        [b'0', b'b' | b'B', ..] => (2, &digits[2..]),
        [b'0', b'o' | b'O', ..] => (8, &digits[2..]),
        [b'0', _, ..] => (8, &digits[1..]),
        _ => (10, digits),
    };
    let value = magnitude(digits, radix)?;
    match i64::try_from(value) {
        Ok(value) => Some(Value::Int(if negative { -value } else { value })),
        Err(_) if negative => (value == 1 << 63).then_some(Value::Int(i64::MIN)),
        // A number with a sign has to fit 63 bits.
        Err(_) => (!signed).then_some(Value::Uint(value)),
    }
}

fn magnitude(digits: &str, radix: u32) -> Option<u64> {
    // Rust would take another sign.
    if digits.starts_with(['+', '-']) {
        return None;
    }
    u64::from_str_radix(digits, radix).ok()
}

/// The library tries binary and octal once more behind their prefix, where a sign may stand.
fn signed_prefix(text: &str) -> Option<Value> {
    let (rest, radix) = match text.get(..2)? {
        "0b" => (&text[2..], 2),
        "0o" => (&text[2..], 8),
        _ => return None,
    };
    i64::from_str_radix(rest, radix).ok().map(Value::Int)
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn float(text: &str) -> Option<Value> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let digits = |it: &str| it.bytes().all(|byte| byte.is_ascii_digit());
    let some_digits = |it: &str| !it.is_empty() && digits(it);
    let mantissa_fits = match mantissa.split_once('.') {
        Some(("", fraction)) => some_digits(fraction),
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => some_digits(mantissa),
    };
    let exponent_fits =
        exponent.is_none_or(|it| some_digits(it.strip_prefix(['-', '+']).unwrap_or(it)));
    if !mantissa_fits || !exponent_fits {
        return None;
    }
    finite(text).map(Value::Float)
}

/// A scalar that begins with a point; here single underscores between digits are skipped.
pub(super) fn point_float(text: &str) -> Option<f64> {
    let mut before = b'.';
    for byte in text.bytes().chain([b'!']) {
        let fits = match byte {
            b'_' => before.is_ascii_digit(),
            b'0'..=b'9' => true,
            _ => before != b'_',
        };
        if !fits {
            return None;
        }
        before = byte;
    }
    let plain = text.replace('_', "");
    match float(&plain) {
        Some(Value::Float(value)) => Some(value),
        _ => None,
    }
}

/// What overflows is no number.
fn finite(text: &str) -> Option<f64> {
    text.parse().ok().filter(|it: &f64| it.is_finite())
}
