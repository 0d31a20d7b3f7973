//! Amounts and names of nodes in words.

use crate::rules::words::code;

/// `0.5 CPUs`, `1 CPU`.
pub(super) fn cpus(nano: i64) -> String {
    let (sign, nano) = (if nano < 0 { "-" } else { "" }, nano.unsigned_abs());
    let digits = format!("{}.{:09}", nano / 1_000_000_000, nano % 1_000_000_000);
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    format!("{sign}{digits} {}", if digits == "1" { "CPU" } else { "CPUs" })
}

/// `512 MiB`, `1.5 GiB`.
pub(super) fn bytes(bytes: i64) -> String {
    let (sign, size) = (if bytes < 0 { "-" } else { "" }, bytes.unsigned_abs());
    for (unit, shift) in [("GiB", 30), ("MiB", 20), ("KiB", 10)] {
        let tenths = (u128::from(size) * 10) >> shift;
        if tenths >= 10 {
            let (whole, rest) = (tenths / 10, tenths % 10);
            let rest = if rest == 0 { String::new() } else { format!(".{rest}") };
            return format!("{sign}{whole}{rest} {unit}");
        }
    }
    format!("{sign}{size} bytes")
}

/// One node, or several, by their names: the first four, and how many more there are.
pub(super) fn nodes_named<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    const MOST: usize = 4;
    let names: Vec<_> = names.into_iter().collect();
    let first: Vec<_> = names.iter().take(MOST).map(|it| code(it)).collect();
    let more = names.len().saturating_sub(MOST);
    let noun = if names.len() == 1 { "node" } else { "nodes" };
    let first = first.join(", ");
    if more == 0 { format!("{noun} {first}") } else { format!("{noun} {first} and {more} more") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_well() {
        for (nano, text) in [
            (0, "0 CPUs"),
            (500_000_000, "0.5 CPUs"),
            (1_000_000_000, "1 CPU"),
            (-1, "-0.000000001 CPUs"),
        ] {
            assert_eq!(cpus(nano), text);
        }
        for (size, text) in [
            (0, "0 bytes"),
            (1 << 20, "1 MiB"),
            (3 << 29, "1.5 GiB"),
            (8 << 30, "8 GiB"),
            (i64::MIN, "-8589934592 GiB"),
        ] {
            assert_eq!(bytes(size), text);
        }
    }
}
