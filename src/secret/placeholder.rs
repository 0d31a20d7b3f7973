//! Stand-ins that somebody is meant to replace: `<password>`, `xxxx`, `your-token-here`.

use crate::secret::name::segments;

/// Whether a value stands for another one.
pub(super) fn is_placeholder(value: &str) -> bool {
    is_wrapped(value) || is_filler(value) || is_phrase(value)
}

/// `<…>`, `[…]`, `__X__`, `%X%`, `@X@`, `#{…}#`.
fn is_wrapped(value: &str) -> bool {
    let inside = |open: &str, close: &str| {
        value.strip_prefix(open).and_then(|it| it.strip_suffix(close)).filter(|it| !it.is_empty())
    };
    let constant = |it: &str| {
        it.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
    };
    let free = |it: &str, close: char| !it.contains(close);
    let tag = value.find('<').is_some_and(|open| {
        let close = value[open..].find('>');
        close.is_some_and(|close| close > 2 && value.as_bytes()[open + 1].is_ascii_alphabetic())
    });
    tag || inside("[", "]").is_some_and(|it| free(it, ']'))
        || inside("#{", "}").is_some()
        || inside("#{", "}#").is_some()
        || inside("((", "))").is_some()
        || [("__", "__"), ("%", "%"), ("@", "@")]
            .iter()
            .any(|(open, close)| inside(open, close).is_some_and(constant))
}

/// One sign again and again: `xxxxxxxx`, `****`, `......`, `xxxx-xxxx`.
fn is_filler(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let mut signs = lower.chars().filter(|it| !matches!(it, '-' | '_'));
    let Some(first) = signs.next() else { return value.len() >= 3 };
    "x*.?#".contains(first) && value.len() >= 3 && signs.all(|it| it == first)
}

/// Words that tell somebody to put the value there.
fn is_phrase(value: &str) -> bool {
    const GLUED: &[&str] = &["replaceme", "redacted", "todo", "fixme", "tbd", "dummy", "notset"];
    const WHAT: &[&str] = &[
        "password", "passwd", "pass", "secret", "token", "key", "api", "here", "strong", "db",
        "value", "own", "the", "your", "a",
    ];
    const VERBS: &[&str] = &["insert", "put", "enter", "set", "add", "paste", "fill", "use"];
    let words = segments(value);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let next = |at: usize| words.get(at + 1).copied().unwrap_or_default();
    words.iter().enumerate().any(|(at, &word)| match word {
        "your" => at == 0 || words[at + 1..].iter().any(|it| WHAT.contains(it)),
        "replace" => matches!(next(at), "me" | "this" | "with" | "by"),
        "change" => {
            let object = matches!(next(at), "me" | "this" | "it");
            let rest = at + usize::from(object);
            object && matches!(next(rest), "to" | "please" | "now" | "before")
                || next(rest) == "in" && next(rest + 1).starts_with("prod")
        }
        "changeme" => matches!(next(at), "to" | "please" | "now" | "before" | "in"),
        "not" => next(at) == "set",
        "here" => at > 0 && WHAT.contains(&words[at - 1]),
        word if VERBS.contains(&word) => at == 0 && WHAT.contains(&next(at)),
        word => GLUED.contains(&word) && words.len() < 4,
    })
}

#[cfg(test)]
mod tests {
    use super::is_placeholder;

    #[test]
    fn stand_ins_are_told_from_passwords() {
        for value in [
            "<changeme>",
            "[token]",
            "__TOKEN__",
            "%PASSWORD%",
            "@TOKEN@",
            "xxxxxxxx",
            "****",
            "............",
            "xxxx-xxxx",
            "your-secret-here",
            "YOUR_API_KEY",
            "your_password",
            "REPLACE_ME",
            "replaceme",
            "insert-token-here",
            "change_me_please",
            "TODO",
            "redacted",
            "prefix-<your-id>",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
        for value in
            ["changeme", "secret", "misty-nectar-spruce", "a<b", "xkcd", "harbor_db_12", "P@ss@1"]
        {
            assert!(!is_placeholder(value), "{value}");
        }
    }
}
