//! Numbers as Docker's schema sees them: as the text of their JSON.

/// Whether a number is whole, however it is written.
pub(super) fn is_whole(number: f64) -> bool {
    number.is_finite() && number.fract() == 0.0
}

/// The numerator of a number as a fraction in lowest terms, which is what the check of ports reads:
/// `80.5` is `161/2`. Nothing above 64 bits, which no port is.
pub(super) fn numerator(number: f64) -> Option<String> {
    let text = format!("{number:e}");
    let (mantissa, exponent) = text.split_once('e')?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
    let exponent = exponent.parse::<i64>().ok()? - fraction.len() as i64;
    let numerator = if exponent >= 0 {
        10_i128.checked_pow(exponent as u32).and_then(|it| it.checked_mul(digits))?
    } else {
        reduce(digits, exponent.unsigned_abs())
    };
    i64::try_from(numerator).is_ok().then(|| numerator.to_string())
}

/// What is left of `digits` when the fraction `digits / 10^power` is reduced.
fn reduce(digits: i128, power: u64) -> i128 {
    if digits == 0 {
        return 0;
    }
    [2, 5].into_iter().fold(digits, |mut rest, factor| {
        for _ in 0..power {
            if rest % factor != 0 {
                break;
            }
            rest /= factor;
        }
        rest
    })
}

#[cfg(test)]
mod tests {
    use super::numerator;

    #[test]
    fn a_fraction_is_reduced() {
        for (number, expected) in [
            (80.0, Some("80")),
            (80.5, Some("161")),
            (0.25, Some("1")),
            (-2.5, Some("-5")),
            (8e1, Some("80")),
            (80.00001, Some("8000001")),
            (0.0, Some("0")),
            (1e-300, Some("1")),
            (1e300, None),
            (f64::NAN, None),
            (f64::INFINITY, None),
        ] {
            assert_eq!(numerator(number).as_deref(), expected, "{number}");
        }
    }
}
