//! Credentials of `Authorization` headers.

use crate::secret::found::{Findings, Found};
use crate::secret::leak::{Confidence, Gravity, LeakKind};
use crate::secret::name::Level;
use crate::secret::value::judge;
use crate::secret::written::Written;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::ops::Range;

const SCHEMES: &[&str] = &["basic ", "bearer ", "token ", "apikey "];

/// The fewest bytes of a header with a credential.
const SHORTEST: usize = "Authorization:token ".len();

/// Finds the header anywhere in a text.
pub(super) fn find(written: &Written, found: &mut Findings) {
    let text: &str = &written.text;
    if text.len() < SHORTEST {
        return;
    }
    for word in ["Authorization", "authorization", "AUTHORIZATION"] {
        for (at, _) in text.match_indices(word) {
            let from = at + word.len();
            let rest = &text[from..];
            let gap = rest.find(|it: char| !is_between(it)).unwrap_or(rest.len());
            let value = &rest[gap..];
            if gap > 0 && gap < 8 && has_scheme(value) {
                let line = value.split(['"', '\'', '\n', '\\', '`']).next();
                let end = from + gap + line.unwrap_or_default().len();
                find_scheme("Authorization", from + gap..end, written, found);
            }
        }
    }
}

fn has_scheme(value: &str) -> bool {
    let is = |it: &str| value.get(..it.len()).is_some_and(|head| head.eq_ignore_ascii_case(it));
    SCHEMES.iter().any(|it| is(it))
}

fn is_between(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, ':' | '=' | '"' | '\'' | '>')
}

/// Finds the credential of a value such as `Basic dXNlcjp3b3Jk`.
pub(super) fn find_scheme(
    name: &str,
    range: Range<usize>,
    written: &Written,
    found: &mut Findings,
) {
    let value = &written.text[range.clone()];
    let Some((scheme, rest)) = value.split_once(' ') else { return };
    let credential = rest.trim();
    let credential = credential.split_whitespace().next().unwrap_or_default();
    let gravity = match scheme.to_ascii_lowercase().as_str() {
        "basic" => is_user_and_password(credential).then_some(Gravity::Major),
        "bearer" | "token" | "apikey" if credential.len() >= 8 => judge(credential, Level::Secret),
        _ => None,
    };
    // A sentence such as `token authentication` is none.
    let is_word = credential.bytes().all(|it| it.is_ascii_lowercase());
    if let Some(gravity) = gravity.filter(|_| !is_word || name == "Authorization") {
        let start = range.start + scheme.len() + 1 + (rest.len() - rest.trim_start().len());
        let range = start..start + credential.len();
        let (kind, confidence) = (LeakKind::Authorization, Confidence::High);
        found.add(written, Found { range, kind, name: Some(name.to_owned()), gravity, confidence });
    }
}

/// Whether the text is `user:password` in base64.
pub(super) fn is_user_and_password(text: &str) -> bool {
    let Ok(plain) = STANDARD.decode(text) else { return false };
    let colon = plain.iter().position(|it| *it == b':');
    colon.is_some_and(|at| at + 1 < plain.len()) && plain.iter().all(|it| (32..127).contains(it))
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::secret::found::Findings;
    use crate::secret::written::Written;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    fn count(text: &str) -> usize {
        let mut found = Findings::default();
        find(&Written::interpolated(text), &mut found);
        found.leaks().len()
    }

    #[test]
    fn headers_give_their_credential_away() {
        let basic = STANDARD.encode("svc:word17");
        assert_eq!(count(&format!("Authorization: Basic {basic}")), 1);
        assert_eq!(count(&format!("proxy_set_header Authorization \"Basic {basic}\";")), 1);
        assert_eq!(count("curl -H 'authorization: Bearer abcdef0123456789' http://h"), 1);
        for quiet in [
            "Authorization: Bearer ${TOKEN}",
            "Authorization: Bearer $$TOKEN",
            "Authorization: Basic realm",
            "Authorization by roles",
        ] {
            assert_eq!(count(quiet), 0, "{quiet}");
        }
    }
}
