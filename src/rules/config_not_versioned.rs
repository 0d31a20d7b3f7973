//! A secret or config from a file has no name of its own that could change with the content.
//!
//! ## Why
//!
//! Swarm does not let the content change. When the file does, the next deploy stops in the middle
//! with `only updates to Labels are allowed`.
//!
//! ## Example
//!
//! ```text site.conf
//! listen 80
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     configs: [{source: site, target: /etc/site}]
//! configs:
//!   site: {file: ./site.conf}
//! ```
//!
//! ## Fix
//!
//! Put a version, or a hash of the content, into the name:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     configs: [{source: site, target: /etc/site}]
//! configs:
//!   site:
//!     name: site-${SITE_VERSION:-1}
//!     file: ./site.conf
//! ```
//!
//! `check --fix` writes the first digits of the content's SHA-256 behind a dot. When the content
//! changes, the name is another version's, which is found, too, and the fix renews it. Services keep
//! the config's key, so nothing else changes; Docker makes a new config, replaces the tasks that use
//! it, and leaves the old one for a rollback. Names of secrets are left to you: a hash of a weak
//! secret could be guessed.
//!
//! ## Source
//!
//! SwarmKit, `manager/controlapi/config.go` and `secret.go`.

use crate::diagnostic::Severity;
use crate::edit::{New, Patch};
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::Stack;
use crate::stack::beside::DIGITS;
use crate::stack::model::{Text, is_true, text};

pub(super) const RULE: Rule = Rule {
    id: "config-not-versioned",
    summary: "content cannot change under the same name",
    group: Group::Compose,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    let secrets = stack.secrets.iter().map(|it| (it, false));
    for (it, is_config) in secrets.chain(stack.configs.iter().map(|it| (it, true))) {
        let Some(file) = it.file.as_ref().filter(|_| !is_true(&it.external)) else { continue };
        let hash = stack.beside.hashes.get(&file.value).filter(|_| is_config);
        let hash = hash.map(String::as_str);
        let name = it.value.name.as_ref().filter(|it| !it.value.is_empty());
        let wanted = hash.and_then(|hash| versioned(&it.name.value, hash));
        let (at, message) = match name {
            None => (
                it.name.place,
                format!("{} cannot be deployed again with other content", code(&it.name.value)),
            ),
            Some(name) if is_stale(name, &it.name.value, hash) => {
                (name.place, format!("the name of {} is another content's", code(&it.name.value)))
            }
            Some(_) => continue,
        };
        let patch = wanted.filter(|_| !is_credential_spec(stack, &it.name.value)).and_then(|new| {
            let site = found.site(it.name.place.span)?;
            match name {
                Some(_) => site.child("name")?.replace(&new),
                None => site.insert(&["name"], New::text(&new)),
            }
        });
        found
            .report(at, message)
            .help("give it a `name` that changes with the content, as in `name: app-${VERSION}`")
            .fix(Patch::safe(patch, "put a hash of the content into the name"));
    }
}

/// The longest part of a key that a name takes over: Swarm takes 64 characters.
const LONGEST: usize = 64 - 1 - DIGITS;

/// The name for a content; none where Swarm would refuse it.
fn versioned(key: &str, hash: &str) -> Option<String> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let fits = key.starts_with(|c: char| c.is_ascii_alphanumeric()) && key.chars().all(is_word);
    let key: String = key.chars().take(LONGEST).collect();
    fits.then(|| format!("{key}.{hash}"))
}

/// Whether a name has the hash of another content in it. One with variables is somebody else's.
fn is_stale(name: &Text, key: &str, hash: Option<&str>) -> bool {
    let (Some(hash), false) = (hash, name.place.is_interpolated()) else { return false };
    let Some((_, old)) = name.value.rsplit_once('.') else { return false };
    let is_hash = old.len() == DIGITS
        && old.bytes().all(|it| it.is_ascii_digit() || (b'a'..=b'f').contains(&it));
    is_hash && old != hash && versioned(key, old).as_ref() == Some(&name.value)
}

/// Docker looks a config for a credential spec up by its key, and finds none that has a name.
fn is_credential_spec(stack: &Stack, key: &str) -> bool {
    let mut configs = stack.services.iter().filter_map(|it| it.credential_spec.as_ref());
    configs.any(|it| text(it.config.as_ref()) == key)
}
