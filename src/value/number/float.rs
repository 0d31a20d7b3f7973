//! Go's `strconv.ParseFloat`: decimal and hexadecimal, with underscores between digits.

use super::refusal;

/// A number with a fraction, or Go's words of refusal. Beyond the range of a double it is refused.
pub fn parse_float(text: &str) -> Result<f64, String> {
    if let Some(special) = special(text) {
        return Ok(special);
    }
    let number = read(text).ok_or_else(|| refusal("ParseFloat", text, "invalid syntax"))?;
    if number.is_infinite() {
        return Err(refusal("ParseFloat", text, "value out of range"));
    }
    Ok(number)
}

fn special(text: &str) -> Option<f64> {
    if text.eq_ignore_ascii_case("nan") {
        return Some(f64::NAN);
    }
    let name = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !name.eq_ignore_ascii_case("inf") && !name.eq_ignore_ascii_case("infinity") {
        return None;
    }
    Some(if text.starts_with('-') { f64::NEG_INFINITY } else { f64::INFINITY })
}

/// The number, which is infinite when out of range.
fn read(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let bytes = unsigned.as_bytes();
    let hexadecimal = bytes.len() > 2 && bytes[0] == b'0' && bytes[1] | 0x20 == b'x';
    if text.contains('_') && !underscores_separate_digits(bytes) {
        return None;
    }
    if hexadecimal {
        let number = read_hexadecimal(&bytes[2..])?;
        return Some(if text.starts_with('-') { -number } else { number });
    }
    let plain: String = text.chars().filter(|it| *it != '_').collect();
    let digits = plain.strip_prefix(['+', '-']).unwrap_or(&plain);
    // What remains of the difference to Rust's own grammar are the words for no numbers.
    let numeric = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    // An underscore may not stand in for the digits of an exponent.
    if numeric { plain.parse().ok() } else { None }
}

/// Whether each underscore stands between digits, or between `0x` and a digit.
fn underscores_separate_digits(bytes: &[u8]) -> bool {
    let prefix = bytes.len() >= 2 && bytes[0] == b'0' && b"box".contains(&(bytes[1] | 0x20));
    let hexadecimal = prefix && bytes[1] | 0x20 == b'x';
    let mut previous = if prefix { b'0' } else { b'^' };
    for byte in &bytes[if prefix { 2 } else { 0 }..] {
        let digit = byte.is_ascii_digit() || hexadecimal && byte.is_ascii_hexdigit();
        match (digit, byte, previous) {
            (true, _, _) => previous = b'0',
            (false, b'_', b'0') => previous = b'_',
            (false, b'_', _) | (false, _, b'_') => return false,
            (false, _, _) => previous = b'!',
        }
    }
    previous != b'_'
}

/// The number after `0x`, such as `1.8p4`; the exponent is obligatory.
fn read_hexadecimal(bytes: &[u8]) -> Option<f64> {
    let (mut mantissa, mut lost, mut exponent) = (0u64, false, 0i64);
    let (mut digits, mut point) = (false, false);
    let mut rest = bytes.iter().copied().filter(|it| *it != b'_');
    let mark = loop {
        let byte = rest.next()?;
        let Some(digit) = char::from(byte).to_digit(16) else {
            if byte != b'.' || point {
                break byte;
            }
            point = true;
            continue;
        };
        digits = true;
        if mantissa >> 60 == 0 {
            mantissa = mantissa << 4 | u64::from(digit);
            exponent -= if point { 4 } else { 0 };
        } else {
            lost |= digit != 0;
            exponent += if point { 0 } else { 4 };
        }
    };
    if !digits || mark | 0x20 != b'p' {
        return None;
    }
    let mut rest = rest.peekable();
    let negative = rest.next_if(|it| matches!(it, b'+' | b'-')) == Some(b'-');
    rest.peek()?;
    let mut written = 0i64;
    for byte in rest {
        let digit = char::from(byte).to_digit(10)?;
        if written < 10_000 {
            written = written * 10 + i64::from(digit);
        }
    }
    Some(assemble(mantissa, lost, exponent + if negative { -written } else { written }))
}

/// mantissa × 2^exponent, rounded to the nearest double, ties to even; `lost` says that the true
/// mantissa is a little bigger.
fn assemble(mantissa: u64, lost: bool, exponent: i64) -> f64 {
    if mantissa == 0 {
        return 0.0;
    }
    let (exact, exponent) = (u128::from(mantissa) << 2 | u128::from(lost), exponent - 2);
    let length = i64::from(u128::BITS - exact.leading_zeros());
    let lowest = (exponent + length - 53).max(-1074);
    let shift = lowest - exponent;
    if shift > 120 {
        return 0.0;
    }
    let kept = if shift <= 0 {
        exact << shift.unsigned_abs()
    } else {
        let (kept, rest) = (exact >> shift, exact & ((1 << shift) - 1));
        let half = 1 << (shift - 1);
        kept + u128::from(rest > half || rest == half && kept & 1 == 1)
    };
    kept as f64 * power_of_two(lowest)
}

fn power_of_two(exponent: i64) -> f64 {
    match exponent {
        1024.. => f64::INFINITY,
        -1022.. => f64::from_bits(((exponent + 1023) as u64) << 52),
        _ => f64::from_bits(1 << (exponent + 1074).max(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::parse_float;

    #[test]
    fn numbers_read_as_go_reads_them() {
        for (text, number) in [
            ("1", 1.0),
            ("5.", 5.0),
            (".5", 0.5),
            ("+1e3", 1000.0),
            ("-1E-1", -0.1),
            ("1_000.5_0", 1000.5),
            ("1e1_0", 1e10),
            ("0x1p4", 16.0),
            ("0X1.8P1", 3.0),
            ("0x_1p-1074", 5e-324),
            ("0x1p-1075", 0.0),
            ("0x1.8p-1074", 1e-323),
            ("0x1.fffffffffffff8p0", 2.0),
            ("0x1.00000000000008p0", 1.0),
            ("0x1.000000000000080000001p0", 1.000_000_000_000_000_2),
            ("0x0.0000000000000000000001p88", 1.0),
            ("1e-400", 0.0),
            ("-inf", f64::NEG_INFINITY),
            ("Infinity", f64::INFINITY),
        ] {
            assert_eq!(parse_float(text), Ok(number), "{text}");
        }
        assert!(parse_float("NaN").is_ok_and(f64::is_nan));
    }

    #[test]
    fn refusals_are_worded_as_by_go() {
        for text in [
            "", " 50", "5.5.5", ".", "0x10", "1kb5", "1,5", "1 2", "4mb", "foo", "_1", "1_",
            "1__0", "1_.5", "1e_5", "1e", "1e+", "0x.p1", "0xp1", "0x1p", "0x1p_1", "+nan",
            "infin", "１", "--1", "0b1",
        ] {
            let message = format!("strconv.ParseFloat: parsing \"{text}\": invalid syntax");
            assert_eq!(parse_float(text), Err(message));
        }
        for text in ["1.7976931348623157e309", "1e400", "-1e99999999999999999999", "0x1p1024"] {
            let message = format!("strconv.ParseFloat: parsing \"{text}\": value out of range");
            assert_eq!(parse_float(text), Err(message));
        }
    }
}
