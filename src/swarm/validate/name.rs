//! Names that the manager takes.

use crate::swarm::validate::refusal::{Field, INVALID, Refusal};

const NAME: Field = Field::of("Name");

/// Services and networks: at most 63 letters, digits, `-` and `_`, a letter or digit at both ends.
pub(crate) fn dns(name: &str) -> Vec<Refusal> {
    let refused = |message: &str| Refusal::new(NAME, INVALID, message);
    if name.is_empty() {
        return vec![refused("meta: name must be provided")];
    }
    let mut refusals = Vec::new();
    if !fits(name, b"-_") {
        refusals.push(refused("name must be valid as a DNS name component"));
    }
    if name.len() > 63 {
        refusals.push(refused("name must be 63 characters or fewer"));
    }
    refusals
}

/// Secrets and configs: at most 64 letters, digits, `-`, `_` and `.`, a letter or digit at both
/// ends.
pub(crate) fn object(name: &str) -> Vec<Refusal> {
    let refused = |message: &str| vec![Refusal::new(NAME, INVALID, message)];
    if name.is_empty() {
        return refused("name must be provided");
    }
    if name.len() > 64 || !fits(name, b"-_.") {
        return refused(
            "invalid name, only 64 [a-zA-Z0-9-_.] characters allowed, \
             and the start and end character must be [a-zA-Z0-9]",
        );
    }
    Vec::new()
}

fn fits(name: &str, inside: &[u8]) -> bool {
    let ends = [name.bytes().next(), name.bytes().next_back()];
    ends.iter().flatten().all(u8::is_ascii_alphanumeric)
        && name.bytes().all(|it| it.is_ascii_alphanumeric() || inside.contains(&it))
}
