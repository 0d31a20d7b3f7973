//! CPU counts such as `0.5`, which Docker reads as fractions of any size.

use num_bigint::BigUint;

use crate::value::Refusal;

/// Longer texts are refused: no amount of CPU needs them, and their arithmetic takes time.
const LONGEST: usize = 1 << 16;

/// Billionths of a CPU of a text such as `0.5`, `1/2` or `1e-3`.
///
/// Exact, and negative numbers pass. What exceeds 64 bits loses its upper ones, as in Docker.
pub fn parse(text: &str) -> Result<i64, Refusal> {
    let refuse = |message: String| Refusal::new(message, 0..text.len());
    let number = if text.len() > LONGEST { None } else { Number::read(text) };
    let Some(number) = number else {
        return Err(refuse(format!("failed to parse {text} as a rational number")));
    };
    let Some(low_bits) = number.billions() else {
        return Err(refuse("value is too precise".to_owned()));
    };
    let nano_cpus = low_bits as i64;
    Ok(if number.negative { nano_cpus.wrapping_neg() } else { nano_cpus })
}

/// numerator / denominator × 2^twos × 5^fives.
struct Number {
    negative: bool,
    numerator: BigUint,
    denominator: BigUint,
    twos: i64,
    fives: i64,
}

impl Number {
    /// Go's `big.Rat.SetString`.
    fn read(text: &str) -> Option<Self> {
        let negative = text.starts_with('-');
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let whole = BigUint::from(1u8);
        if let Some((above, below)) = unsigned.split_once('/') {
            let (above, below) = (Digits::read(above, false)?, Digits::read(below, false)?);
            let complete = above.rest.is_empty() && below.rest.is_empty();
            let (numerator, denominator) = (above.value()?, below.value()?);
            return (complete && denominator != BigUint::ZERO).then_some(Self {
                negative,
                numerator,
                denominator,
                twos: 0,
                fives: 0,
            });
        }
        let digits = Digits::read(unsigned, true)?;
        let (base, exponent) = exponent(digits.rest)?;
        let numerator = digits.value()?;
        if numerator == BigUint::ZERO {
            return Some(Self { negative, numerator, denominator: whole, twos: 0, fives: 0 });
        }
        let behind = -(digits.behind_point as i64);
        let (mut twos, mut fives) = match digits.radix {
            2 => (behind, 0),
            8 => (behind * 3, 0),
            16 => (behind * 4, 0),
            _ => (behind, behind),
        };
        twos = twos.wrapping_add(exponent);
        fives = if base == 10 { fives.wrapping_add(exponent) } else { fives };
        // The bounds are Go's.
        (fives.unsigned_abs() <= 1_000_000 && twos.unsigned_abs() <= 10_000_000).then_some(Self {
            negative,
            numerator,
            denominator: whole,
            twos,
            fives,
        })
    }

    /// The lowest 64 bits of a billion times the number, if that is whole.
    fn billions(&self) -> Option<u64> {
        if self.numerator == BigUint::ZERO {
            return Some(0);
        }
        // A billion is 2^9 × 5^9.
        let (twos, fives) = (self.twos + 9, self.fives + 9);
        let factor = 5u64.wrapping_pow(u32::try_from(fives.max(0)).unwrap_or_default());
        let mut number = self.numerator.clone();
        if fives < 0 {
            number = whole_part(&number, &power_of_five(fives.unsigned_abs(), number.bits())?)?;
        }
        if self.denominator != BigUint::from(1u8) {
            number = whole_part(&(number * 1_000_000_000u32), &self.denominator)?;
            return number.iter_u64_digits().next().or(Some(0));
        }
        if twos < 0 {
            if number.trailing_zeros().unwrap_or_default() < twos.unsigned_abs() {
                return None;
            }
            number >>= twos.unsigned_abs();
        }
        let low = number.iter_u64_digits().next().unwrap_or_default();
        let shift = u32::try_from(twos.max(0)).unwrap_or(u32::MAX);
        Some(low.wrapping_mul(factor).checked_shl(shift).unwrap_or_default())
    }
}

/// 5^power, unless it has more than `bits` bits and so cannot divide a number of as many.
fn power_of_five(power: u64, bits: u64) -> Option<BigUint> {
    let power = u32::try_from(power).ok().filter(|it| u64::from(*it) * 2 < bits)?;
    Some(BigUint::from(5u8).pow(power))
}

fn whole_part(number: &BigUint, divisor: &BigUint) -> Option<BigUint> {
    let quotient = number / divisor;
    (&quotient * divisor == *number).then_some(quotient)
}

/// The digits at the beginning of a text, without underscores and point.
struct Digits<'a> {
    values: Vec<u8>,
    radix: u32,
    behind_point: usize,
    rest: &'a str,
}

