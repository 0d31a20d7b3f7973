//! Lines with a place for a password and no name for it: `.pgpass`, `.netrc`, SQL, Redis' lists.

use crate::secret::found::{Findings, Found};
use crate::secret::leak::{Confidence, LeakKind};
use crate::secret::value::judge_password;
use crate::secret::written::Written;
use std::ops::Range;

/// Finds the passwords of one line.
pub(super) fn find(line: Range<usize>, written: &Written, found: &mut Findings) {
    let text = &written.text[line.clone()];
    let places = [pgpass(text), netrc(text), sql(text), redis(text)];
    for (format, place) in places.into_iter().flatten() {
        let range = line.start + place.start..line.start + place.end;
        if let Some(gravity) = judge_password(&written.text[range.clone()]) {
            let (kind, confidence) = (LeakKind::Named, Confidence::Medium);
            let name = Some(format.to_owned());
            found.add(written, Found { range, kind, name, gravity, confidence });
        }
    }
}

/// What the password is called, and where it stands.
type Place = Option<(&'static str, Range<usize>)>;

/// `host:port:database:user:password`
fn pgpass(line: &str) -> Place {
    if line.contains([' ', '\t', '=', '"', '/']) {
        return None;
    }
    let fields: Vec<&str> = line.trim_end().splitn(5, ':').collect();
    let [host, port, _, _, password] = fields[..] else { return None };
    let is_port = port == "*" || (!port.is_empty() && port.bytes().all(|it| it.is_ascii_digit()));
    let start = line.trim_end().len() - password.len();
    (is_port && !host.is_empty() && !password.contains(':'))
        .then(|| ("password", start..start + password.len()))
}

/// `machine host login user password word`
fn netrc(line: &str) -> Place {
    let is_netrc = line.starts_with("machine ") || line.starts_with("default login ");
    if !is_netrc {
        return None;
    }
    let at = line.find(" password ")? + 10;
    let word = line[at..].split_whitespace().next()?;
    let start = at + line[at..].find(word)?;
    Some(("password", start..start + word.len()))
}

/// `identified by 'word'`, `with password 'word'`
fn sql(line: &str) -> Place {
    if !line.contains(['\'', '"']) {
        return None;
    }
    let lower = line.to_ascii_lowercase();
    let at =
        ["identified by ", " password "].iter().find_map(|it| Some(lower.find(it)? + it.len()))?;
    let is_sql = ["create ", "alter ", "grant ", "set ", "identified "]
        .iter()
        .any(|it| lower.trim_start().starts_with(it));
    let rest = line[at..].trim_start();
    let quote = rest.chars().next().filter(|it| matches!(it, '\'' | '"') && is_sql)?;
    let start = line.len() - rest.len() + 1;
    let length = line[start..].find(quote)?;
    Some(("password", start..start + length))
}

/// `user name on >word`
fn redis(line: &str) -> Place {
    let rest = line.strip_prefix("user ")?;
    let at = line.len() - rest.len() + rest.find(" >")? + 2;
    let word = line[at..].split(char::is_whitespace).next()?;
    Some(("password", at..at + word.len()))
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::secret::found::Findings;
    use crate::secret::written::Written;

    fn passwords(line: &str) -> Vec<&str> {
        let mut found = Findings::default();
        let written = Written::plain(line);
        find(0..written.text.len(), &written, &mut found);
        found.leaks().into_iter().map(|it| &line[it.range]).collect()
    }

    #[test]
    fn passwords_are_found_by_their_place() {
        for line in [
            "db:5432:app:me:Harbor17",
            "*:*:*:me:Harbor17",
            "machine h login u password Harbor17",
            "CREATE USER app WITH PASSWORD 'Harbor17';",
            "ALTER USER 'root'@'%' IDENTIFIED BY 'Harbor17';",
            "user default on >Harbor17 ~* +@all",
        ] {
            assert_eq!(passwords(line), ["Harbor17"], "{line}");
        }
    }

    #[test]
    fn other_lines_are_quiet() {
        for line in [
            "10:20:30:40:50 a",
            "a:b:c:d:e",
            "machine h login u",
            "set password policy",
            "label: set the \"password\" here",
            "ALTER USER app WITH PASSWORD '${P}';",
            "user > file",
        ] {
            assert_eq!(passwords(line), [""; 0], "{line}");
        }
    }
}
