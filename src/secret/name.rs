//! What a name promises: a password, another secret, or something that only the value can tell.

use std::sync::OnceLock;

use crate::secret::prefilter::Prefilter;
use crate::secret::words::words as lists;

/// How likely a name holds a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// Nothing says so.
    None,
    /// `KEY`, `AUTH`, `HASH`: believed if the value looks random.
    Evidence,
    /// `TOKEN`, `API_KEY`, `CLIENT_SECRET`.
    Secret,
    /// `PASSWORD` and its kin.
    Password,
}

/// What a name promises.
pub(super) fn level(name: &str) -> Level {
    // Most names promise nothing, and need not be taken apart to know that.
    if name.is_ascii() && !promising().is_any_in(name) {
        return Level::None;
    }
    let mut words = segments(name);
    while words.last().is_some_and(|it| it.bytes().all(|byte| byte.is_ascii_digit())) {
        words.pop();
    }
    let Some(head) = words.last() else { return Level::None };
    let lists = lists();
    let ends_with = |tail: [&str; 3]| words.ends_with(&tail.map(ToOwned::to_owned));
    // etcd's cluster token is the name of a cluster; Kafka's image takes names of files.
    let is_known = words.starts_with(&["kafka", "ssl"].map(ToOwned::to_owned));
    if ends_with(["initial", "cluster", "token"]) || (is_known && head == "credentials") {
        return Level::None;
    }
    // Vault's first token is called its own id.
    if ends_with(["root", "token", "id"]) {
        return Level::Secret;
    }
    if lists.head_nouns.contains(head.as_str()) {
        return Level::None;
    }
    let found = (0..words.len()).rev().find_map(|at| Some((at, level_of(&words, at)?)));
    let Some((at, level)) = found else { return Level::None };
    let before = &words[..at];
    let switch = before.last().is_some_and(|it| lists.flags.contains(it.as_str()))
        || before.first().is_some_and(|it| lists.flags.contains(it.as_str()))
        || before.iter().any(|it| matches!(it.as_str(), "random" | "empty" | "passwordless"));
    if switch { level.min(Level::Evidence) } else { level }
}

/// Words of which one stands in each name that promises something, in small or large letters.
fn promising() -> &'static Prefilter {
    static PROMISING: OnceLock<Prefilter> = OnceLock::new();
    PROMISING.get_or_init(|| {
        let lists = lists();
        let listed = lists.password.iter().chain(&lists.secret).copied();
        let words = listed.chain(QUALIFIED).chain(EVIDENCE).chain(PASSWORDS).chain(SECRETS);
        // A word that holds another one is found with it.
        let mut words: Vec<&str> = words.collect();
        words.sort_unstable_by_key(|it| (it.len(), *it));
        let mut least: Vec<&str> = Vec::new();
        for word in words {
            if !least.iter().any(|it| word.contains(it)) {
                least.push(word);
            }
        }
        Prefilter::of_any_case(least.into_iter())
    })
}

/// Words that promise something by what stands before them.
const QUALIFIED: [&str; 4] = ["key", "cookie", "code", "hash"];

/// Words whose value tells.
const EVIDENCE: [&str; 7] =
    ["auth", "basic", "dsn", "webhook", "license", "licence", "authorization"];

/// What names of passwords end with.
const PASSWORDS: [&str; 7] = ["password", "passwords", "passwd", "passphrase", "pass", "pwd", "pw"];

/// What names of other secrets end with.
const SECRETS: [&str; 7] =
    ["secret", "secrets", "token", "tokens", "apikey", "secretkey", "privatekey"];

/// What one word of a name promises, given the words before it.
fn level_of(words: &[String], at: usize) -> Option<Level> {
    let lists = lists();
    let word = words[at].as_str();
    if lists.password.contains(word) {
        return Some(Level::Password);
    }
    if lists.secret.contains(word) {
        return Some(Level::Secret);
    }
    let before = &words[..at];
    match word {
        "key" | "keys" => {
            if before.iter().any(|it| lists.public_qualifiers.contains(it.as_str())) {
                return Some(Level::None);
            }
            let qualified = before.iter().any(|it| lists.key_qualifiers.contains(it.as_str()));
            return Some(if qualified { Level::Secret } else { Level::Evidence });
        }
        "cookie" if before.last().is_some_and(|it| it == "erlang") => return Some(Level::Secret),
        "code" if before.last().is_some_and(|it| it == "auth") => return Some(Level::Secret),
        "hash" => {
            let of_secret = (0..at).any(|it| level_of(words, it) >= Some(Level::Secret));
            return of_secret.then_some(Level::Evidence);
        }
        _ if EVIDENCE.contains(&word) => return Some(Level::Evidence),
        _ => {}
    }
    glued(word)
}

