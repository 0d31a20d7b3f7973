//! Lines of `NAME=value` that give variables to a stack.

/// A line as a shell that sources the file would take it, as far as no shell is needed.
pub fn parse(line: &str) -> Result<Option<(String, String)>, &'static str> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    let line = line.strip_prefix("export ").unwrap_or(line).trim_start();
    let (name, value) = line.split_once('=').ok_or("expected `NAME=value`")?;
    if name.is_empty() || name.contains(char::is_whitespace) {
        return Err("expected a name without blanks before the `=`");
    }
    let quoted = ['"', '\'']
        .iter()
        .find_map(|quote| value.strip_prefix(*quote).and_then(|it| it.strip_suffix(*quote)));
    Ok(Some((name.to_owned(), quoted.unwrap_or(value).to_owned())))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn lines_are_variables_comments_or_wrong() {
        let pair = |name: &str, value: &str| Ok(Some((name.to_owned(), value.to_owned())));
        assert_eq!(parse("A=b c"), pair("A", "b c"));
        assert_eq!(parse("export A='b'"), pair("A", "b"));
        assert_eq!(parse("A="), pair("A", ""));
        assert_eq!(parse("A=\""), pair("A", "\""));
        assert_eq!(parse("  # A=b"), Ok(None));
        assert!(parse("A").is_err());
        assert!(parse("A B=c").is_err());
    }
}
