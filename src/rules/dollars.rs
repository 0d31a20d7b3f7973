//! Dollar signs that are meant for the container, and not for the shell that deploys.

use crate::rule::Findings;
use crate::stack::model::{Text, Variable};
use crate::stack::{Stack, VariableUse};

/// What stands between the first two dollar signs of a hashed password.
const HASHES: &[&str] = &["apr1", "argon2i", "argon2id", "pbkdf2", "scrypt", "y"];

/// Whether a variable that is not set is a part of a hashed password, or one of the container.
pub(super) fn is_meant_for_container(it: &VariableUse, stack: &Stack, found: &Findings) -> bool {
    if it.is_set || it.has_default || it.is_required {
        return false;
    }
    is_in_hash(it, found) || is_of_container(it, stack, found)
}

/// Whether a text without blanks begins as a hashed password does.
fn is_in_hash(it: &VariableUse, found: &Findings) -> bool {
    let before = found.text(it.place.part(0, it.range.end + 1));
    let hash = HASHES.iter().find_map(|name| before.rfind(&format!("${name}$")));
    let rest = hash.and_then(|at| before.get(at..)).unwrap_or_default();
    !rest.is_empty() && !rest.contains([' ', ',', '"', '{'])
}

/// Whether a command names a variable that its container has, or that it sets itself.
fn is_of_container(it: &VariableUse, stack: &Stack, found: &Findings) -> bool {
    let [section, name, rest @ ..] = it.path.as_slice() else { return false };
    let key = rest.first().map(String::as_str);
    let words = matches!(key, Some("command" | "entrypoint"))
        || (key == Some("healthcheck") && rest.get(1).is_some_and(|it| it == "test"));
    let Some(service) = stack.service(name).filter(|_| section == "services" && words) else {
        return false;
    };
    // A value that comes from a variable itself is the deployer's to give.
    let given = |own: &Text| !own.place.is_interpolated();
    let has = |own: &Variable| own.name.value == it.name && own.value.as_ref().is_some_and(given);
    let text = found.text(it.place.span);
    let set = |word: &str| {
        let name = word.trim_start_matches(['(', '"', '\'', ';']);
        name.strip_prefix(it.name.as_str()).is_some_and(|rest| rest.starts_with('='))
    };
    let words: Vec<&str> =
        text.split_whitespace().map(|it| it.trim_start_matches(['(', '"', '\'', ';'])).collect();
    let loops =
        words.windows(2).any(|pair| ["for", "read"].contains(&pair[0]) && pair[1] == it.name);
    service.environment.iter().any(has) || loops || words.iter().any(|word| set(word))
}
