//! Numbers from text and back, the way Go does it.

mod float;

pub use float::parse_float;

use crate::value::quote::quote;

/// A decimal integer (Go's `strconv.Atoi`), or Go's words of refusal.
pub fn atoi(text: &str) -> Result<i64, String> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|it| it.is_ascii_digit()) {
        return Err(refusal("Atoi", text, "invalid syntax"));
    }
    text.parse().map_err(|_| refusal("Atoi", text, "value out of range"))
}

/// A number as a label or variable has it (Go's `FormatFloat(x, 'g', -1, 64)`): the shortest
/// digits that give it back, with an exponent below -4 and from 6 on.
pub fn format_float(number: f64) -> String {
    format_general(number, 6)
}

/// A number as Go's `%v` prints it: like [`format_float`], but with an exponent from 21 on only.
pub fn format_float_plainly(number: f64) -> String {
    format_general(number, 21)
}

fn format_general(number: f64, threshold: i32) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    let scientific = format!("{number:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (-4..threshold).contains(&exponent) {
        return format!("{number}");
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.unsigned_abs())
}

/// Go's `strconv.NumError`.
fn refusal(function: &str, text: &str, reason: &str) -> String {
    format!("strconv.{function}: parsing {}: {reason}", quote(text))
}

#[cfg(test)]
mod tests {
    use super::{atoi, format_float, format_float_plainly};

    #[test]
    fn integers_are_decimal_and_may_have_a_sign() {
        for (text, number) in [
            ("3", 3),
            ("-3", -3),
            ("+3", 3),
            ("010", 10),
            ("9223372036854775807", i64::MAX),
            ("-9223372036854775808", i64::MIN),
        ] {
            assert_eq!(atoi(text), Ok(number));
        }
        for (text, message) in [
            ("", r#"strconv.Atoi: parsing "": invalid syntax"#),
            ("foo", r#"strconv.Atoi: parsing "foo": invalid syntax"#),
            ("0x10", r#"strconv.Atoi: parsing "0x10": invalid syntax"#),
            ("1_000", r#"strconv.Atoi: parsing "1_000": invalid syntax"#),
            ("3.0", r#"strconv.Atoi: parsing "3.0": invalid syntax"#),
            ("+-3", r#"strconv.Atoi: parsing "+-3": invalid syntax"#),
            (
                "99999999999999999999",
                r#"strconv.Atoi: parsing "99999999999999999999": value out of range"#,
            ),
        ] {
            assert_eq!(atoi(text), Err(message.to_owned()));
        }
    }

    #[test]
    fn numbers_print_with_an_exponent_where_go_uses_one() {
        for (number, text) in [
            (1e3, "1000"),
            (123_456.0, "123456"),
            (1e6, "1e+06"),
            (1_234_567.0, "1.234567e+06"),
            (123_456_789.25, "1.2345678925e+08"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (1.50, "1.5"),
            (-0.0, "-0"),
            (1e300, "1e+300"),
            (f64::INFINITY, "+Inf"),
            (f64::NEG_INFINITY, "-Inf"),
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(format_float(number), text);
        }
        for (number, text) in [(1.5, "1.5"), (1e20, "100000000000000000000"), (1e21, "1e+21")] {
            assert_eq!(format_float_plainly(number), text);
        }
    }
}
