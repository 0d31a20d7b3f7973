//! The version that a tag names.

/// The numbers that a tag begins with, such as 16 and 3 of `16.3-alpine`, `v2.11` or `pg16.3`; none
/// where it names no version.
pub fn version(tag: &str) -> Vec<u32> {
    // `timescale/timescaledb:2.14.2-pg16` and `pgvector/pgvector:0.8.0-pg17` run that PostgreSQL.
    let of_server = tag.split('-').find_map(|it| it.strip_prefix("pg"));
    let text = of_server.unwrap_or(tag);
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    // `3ab7f` is no version.
    if text[end..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return Vec::new();
    }
    let numbers = text[..end].split('.').map(str::parse);
    numbers.map_while(Result::ok).collect()
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn tags_name_versions() {
        let cases: [(&str, &[u32]); 10] = [
            ("16", &[16]),
            ("16.3-alpine", &[16, 3]),
            ("v2.11", &[2, 11]),
            ("pg17", &[17]),
            ("2.14.2-pg16", &[16]),
            ("latest-pg15", &[15]),
            ("latest", &[]),
            ("3ab7f", &[]),
            ("alpine3.20", &[]),
            ("99999999999", &[]),
        ];
        for (tag, expected) in cases {
            assert_eq!(version(tag), expected, "{tag}");
        }
    }
}