/// What a word promises that is glued to others, such as `pgpassword`.
fn glued(word: &str) -> Option<Level> {
    if lists().glued_exceptions.contains(word) {
        return None;
    }
    let ends = |endings: &[&str]| endings.iter().any(|it| word.ends_with(it));
    let (long, short) = PASSWORDS.split_at(4);
    if ends(long) || (word.len() > 4 && ends(short)) {
        return Some(Level::Password);
    }
    ends(&SECRETS).then_some(Level::Secret)
}

/// Whether the variable names a file to read the value from.
pub(super) fn is_file(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    ["_file", "_secretfile", "-file", ".file"].iter().any(|it| lower.ends_with(it))
        || lower.starts_with("file__")
}

/// The words of a name in lower case: `dbPassword_2` has three.
pub(super) fn segments(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let letters: Vec<char> = name.chars().take(256).collect();
    for (at, &letter) in letters.iter().enumerate() {
        if !letter.is_alphanumeric() {
            words.extend(Some(std::mem::take(&mut word)).filter(|it| !it.is_empty()));
            continue;
        }
        let before = at.checked_sub(1).map(|it| letters[it]);
        let after = letters.get(at + 1).copied();
        if before.is_some_and(|before| is_border(before, letter, after, word.len())) {
            words.extend(Some(std::mem::take(&mut word)).filter(|it| !it.is_empty()));
        }
        word.extend(letter.to_lowercase());
    }
    words.extend(Some(word).filter(|it| !it.is_empty()));
    words
}

/// Whether a new word begins with `letter`.
fn is_border(before: char, letter: char, after: Option<char>, length: usize) -> bool {
    if !before.is_alphanumeric() {
        return false;
    }
    let camel = before.is_lowercase() && letter.is_uppercase();
    let acronym =
        before.is_uppercase() && letter.is_uppercase() && after.is_some_and(char::is_lowercase);
    // `s3` and `v2` are words of their own.
    let digits = before.is_ascii_digit() != letter.is_ascii_digit()
        && !(letter.is_ascii_digit() && length == 1);
    camel || acronym || digits
}

#[cfg(test)]
mod tests {
    use super::{Level, is_file, level, segments};

    #[test]
    fn names_fall_into_words() {
        for (name, words) in [
            ("ConnectionStrings__Default", "connection strings default"),
            ("dbPassword2", "db password 2"),
            ("spring.mail.password", "spring mail password"),
            ("HTTPToken", "http token"),
            ("S3_SECRET", "s3 secret"),
            ("--auth-token", "auth token"),
        ] {
            assert_eq!(segments(name).join(" "), words, "{name}");
        }
    }

    #[test]
    fn names_promise_what_their_last_secret_word_says() {
        for (expected, names) in [
            (
                Level::Password,
                "POSTGRES_PASSWORD PGPASSWORD RCONPW WEBPASSWORD GITEA__database__PASSWD \
                 spring.mail.password javax.net.ssl.keyStorePassword DB_PASS_1 LDAP_BINDPW",
            ),
            (
                Level::Secret,
                "SECRET_KEY SECRET_KEY_BASE API_KEY VAULT_DEV_ROOT_TOKEN_ID clientSecret TOTP_VAULT_KEY NONCE_SALT \
                 RABBITMQ_ERLANG_COOKIE com.example.api-token homepage.widget.key CF_API_TOKEN",
            ),
            (
                Level::Evidence,
                "TLS_KEY REGISTRY_AUTH SENTRY_DSN ADMIN_PASSWORD_HASH MYSQL_ALLOW_EMPTY_PASSWORD",
            ),
            (
                Level::None,
                "PUBLIC_KEY RECAPTCHA_SITE_KEY CACHE_KEY GIT_HASH KAFKA_SSL_KEYSTORE_CREDENTIALS GPG_KEY COMPASS KEYCLOAK_ADMIN \
                 KEYBOARD_LAYOUT SECRET_PORT TOKEN_TTL PASSWORD_MIN_LENGTH API_KEY_HEADER \
                 CSRF_COOKIE_NAME SECRET_NAME JWT_EXPIRES_IN DB_USER POSTGRES_HOST_AUTH_METHOD \
                 DB_PASSWORD_FILE ETCD_INITIAL_CLUSTER_TOKEN MONGO_AUTHSOURCE SSH_AUTH_SOCK",
            ),
        ] {
            for name in names.split_whitespace() {
                assert_eq!(level(name), expected, "{name}");
            }
        }
    }

    #[test]
    fn file_variables_are_told_by_their_ends() {
        assert!(is_file("DB_PASSWORD_FILE") && is_file("GF_X__FILE") && is_file("FILE__PASSWORD"));
        assert!(!is_file("PROFILE") && !is_file("DB_PASSWORD"));
    }
}
