//! Spans of time as Go writes them: `1m30s`, `1.5h`, `-5s`.

use std::fmt::Write;
use std::ops::Range;

use crate::value::Refusal;

const LIMIT: u64 = 1 << 63;
const SECOND: u64 = 1_000_000_000;

/// Nanoseconds of a text such as `1m30s` (Go's `time.ParseDuration`).
pub fn parse(text: &str) -> Result<i64, Refusal> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if unsigned == "0" {
        return Ok(0);
    }
    let invalid = |range: Range<usize>| {
        Refusal::new(format!("time: invalid duration {}", quote(text)), range)
    };
    if unsigned.is_empty() {
        return Err(invalid(0..text.len()));
    }
    let mut rest = unsigned;
    let mut total: u64 = 0;
    while !rest.is_empty() {
        let start = text.len() - rest.len();
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (whole, after) = rest.split_at(digits);
        let fraction = after
            .strip_prefix('.')
            .map(|it| it.split_at(it.find(|c: char| !c.is_ascii_digit()).unwrap_or(it.len())));
        let (fraction, after) = fraction.unwrap_or(("", after));
        if whole.is_empty() && fraction.is_empty() {
            return Err(invalid(start..text.len()));
        }
        let Some(whole) = amount(whole) else { return Err(invalid(start..start + digits)) };
        let from = text.len() - after.len();
        let to = from + after.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(after.len());
        if from == to {
            let message = format!("time: missing unit in duration {}", quote(text));
            return Err(Refusal::new(message, start..from));
        }
        let name = text.get(from..to).unwrap_or_default();
        let Some(unit) = unit(name) else {
            let message = format!("time: unknown unit {} in duration {}", quote(name), quote(text));
            return Err(Refusal::new(message, from..to));
        };
        rest = text.get(to..).unwrap_or_default();
        total = whole
            .checked_mul(unit)
            .and_then(|it| it.checked_add(part_of(fraction, unit)))
            .filter(|it| *it <= LIMIT)
            .and_then(|it| total.checked_add(it))
            .filter(|it| *it <= LIMIT)
            .ok_or_else(|| invalid(start..to))?;
    }
    match (text.starts_with('-'), total) {
        (true, _) => Ok((total as i64).wrapping_neg()),
        (false, LIMIT) => Err(invalid(0..text.len())),
        (false, _) => Ok(total as i64),
    }
}

/// The digits' number, up to 2^63.
fn amount(digits: &str) -> Option<u64> {
    digits.bytes().try_fold(0u64, |sum, digit| {
        sum.checked_mul(10)?.checked_add(u64::from(digit - b'0')).filter(|it| *it <= LIMIT)
    })
}

/// Nanoseconds of the digits after the point, rounded as Go does.
fn part_of(digits: &str, unit: u64) -> u64 {
    let (mut number, mut scale) = (0u64, 1.0f64);
    for digit in digits.bytes() {
        if number > (LIMIT - 1) / 10 {
            break;
        }
        let next = number * 10 + u64::from(digit - b'0');
        if next > LIMIT {
            break;
        }
        number = next;
        scale *= 10.0;
    }
    (number as f64 * (unit as f64 / scale)) as u64
}

fn unit(name: &str) -> Option<u64> {
    Some(match name {
        "ns" => 1,
        // U+00B5, the micro sign, and U+03BC, the Greek letter.
        "us" | "\u{b5}s" | "\u{3bc}s" => 1_000,
        "ms" => 1_000_000,
        "s" => SECOND,
        "m" => 60 * SECOND,
        "h" => 3600 * SECOND,
        _ => return None,
    })
}

/// Nanoseconds the way Go prints them: `1m30s`, `2m0s`, `1.5s`, `300ms`, `0s`.
pub fn format(nanoseconds: i64) -> String {
    let sign = if nanoseconds < 0 { "-" } else { "" };
    let length = nanoseconds.unsigned_abs();
    let (unit, name) = match length {
        0 => return "0s".to_owned(),
        1..1_000 => (1, "ns"),
        1_000..1_000_000 => (1_000, "µs"),
        1_000_000..SECOND => (1_000_000, "ms"),
        _ => (SECOND, "s"),
    };
    let (hours, minutes) = (length / (3600 * SECOND), length / (60 * SECOND) % 60);
    let mut out = sign.to_owned();
    // Writing to a string cannot fail.
    if hours > 0 {
        let _ = write!(out, "{hours}h");
    }
    if hours > 0 || minutes > 0 {
        let _ = write!(out, "{minutes}m");
    }
    let length = length % (60 * SECOND);
    let _ = write!(out, "{}", length / unit);
    let width = unit.ilog10() as usize;
    let fraction = format!("{:0width$}", length % unit);
    let fraction = fraction.trim_end_matches('0');
    if !fraction.is_empty() {
        let _ = write!(out, ".{fraction}");
    }
    out + name
}

