//! Amounts as people write them: processors, memory, counts.

/// Billionths of a processor: `1.5`.
pub(in crate::output) fn cpus(nano: i64) -> String {
    let sign = if nano < 0 { "-" } else { "" };
    let nano = nano.unsigned_abs();
    let text = format!("{sign}{}.{:09}", nano / 1_000_000_000, nano % 1_000_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// `1 CPU`, `0.5 CPUs`.
pub(super) fn cpus_named(nano: i64) -> String {
    format!("{} CPU{}", cpus(nano), if nano == 1_000_000_000 { "" } else { "s" })
}

const UNITS: [(&str, u64); 4] =
    [("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];

/// Bytes: `512 MiB`, `1.5 GiB`.
pub(super) fn memory(bytes: i64) -> String {
    let sign = if bytes < 0 { "-" } else { "" };
    let bytes = bytes.unsigned_abs();
    let Some((name, unit)) = UNITS.into_iter().find(|it| bytes >= it.1) else {
        return format!("{sign}{bytes} B");
    };
    format!("{sign}{} {name}", rounded(bytes, unit))
}

/// At most one digit after the point.
fn rounded(bytes: u64, unit: u64) -> String {
    let tenths = (u128::from(bytes) * 10 + u128::from(unit / 2)) / u128::from(unit);
    if tenths % 10 == 0 {
        format!("{}", tenths / 10)
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

/// Exactly so many bytes, as a stack file may have it: `512M`, `1536M`.
pub(in crate::output) fn memory_written(bytes: i64) -> String {
    let units = [("G", 1 << 30), ("M", 1 << 20), ("K", 1 << 10)];
    match units.into_iter().find(|it| bytes % it.1 == 0) {
        Some((name, unit)) => format!("{}{name}", bytes / unit),
        None => bytes.to_string(),
    }
}

/// Milliseconds: `0.5 s`, `40 s`, `1 min 55 s`, `2 h 5 min`.
pub(super) fn time(millis: u64) -> String {
    let seconds = (millis + 500) / 1000;
    match seconds {
        0..10 if !millis.is_multiple_of(1000) => {
            format!("{}.{} s", millis / 1000, millis % 1000 / 100)
        }
        0..60 => format!("{seconds} s"),
        60..3600 if seconds.is_multiple_of(60) => format!("{} min", seconds / 60),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

/// `1 task`, `2 tasks`.
pub(in crate::output) fn count(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::{cpus, cpus_named, memory, memory_written};

    #[test]
    fn amounts_are_short_and_true() {
        assert_eq!(cpus(1_500_000_000), "1.5");
        assert_eq!(cpus(-4_000_000_000), "-4");
        assert_eq!(cpus(1), "0.000000001");
        assert_eq!((cpus_named(1_000_000_000), cpus_named(0)), ("1 CPU".into(), "0 CPUs".into()));
        assert_eq!(memory(1 << 30), "1 GiB");
        assert_eq!(memory(1_610_612_736), "1.5 GiB");
        assert_eq!(memory(-(512 << 20)), "-512 MiB");
        assert_eq!(memory(i64::MAX), "8388608 TiB");
        assert_eq!(memory(12), "12 B");
        assert_eq!(memory_written(1536 << 20), "1536M");
        assert_eq!(memory_written(3 << 30), "3G");
        assert_eq!(memory_written(1001), "1001");
    }
}
