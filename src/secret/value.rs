//! Whether a value under a credential's name is one: references, paths, switches and the like are
//! not, and stand-ins and common words weigh less.

use crate::secret::leak::Gravity;
use crate::secret::name::{Level, segments};
use crate::secret::placeholder::is_placeholder;
use crate::secret::words::words;
use crate::secret::written::UNKNOWN;

/// Longer values are no passwords; what they hold is found by its shape.
const LONGEST: usize = 4096;

/// How much the value weighs as a credential, if it is one.
pub(super) fn judge(value: &str, level: Level) -> Option<Gravity> {
    let value = value.trim();
    if level == Level::None || value.len() > LONGEST || is_innocent(value) || is_path(value) {
        return None;
    }
    if is_number(value) {
        let least = if level == Level::Password { 4 } else { 6 };
        return (level > Level::Evidence && value.len() >= least).then_some(Gravity::Minor);
    }
    if is_duration(value) {
        return None;
    }
    if level == Level::Evidence {
        return looks_random(value).then_some(Gravity::Major);
    }
    if level == Level::Secret && is_sentence(value) {
        return None;
    }
    if is_placeholder(value) {
        return Some(Gravity::Placeholder);
    }
    Some(if is_weak(value) { Gravity::Minor } else { Gravity::Major })
}

/// How much the password of a URL weighs.
pub(super) fn judge_password(value: &str) -> Option<Gravity> {
    if value.is_empty() || is_reference(value) {
        return None;
    }
    if is_placeholder(value) {
        return Some(Gravity::Placeholder);
    }
    Some(if is_weak(value) { Gravity::Minor } else { Gravity::Major })
}

/// Values that are no credential under any name.
fn is_innocent(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    value.is_empty()
        || value == "~"
        || is_reference(value)
        || words().booleans.contains(lower.as_str())
        || words().enumerations.contains(lower.as_str())
        || is_public(value)
        || is_plain_url(value)
}

/// Whether the value is fetched from elsewhere.
fn is_reference(value: &str) -> bool {
    const SCHEMES: &[&str] = &[
        "file:",
        "op://",
        "vault:",
        "ref+",
        "arn:aws:",
        "secret://",
        "ssm:",
        "env:",
        "awssm:",
        "sops:",
        "docker-secret:",
        "/run/secrets/",
        "projects/",
        "akv:",
        "gcp:",
        "bws:",
        "sm://",
    ];
    value.contains(UNKNOWN)
        || value.contains("$(")
        || value.contains("{{")
        || value.contains("{%")
        || value.starts_with('`')
        || value.starts_with("%(")
        || (value.starts_with('{') && value.ends_with('}'))
        || (value.starts_with("process.env") || value.starts_with("os.environ"))
        || is_variable(value)
        || SCHEMES.iter().any(|it| value.starts_with(it))
}

/// Whether the value is a variable of a shell.
fn is_variable(value: &str) -> bool {
    let Some(rest) = value.strip_prefix('$') else { return false };
    let name = rest.strip_prefix('{').and_then(|it| it.strip_suffix('}')).unwrap_or(rest);
    let braced = name.len() < rest.len();
    name.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_')
        && (braced || name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_'))
}

/// Keys and digests that are made to be shown.
fn is_public(value: &str) -> bool {
    ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-", "sha256:", "sha512:"]
        .iter()
        .any(|it| value.starts_with(it))
        || value.starts_with("-----BEGIN") && !value.contains("PRIVATE KEY")
}

/// A URL without a password in it; one with a password is found as such.
fn is_plain_url(value: &str) -> bool {
    let Some((scheme, rest)) = value.split_once("://") else { return false };
    !rest.is_empty()
        && scheme.starts_with(|it: char| it.is_ascii_alphabetic())
        && scheme.bytes().all(|it| it.is_ascii_alphanumeric() || b"+.-:".contains(&it))
}

fn is_path(value: &str) -> bool {
    const ROOTS: &[&str] = &[
        "run", "etc", "var", "usr", "opt", "home", "root", "srv", "mnt", "data", "app", "config",
        "conf", "cert", "certs", "ssl", "tls", "secret", "secrets", "tmp", "dev", "proc", "sys",
        "key", "keys", "vault", "bitnami", "docker", "media", "backup",
    ];
    if value.contains(char::is_whitespace) && !value.starts_with('/') {
        return false;
    }
    if let Some(rest) = value.strip_prefix('/') {
        let root = rest.split('/').next().unwrap_or_default();
        return ROOTS.contains(&root) || !looks_like_base64(value);
    }
    if ["./", "../", "~/", "%"].iter().any(|it| value.starts_with(it)) && value.contains('/') {
        return true;
    }
    let bytes = value.as_bytes();
    if bytes.len() > 3 && bytes[0].is_ascii_alphabetic() && bytes[1..].starts_with(b":\\") {
        return true;
    }
    is_relative_path(value)
}

/// `certs/server.key`: folders and a file with an ending.
fn is_relative_path(value: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "key", "pem", "crt", "cer", "p12", "pfx", "jks", "txt", "json", "yml", "yaml", "env",
        "conf", "cfg", "ini", "toml", "pub", "der", "keystore", "kdbx", "asc", "gpg",
    ];
    let plain = |it: char| it.is_ascii_alphanumeric() || "._-/@+".contains(it);
    let Some((stem, ending)) = value.rsplit_once('.') else { return false };
    !stem.is_empty() && ENDINGS.contains(&ending) && value.chars().all(plain)
}

