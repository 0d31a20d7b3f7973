//! Values under a name: credentials by what the name promises and what the value looks like.

use crate::secret::command;
use crate::secret::encoded;
use crate::secret::found::{Findings, Found};
use crate::secret::header;
use crate::secret::json;
use crate::secret::leak::{Confidence, Gravity, LeakKind};
use crate::secret::name::{Level, is_file, level};
use crate::secret::pairs;
use crate::secret::text::Context;
use crate::secret::token;
use crate::secret::value::{judge, judge_password, looks_random};
use crate::secret::written::Written;
use std::ops::Range;

/// Finds what a named value gives away.
pub(super) fn find(
    name: &str,
    range: Range<usize>,
    context: Context,
    written: &Written,
    found: &mut Findings,
) {
    let range = trimmed(&written.text, range);
    let value = &written.text[range.clone()];
    if value.is_empty() {
        return;
    }
    token::find_named(name, &range, written, found);
    if context == Context::Label && is_label_of_users(name) {
        return users(name, range, written, found);
    }
    header::find_scheme(name, range.clone(), written, found);
    json::find(&range, written, found);
    pairs::find(&range, context == Context::Option, written, found);
    if has_options(value) || context == Context::Label && name.ends_with(".command") {
        command::find(&range, written, found);
    }
    if level(name) == Level::Evidence || name.ends_with("users") || name.ends_with("USERS") {
        user_and_password(name, &range, written, found);
    }
    if context == Context::Label && !is_secret_label(name) {
        return;
    }
    encoded::find(name, &range, written, found);
    credential(name, range, LeakKind::Named, written, found);
}

/// Judges one value by its name.
pub(super) fn credential(
    name: &str,
    range: Range<usize>,
    kind: LeakKind,
    written: &Written,
    found: &mut Findings,
) {
    let value = &written.text[range.clone()];
    let level = level(name);
    let (gravity, confidence) = match level {
        // The name of a file, and yet no path: somebody put the value itself there.
        Level::None if is_file(name) && looks_random(value) => {
            (judge(value, Level::Evidence), Confidence::Low)
        }
        Level::None => return,
        Level::Evidence => (judge(value, level), Confidence::Low),
        Level::Secret => (judge(value, level), Confidence::Medium),
        Level::Password => (judge(value, level), Confidence::High),
    };
    if let Some(gravity) = gravity {
        let range = trimmed(&written.text, range);
        found.add(written, Found { range, kind, name: Some(name.to_owned()), gravity, confidence });
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let value = &text[range.clone()];
    let start = range.start + (value.len() - value.trim_start().len());
    start..start + value.trim().len()
}

/// Whether a value is a list of options, such as `-Xmx1g -Dpassword=…`.
fn has_options(value: &str) -> bool {
    let option = |it: &str| {
        let rest = it.trim_start_matches('-');
        it.len() - rest.len() < 3 && rest.starts_with(|it: char| it.is_ascii_alphabetic())
    };
    value.starts_with('-') && option(value)
        || value
            .match_indices('-')
            .any(|(at, _)| value[..at].ends_with(' ') && option(&value[at..]))
}

/// Labels whose value is a list of users with their hashes.
fn is_label_of_users(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    ["basicauth.users", "digestauth.users", "auth.basic.users", "auth.basic"]
        .iter()
        .any(|it| lower.ends_with(it))
        || is_caddy_user(&lower)
}

/// Caddy has the user in the label's name: `caddy.basicauth.admin`.
fn is_caddy_user(name: &str) -> bool {
    name.starts_with("caddy") && (name.contains("basicauth.") || name.contains("basic_auth."))
}

/// `user:word` pairs between commas. A hash has been found by its shape.
fn users(name: &str, range: Range<usize>, written: &Written, found: &mut Findings) {
    let mut start = range.start;
    for user in written.text[range].split(',') {
        let who = user.split_once(':').map(|(who, _)| who.len() + 1);
        if let Some(from) = who.or_else(|| is_caddy_user(name).then_some(0)) {
            password(name, start + from..start + user.len(), written, found);
        }
        start += user.len() + 1;
    }
}

/// `user:password` under a name such as `BASIC_AUTH`.
fn user_and_password(name: &str, range: &Range<usize>, written: &Written, found: &mut Findings) {
    let separator = if name == "NEO4J_AUTH" { '/' } else { ':' };
    let value = &written.text[range.clone()];
    let Some((user, word)) = value.split_once(separator) else { return };
    let word = if separator == ':' { word.split(':').next().unwrap_or_default() } else { word };
    let is_user = !user.is_empty()
        && user.bytes().all(|it| it.is_ascii_alphanumeric() || b"_@-".contains(&it));
    let is_word = word.len() > 2
        && !word.contains(['/', ' ', ','])
        && !word.bytes().all(|it| it.is_ascii_digit());
    if is_user && is_word {
        let start = range.start + user.len() + 1;
        password(name, start..start + word.len(), written, found);
    }
}

fn password(name: &str, range: Range<usize>, written: &Written, found: &mut Findings) {
    let value = &written.text[range.clone()];
    if let Some(gravity) = judge_password(value) {
        // `$2a$` in base64, as Caddy takes it.
        let is_hash = value.starts_with("JDJh") || value.starts_with("JDJ5");
        let kind = if is_hash { LeakKind::Hash { scheme: "bcrypt" } } else { LeakKind::Named };
        let gravity = if is_hash { Gravity::Minor } else { gravity };
        let confidence = Confidence::Medium;
        found.add(written, Found { range, kind, name: Some(name.to_owned()), gravity, confidence });
    }
}

/// Whether the last part of a label's name, and no part before, speaks of a secret.
fn is_secret_label(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name);
    level(last) > Level::None
}
