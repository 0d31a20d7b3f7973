//! Amounts of memory such as `512M`, in powers of 1024.

use std::ops::Range;

use crate::value::Refusal;
use crate::value::number::parse_float;
use crate::value::quote::lower_text;

/// Bytes of a text such as `1.5g` (go-units' `RAMInBytes`).
///
/// Fractions of a byte are cut off. What reaches 2^63 bytes becomes the smallest negative number,
/// silently, as in Docker on x86-64.
pub fn parse(text: &str) -> Result<i64, Refusal> {
    let all = 0..text.len();
    let invalid = |range: Range<usize>| Refusal::new(format!("invalid size: '{text}'"), range);
    let Some(last) = text.rfind(|c: char| c.is_ascii_digit() || c == '.' || c == ' ') else {
        return Err(invalid(all));
    };
    let start = last + 1;
    let end = if text.as_bytes().get(last) == Some(&b' ') { last } else { start };
    let (number, suffix) =
        (text.get(..end).unwrap_or_default(), text.get(start..).unwrap_or_default());
    let number = parse_float(number).map_err(|it| Refusal::new(it, 0..end))?;
    if number < 0.0 {
        return Err(invalid(0..end));
    }
    let refuse =
        |suffix: &str| Refusal::new(format!("invalid suffix: '{suffix}'"), start..text.len());
    if suffix.len() > 3 {
        return Err(refuse(suffix));
    }
    let suffix = lower_text(suffix);
    let factor = factor(&suffix).ok_or_else(|| refuse(&suffix))?;
    Ok(to_integer(number * factor))
}

fn factor(suffix: &str) -> Option<f64> {
    let Some(letter) = suffix.chars().next() else { return Some(1.0) };
    let power = match letter {
        'b' => 0,
        'k' => 1,
        'm' => 2,
        'g' => 3,
        't' => 4,
        'p' => 5,
        _ => return None,
    };
    let known = match suffix.get(1..) {
        Some("") => true,
        Some("b" | "ib") => power > 0,
        _ => false,
    };
    known.then(|| 1024f64.powi(power))
}

/// Go's conversion on x86-64, where whatever does not fit is the smallest number.
fn to_integer(number: f64) -> i64 {
    if number < 9_223_372_036_854_775_808.0 { number as i64 } else { i64::MIN }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn amounts_are_counted_in_powers_of_1024() {
        for (text, bytes) in [
            ("50M", 52_428_800),
            ("50MiB", 52_428_800),
            ("50mib", 52_428_800),
            ("50 MB", 52_428_800),
            ("1g", 1 << 30),
            ("1t", 1 << 40),
            ("1p", 1 << 50),
            ("1B", 1),
            ("1", 1),
            ("1 ", 1),
            ("1024", 1024),
            ("5.g", 5 << 30),
            ("+1m", 1 << 20),
            ("1e3", 1000),
            ("1E3", 1000),
            ("1_000", 1000),
            ("0.1k", 102),
            ("1KiB", 1024),
            ("1\u{212a}", 1024),
            ("0x1p4", 16),
            ("0x1p4m", 16 << 20),
            ("9223372036854775807", i64::MIN),
            ("8388608t", i64::MIN),
            ("16384p", i64::MIN),
            ("inf ", i64::MIN),
            ("nan ", i64::MIN),
        ] {
            assert_eq!(parse(text), Ok(bytes), "{text}");
        }
    }

    #[test]
    fn refusals_use_the_words_of_docker_and_point_at_the_part() {
        for (text, message, range) in [
            ("m", "invalid size: 'm'", 0..1),
            ("inf", "invalid size: 'inf'", 0..3),
            ("", "invalid size: ''", 0..0),
            ("１k", "invalid size: '１k'", 0..4),
            ("-1", "invalid size: '-1'", 0..2),
            ("-1m", "invalid size: '-1m'", 0..2),
            ("1E", "invalid suffix: 'e'", 1..2),
            ("1bb", "invalid suffix: 'bb'", 1..3),
            ("1mbb", "invalid suffix: 'mbb'", 1..4),
            ("1ib", "invalid suffix: 'ib'", 1..3),
            ("1MBytes", "invalid suffix: 'MBytes'", 1..7),
            ("1k\n", "invalid suffix: 'k\n'", 1..3),
            (" ", r#"strconv.ParseFloat: parsing "": invalid syntax"#, 0..0),
            (" 50M", r#"strconv.ParseFloat: parsing " 50": invalid syntax"#, 0..3),
            ("1kb5", r#"strconv.ParseFloat: parsing "1kb5": invalid syntax"#, 0..4),
            ("0x10k", r#"strconv.ParseFloat: parsing "0x10": invalid syntax"#, 0..4),
            ("1,5g", r#"strconv.ParseFloat: parsing "1,5": invalid syntax"#, 0..3),
            (".", r#"strconv.ParseFloat: parsing ".": invalid syntax"#, 0..1),
            ("4mb ", r#"strconv.ParseFloat: parsing "4mb": invalid syntax"#, 0..3),
            ("1e400k", r#"strconv.ParseFloat: parsing "1e400": value out of range"#, 0..5),
        ] {
            let error = parse(text).expect_err(text);
            assert_eq!((error.message.as_str(), error.range), (message, range));
        }
    }
}
