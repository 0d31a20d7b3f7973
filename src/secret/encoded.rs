//! Credentials in base64: a whole value is decoded once and looked at again.

use crate::secret::found::{Findings, Found};
use crate::secret::header::is_user_and_password;
use crate::secret::json;
use crate::secret::leak::{Confidence, Gravity, LeakKind};
use crate::secret::name::segments;
use crate::secret::written::Written;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::ops::Range;

/// Finds a value that holds JSON with a credential, or a user and a password, in base64.
pub(super) fn find(name: &str, range: &Range<usize>, written: &Written, found: &mut Findings) {
    let value = &written.text[range.clone()];
    let is_base64 = value.len() >= 8
        && value.len() < 1 << 16
        && value.bytes().all(|it| it.is_ascii_alphanumeric() || b"+/=".contains(&it));
    if !is_base64 {
        return;
    }
    let auth = segments(name).iter().any(|it| it == "auth" || it == "basicauth");
    if (auth && is_user_and_password(value)) || (value.len() >= 24 && holds_credentials(value)) {
        let (gravity, confidence) = (Gravity::Major, Confidence::High);
        let (range, name) = (range.clone(), Some(name.to_owned()));
        found.add(written, Found { range, kind: LeakKind::Named, name, gravity, confidence });
    }
}

fn holds_credentials(value: &str) -> bool {
    let Ok(bytes) = STANDARD.decode(value) else { return false };
    let Ok(text) = String::from_utf8(bytes) else { return false };
    let mut inner = Findings::default();
    let is_json = json::find(&(0..text.len()), &Written::plain(&text), &mut inner);
    is_json && (!inner.is_empty() || text.contains("\"auth\"") || text.contains("PRIVATE KEY"))
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::secret::found::Findings;
    use crate::secret::written::Written;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    #[test]
    fn base64_is_looked_into() {
        for (name, plain, leaks) in [
            ("CONFIG", r#"{"db":{"password":"word1717"}}"#, 1),
            ("REGISTRY_AUTH", "user:word1717", 1),
            ("CONFIG", r#"{"db":{"host":"database"}}"#, 0),
            ("CONFIG", "nothing of interest in here", 0),
        ] {
            let text = STANDARD.encode(plain);
            let mut found = Findings::default();
            find(name, &(0..text.len()), &Written::interpolated(&text), &mut found);
            assert_eq!(found.leaks().len(), leaks, "{plain}");
        }
    }
}