/// Go's `time` package quotes by rules of its own: bytes of all but plain ASCII in hexadecimal.
fn quote(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            ' '..='\x7f' => out.push(c),
            _ => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(out, "\\x{byte:02x}");
                }
            }
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::{format, parse};

    #[test]
    fn durations_read_as_go_reads_them() {
        for (text, nanoseconds) in [
            ("10s", 10_000_000_000),
            ("1m30s", 90_000_000_000),
            ("1h", 3_600_000_000_000),
            ("1.5h", 5_400_000_000_000),
            ("1µs", 1_000),
            ("1μs", 1_000),
            ("0s", 0),
            ("0", 0),
            ("-0", 0),
            ("+5s", 5_000_000_000),
            ("-5s", -5_000_000_000),
            ("1h1h", 7_200_000_000_000),
            (".5s", 500_000_000),
            ("1.s", 1_000_000_000),
            ("2562047h", 9_223_369_200_000_000_000),
            ("0.0000000001s", 0),
            ("00010s", 10_000_000_000),
            ("0.1ns", 0),
            ("1.9999999999s", 1_999_999_999),
            ("9223372036854775807ns", i64::MAX),
            ("-9223372036854775808ns", i64::MIN),
            ("0.33333333333333333333h", 1_200_000_000_000),
        ] {
            assert_eq!(parse(text), Ok(nanoseconds), "{text}");
        }
    }

    #[test]
    fn refusals_use_the_words_of_go_and_point_at_the_part() {
        for (text, message, range) in [
            ("", r#"time: invalid duration """#, 0..0),
            (" ", r#"time: invalid duration " ""#, 0..1),
            ("-", r#"time: invalid duration "-""#, 0..1),
            ("--1s", r#"time: invalid duration "--1s""#, 1..4),
            ("s", r#"time: invalid duration "s""#, 0..1),
            (".s", r#"time: invalid duration ".s""#, 0..2),
            ("５s", r#"time: invalid duration "\xef\xbc\x95s""#, 0..4),
            ("2562048h", r#"time: invalid duration "2562048h""#, 0..8),
            ("9223372036854775808ns", r#"time: invalid duration "9223372036854775808ns""#, 0..21),
            ("99999999999999999999s", r#"time: invalid duration "99999999999999999999s""#, 0..20),
            ("5", r#"time: missing unit in duration "5""#, 0..1),
            ("1s1", r#"time: missing unit in duration "1s1""#, 2..3),
            ("1d", r#"time: unknown unit "d" in duration "1d""#, 1..2),
            ("10 s", r#"time: unknown unit " s" in duration "10 s""#, 2..4),
            ("10S", r#"time: unknown unit "S" in duration "10S""#, 2..3),
            ("1e3s", r#"time: unknown unit "e" in duration "1e3s""#, 1..2),
            ("1h-1m", r#"time: unknown unit "h-" in duration "1h-1m""#, 1..3),
        ] {
            let error = parse(text).expect_err(text);
            assert_eq!((error.message.as_str(), error.range), (message, range));
        }
    }

    #[test]
    fn durations_print_as_go_prints_them() {
        for (nanoseconds, text) in [
            (0, "0s"),
            (1, "1ns"),
            (1_100, "1.1µs"),
            (300_000_000, "300ms"),
            (1_500_000_000, "1.5s"),
            (90_000_000_000, "1m30s"),
            (120_000_000_000, "2m0s"),
            (3_600_000_000_000, "1h0m0s"),
            (-5_000_000_000, "-5s"),
            (i64::MAX, "2562047h47m16.854775807s"),
            (i64::MIN, "-2562047h47m16.854775808s"),
        ] {
            assert_eq!(format(nanoseconds), text);
        }
    }
}