impl<'a> Digits<'a> {
    /// Go's `nat.scan` in base 0: `0x`, `0o` and `0b` choose the radix, and `0` alone octal where
    /// no fraction is possible; underscores may stand between digits.
    fn read(text: &'a str, fraction: bool) -> Option<Self> {
        let bytes = text.as_bytes();
        let zero = bytes.first() == Some(&b'0');
        let (radix, prefix) = match (zero, bytes.get(1).map(|it| it | 0x20)) {
            (true, Some(b'x')) => (16, 2),
            (true, Some(b'o')) => (8, 2),
            (true, Some(b'b')) => (2, 2),
            (true, Some(_)) if !fraction => (8, 0),
            _ => (10, 0),
        };
        let (mut digits, mut point, mut end) = (Vec::new(), None, prefix);
        let mut previous = if prefix > 0 { b'0' } else { b'.' };
        for byte in &bytes[prefix..] {
            match (byte, char::from(*byte).to_digit(radix)) {
                (b'.', _) if fraction && point.is_none() => {
                    if previous == b'_' {
                        return None;
                    }
                    point = Some(digits.len());
                    previous = b'.';
                }
                (b'_', _) if previous == b'0' => previous = b'_',
                (b'_', _) => return None,
                (_, Some(digit)) => {
                    digits.push(digit as u8);
                    previous = b'0';
                }
                (_, None) => break,
            }
            end += 1;
        }
        let behind_point = point.map_or(0, |it| digits.len() - it);
        let rest = text.get(end..)?;
        (previous != b'_' && !digits.is_empty()).then_some(Self {
            values: digits,
            radix,
            behind_point,
            rest,
        })
    }

    fn value(&self) -> Option<BigUint> {
        BigUint::from_radix_be(&self.values, self.radix)
    }
}

/// Base and number of an exponent that fills the text: `e3` (of ten), `p-4` (of two) or nothing.
fn exponent(text: &str) -> Option<(u32, i64)> {
    let mut bytes = text.bytes();
    let base = match bytes.next().map(|it| it | 0x20) {
        None => return Some((10, 0)),
        Some(b'e') => 10,
        Some(b'p') => 2,
        Some(_) => return None,
    };
    let number = text.get(1..)?;
    let digits = number.strip_prefix(['+', '-']).unwrap_or(number);
    let separated = digits.split('_').all(|it| !it.is_empty());
    let plain = digits.bytes().all(|it| it.is_ascii_digit() || it == b'_');
    (separated && plain).then_some(())?;
    let number: String = number.chars().filter(|it| *it != '_').collect();
    Some((base, number.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn fractions_of_any_spelling_give_billionths() {
        for (text, nano_cpus) in [
            ("1", 1_000_000_000),
            ("1.0", 1_000_000_000),
            ("0.001", 1_000_000),
            ("0.50", 500_000_000),
            ("1/2", 500_000_000),
            ("+010/0x10", 500_000_000),
            ("0/7", 0),
            ("-0", 0),
            ("1e-3", 1_000_000),
            ("1E3", 1_000_000_000_000),
            ("-1", -1_000_000_000),
            ("+1", 1_000_000_000),
            (".5", 500_000_000),
            ("5.", 5_000_000_000),
            ("0x10", 16_000_000_000),
            ("0x1.8", 1_500_000_000),
            ("0x_1p-9", 1_953_125),
            ("1.5p1", 3_000_000_000),
            ("1_000", 1_000_000_000_000),
            ("1e1_0", -8_446_744_073_709_551_616),
            ("0b11", 3_000_000_000),
            ("0o7", 7_000_000_000),
            ("010", 10_000_000_000),
            ("1e10", -8_446_744_073_709_551_616),
            ("1e18", -6_930_898_827_444_486_144),
            ("1e1000000", 0),
            ("0e99999999999", 0),
            ("1e-9", 1),
            ("9223372036.854775808", i64::MIN),
            ("1000000000000000000000000000000e-30", 1_000_000_000),
        ] {
            assert_eq!(parse(text), Ok(nano_cpus), "{text}");
        }
    }

    #[test]
    fn more_than_nine_digits_behind_the_point_are_too_precise() {
        for text in [
            "1/3",
            "1e-10",
            "0.0000000001",
            "0x1p-10",
            "1e-1000000",
            "1p-9999999",
            "7/1000000000000",
        ] {
            assert_eq!(parse(text).expect_err(text).message, "value is too precise");
        }
    }

    #[test]
    fn all_else_is_no_number() {
        let long = "1".repeat(1 << 17);
        for text in [
            "",
            " ",
            " 1",
            "1 ",
            "NaN",
            "inf",
            "50%",
            "1,5",
            "3/0",
            "3/-1",
            "1/2/3",
            "1/2.5",
            "1.5/2",
            "１",
            "--1",
            "1_",
            "_1",
            "1__0",
            "1_.5",
            "1._5",
            "1.2.3",
            ".",
            "1e",
            "1e+",
            "1e_1",
            "1e1_",
            "0x",
            "09/1",
            "0b2",
            "1e1000001",
            "1p10000001",
            "1e99999999999999999999",
            "x",
            &long,
        ] {
            let message = format!("failed to parse {text} as a rational number");
            assert_eq!(parse(text).expect_err(text).message, message);
        }
    }
}