fn looks_like_base64(value: &str) -> bool {
    value.len() >= 20
        && value.bytes().all(|it| it.is_ascii_alphanumeric() || b"+/=".contains(&it))
        && value.bytes().any(|it| it.is_ascii_uppercase())
        && value.bytes().any(|it| it.is_ascii_lowercase())
        && value.bytes().any(|it| it.is_ascii_digit())
        && entropy(value) >= 3.8
}

fn is_number(value: &str) -> bool {
    let digits = value.strip_prefix(['-', '+']).unwrap_or(value);
    !digits.is_empty()
        && digits.bytes().all(|it| it.is_ascii_digit() || it == b'.')
        && digits.bytes().filter(|it| *it == b'.').count() < 2
}

/// `1h30m`, `10M`, `P1DT2H`.
fn is_duration(value: &str) -> bool {
    const UNITS: &[&str] = &[
        "ns", "us", "ms", "s", "sec", "secs", "m", "min", "mins", "h", "hr", "hour", "hours", "d",
        "day", "days", "w", "week", "weeks", "y", "k", "kb", "ki", "kib", "mb", "mi", "mib", "g",
        "gb", "gi", "gib", "t", "tb", "ti", "tib", "b", "",
    ];
    let lower = value.to_ascii_lowercase();
    let mut rest = lower.strip_prefix('p').unwrap_or(&lower);
    while !rest.is_empty() {
        rest = rest.strip_prefix('t').unwrap_or(rest);
        let digits = rest.bytes().take_while(|it| it.is_ascii_digit() || *it == b'.').count();
        let unit = rest[digits..].bytes().take_while(u8::is_ascii_alphabetic).count();
        if digits == 0 || !UNITS.contains(&&rest[digits..digits + unit]) {
            return false;
        }
        rest = rest[digits + unit..].trim_start();
    }
    true
}

/// Several plain words: a description, no token.
fn is_sentence(value: &str) -> bool {
    value.split_whitespace().count() >= 2 && !value.bytes().any(|it| it.is_ascii_digit())
}

/// Words that everybody tries, or values too short to keep anybody out.
fn is_weak(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    value.chars().count() < 6
        || words().weak.contains(lower.as_str())
        || segments(value).iter().all(|it| is_common(it))
}

/// Whether a word in lower case is made of common words: `mypassword`.
fn is_common(word: &str) -> bool {
    let is_listed = |it: &str| words().common.contains(it) || words().weak.contains(it);
    if word.bytes().all(|it| it.is_ascii_digit()) || is_listed(word) {
        return true;
    }
    if word.len() > 40 || !word.is_ascii() {
        return false;
    }
    // Which beginnings of the word fall into common words.
    let mut falls = vec![true];
    for end in 1..=word.len() {
        falls.push((0..end).any(|start| falls[start] && is_listed(&word[start..end])));
    }
    falls[word.len()]
}

/// Whether a value alone says that it is a key: long, mixed, no name of a host.
pub(super) fn looks_random(value: &str) -> bool {
    value.len() >= 12
        && !value.contains(char::is_whitespace)
        && value.bytes().any(|it| it.is_ascii_digit())
        && entropy(value) >= 3.0
        && !is_host(value)
        && !is_placeholder(value)
}

/// `db.example.com:5432`, `10.0.0.1`, `registry/image:1.2`.
fn is_host(value: &str) -> bool {
    let host = value.split([':', '/']).next().unwrap_or_default();
    let parts: Vec<&str> = host.split('.').collect();
    parts.len() > 1
        && parts.iter().all(|it| !it.is_empty() && it.len() < 20)
        && host.bytes().all(|it| it.is_ascii_alphanumeric() || b".-_".contains(&it))
}

/// Shannon's entropy, in bits for each byte.
fn entropy(value: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in value.bytes() {
        counts[usize::from(byte)] += 1;
    }
    let length = value.len() as f64;
    let share = |count: &u32| f64::from(*count) / length;
    counts.iter().filter(|it| **it > 0).map(|it| -share(it) * share(it).log2()).sum()
}

#[cfg(test)]
mod tests {
    use super::judge;
    use crate::secret::leak::Gravity::{Major, Minor, Placeholder};
    use crate::secret::name::Level::{Evidence, Password, Secret};

    #[test]
    fn references_and_settings_are_no_credentials() {
        for value in [
            "",
            "~",
            "true",
            "none",
            "HS256",
            "ldap",
            "/run/secrets/db",
            "/etc/ssl/tls.key",
            "certs/es.key",
            "./key.pem",
            "%kernel.project_dir%/config/private.pem",
            "$PASSWORD",
            "$(cat /run/secrets/x)",
            "{{ secrets.X }}",
            "op://vault/item",
            "15m",
            "1h30m",
            "3600",
            "https://example.com/token",
            "ssh-ed25519 AAAAC3Nz me@host",
            "C:\\keys\\a",
            "X Api Key",
            "user \u{fffc}",
        ] {
            assert_eq!(judge(value, Secret), None, "{value}");
        }
    }

    #[test]
    fn literals_weigh_by_how_guessable_they_are() {
        for (value, level, gravity) in [
            ("glacierBison23", Password, Major),
            ("/Kq8Zx1vPq9LmN3bR7tYu2w", Secret, Major),
            ("two words", Password, Major),
            ("changeme", Password, Minor),
            ("MySuperSecretPassword", Password, Minor),
            ("setapassword", Password, Minor),
            ("123456", Secret, Minor),
            ("abc", Password, Minor),
            ("<password>", Password, Placeholder),
            ("9dd86a05dd0a7f8be240", Evidence, Major),
        ] {
            assert_eq!(judge(value, level), Some(gravity), "{value}");
        }
        assert_eq!(judge("certificate", Evidence), None);
        assert_eq!(judge("db1.example.com:5432", Evidence), None);
    }
}
