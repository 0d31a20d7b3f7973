//! Passwords in URLs: what stands between `://user:` and the last `@` of the host's part.

use crate::secret::found::{Findings, Found};
use crate::secret::leak::{Confidence, LeakKind};
use crate::secret::value::judge_password;
use crate::secret::written::Written;
use std::ops::Range;

/// No user and password are longer together, in bytes.
const LONGEST: usize = 512;

/// Finds the passwords of all URLs in a text.
pub(super) fn find(written: &Written, found: &mut Findings) {
    let text: &str = &written.text;
    if !text.contains('@') {
        return;
    }
    let mut from = 0;
    while let Some(at) = text[from..].find("://").map(|at| from + at + 3) {
        from = at;
        let before = text[..at - 3].bytes().next_back();
        if !before.is_some_and(|it| it.is_ascii_alphanumeric()) {
            continue;
        }
        if let Some(range) = password(text, at) {
            report(range, written, found);
        }
    }
    for (sign, open) in [("@tcp(", ':'), ("@unix(", ':'), ("@//", '/'), ("@(", ':')] {
        for (at, _) in text.match_indices(sign) {
            if let Some(range) = before_at(text, at, open) {
                report(range, written, found);
            }
        }
    }
}

fn report(range: Range<usize>, written: &Written, found: &mut Findings) {
    if let Some(gravity) = judge_password(&written.text[range.clone()]) {
        let kind = LeakKind::UrlPassword;
        let confidence = Confidence::High;
        found.add(written, Found { range, kind, name: None, gravity, confidence });
    }
}

/// The password of the URL whose host's part begins at `at`.
fn password(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = head(&text[at..]);
    let word = rest.find(ends_url).map_or(rest, |end| &rest[..end]);
    let authority = word.find(['/', '?', '#']).unwrap_or(word.len());
    let sign = match word[..authority].rfind('@') {
        Some(sign) => sign,
        None => stray_sign(word, authority)?,
    };
    let colon = word[..sign].find(':')?;
    (colon + 1 < sign).then(|| at + colon + 1..at + sign)
}

/// The `@` after a password with a slash or the like in it. A number after the colon is a port.
fn stray_sign(word: &str, authority: usize) -> Option<usize> {
    let (_, port) = word[..authority].split_once(':')?;
    let is_port = !port.is_empty() && port.bytes().all(|it| it.is_ascii_digit());
    let sign = word[authority..].find('@')? + authority;
    let host = word[sign + 1..].chars().next()?;
    (!is_port && (host.is_alphanumeric() || host == '[')).then_some(sign)
}

/// `user:password@tcp(host)`, as Go programs have it, and Oracle's `user/password@//host`.
fn before_at(text: &str, at: usize, separator: char) -> Option<Range<usize>> {
    let from = (at.saturating_sub(LONGEST / 4)..at).find(|it| text.is_char_boundary(*it))?;
    let before = &text[from..at];
    let word = before.rsplit(|it| ends_url(it) || it == '=').next()?;
    let from = at - word.len();
    if word.contains("://") {
        return None;
    }
    let separator_at = match separator {
        // The user of an Oracle URL follows a colon.
        '/' => word.rfind(separator)?,
        _ => word.find(separator)?,
    };
    let start = from + separator_at + 1;
    (separator_at > 0 && start < at).then_some(start..at)
}

fn ends_url(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '"' | '\'' | '`' | '<' | '>' | '|' | '\\' | ')')
}

/// The beginning of a text that is long enough to be judged.
fn head(text: &str) -> &str {
    let end = text.len().min(LONGEST);
    let end = (0..=end).rev().find(|it| text.is_char_boundary(*it)).unwrap_or(0);
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::secret::found::Findings;
    use crate::secret::written::Written;

    fn passwords(text: &str) -> Vec<String> {
        let written = Written::interpolated(text);
        let mut found = Findings::default();
        find(&written, &mut found);
        found.leaks().into_iter().map(|it| text[it.range].to_owned()).collect()
    }

    #[test]
    fn passwords_are_taken_out_of_urls() {
        for (text, password) in [
            ("postgres://app:Tig3R12@db:5432/app", "Tig3R12"),
            ("redis://:word17@cache", "word17"),
            ("amqp://u:a@b@host", "a@b"),
            ("mongodb://u:p17@h1:27017,h2:27017/x", "p17"),
            ("postgres://u:pa/ss#1@db/app", "pa/ss#1"),
            ("curl http://e:word17@es:9200 -s", "word17"),
            ("jdbc:oracle:thin:scott/tiger17@//h:1521/x", "tiger17"),
            ("app:word17@tcp(db:3306)/app", "word17"),
            ("redis://u:${P:-word17}@h", "word17"),
        ] {
            assert_eq!(passwords(text), [password], "{text}");
        }
    }

    #[test]
    fn urls_without_a_password_are_quiet() {
        for text in [
            "https://example.com:8080/path/@scope",
            "redis://app@cache:6379",
            "postgres://${U}:${P}@db",
            "http://u:$$PASSWORD@h",
            "http://u:@h",
            "https://example.com",
            "://",
            "a@tcp(db)",
        ] {
            assert_eq!(passwords(text), [""; 0], "{text}");
        }
    }
}
