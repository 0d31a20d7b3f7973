//! A program is told to use more memory than it gets.
//!
//! ## Why
//!
//! The program plans with the size of its heap or cache, and the kernel kills it when the container
//! reaches its limit, before it would clean up. Beside the heap every program needs memory for
//! itself.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   search:
//!     image: example/search:2.1
//!     environment: {JAVA_OPTS: -Xms512m -Xmx2g}
//!     deploy:
//!       resources:
//!         limits: {memory: 1G}
//! ```
//!
//! ## Fix
//!
//! Leave room between the two:
//!
//! ```yaml good
//! services:
//!   search:
//!     image: example/search:2.1
//!     environment: {JAVA_OPTS: -Xms512m -Xmx2g}
//!     deploy:
//!       resources:
//!         limits: {memory: 3G}
//! ```
//!
//! ## Source
//!
//! The manuals of the options: `java -Xmx`, `node --max-old-space-size`, `GOMEMLIMIT`, `maxmemory`,
//! `innodb-buffer-pool-size`, `shared_buffers`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::amounts::bytes;
use crate::source::Named;
use crate::source::Spanned;
use crate::stack::model::Text;
use crate::stack::{Service, Stack};

/// Options that set a heap or a cache, and the bytes that a bare number counts.
const OPTIONS: &[(&str, i64)] = &[
    ("-Xmx", 1),
    ("--max-old-space-size", 1 << 20),
    ("--max_old_space_size", 1 << 20),
    ("--maxmemory", 1),
    ("--innodb-buffer-pool-size", 1),
    ("--innodb_buffer_pool_size", 1),
    ("shared_buffers", 8 << 10),
];

pub(super) const RULE: Rule = Rule {
    id: "heap-exceeds-limit",
    summary: "heap or cache larger than the memory limit",
    group: Group::Resources,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let limits = service.deploy.as_ref().and_then(|it| it.resources.limits.as_ref());
    let Some(limit) = limits.and_then(|it| it.memory.as_ref()).filter(|it| it.value > 0) else { return };
    let variables = service.environment.iter().filter(|it| it.env_file.is_none());
    for it in variables {
        let Some(value) = it.value.as_ref().filter(|it| !it.place.is_unset()) else { continue };
        let whole = it.name.value == "GOMEMLIMIT";
        let found_size = if whole { size(&value.value, 1) } else { in_words(value.value.split_whitespace()) };
        report(value, found_size, limit, found);
    }
    let words: Vec<_> = service.entrypoint.iter().chain(&service.command).flatten().collect();
    for (at, it) in words.iter().enumerate() {
        if it.place.is_unset() {
            continue;
        }
        let next = words.get(at + 1).map_or("", |it| it.value.as_str());
        report(it, in_words([it.value.as_str(), next].into_iter()).filter(|_| starts(&it.value)), limit, found);
    }
}

fn report(at: &Text, size: Option<i64>, limit: &Spanned<i64>, found: &mut Findings) {
    let Some(size) = size.filter(|it| *it >= limit.value) else { return };
    let message = if size == limit.value {
        format!("it takes all of its {} for this, and needs more", bytes(size))
    } else {
        format!("it plans with {} and gets {}", bytes(size), bytes(limit.value))
    };
    found
        .report(at, message)
        .related(limit.span(), "the limit")
        .help("leave room between the two");
}

fn starts(word: &str) -> bool {
    OPTIONS.iter().any(|it| word.starts_with(it.0))
}

/// The first size that one of the options gives, in bytes.
fn in_words<'a>(words: impl Iterator<Item = &'a str>) -> Option<i64> {
    let mut words = words.peekable();
    while let Some(word) = words.next() {
        let Some((option, unit)) = OPTIONS.iter().find(|it| word.starts_with(it.0)) else { continue };
        let rest = &word[option.len()..];
        let value = rest.strip_prefix('=').unwrap_or(rest);
        let value = if value.is_empty() { words.peek()? } else { value };
        if let Some(size) = size(value, *unit) {
            return Some(size);
        }
    }
    None
}

/// `2g`, `512MiB`, `4096`: a number of bytes, or of the given unit where none is written.
fn size(text: &str, unit: i64) -> Option<i64> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let number: i64 = text[..end].parse().ok()?;
    let unit = match text[end..].to_ascii_lowercase().trim_end_matches("ib").trim_end_matches('b') {
        "" if end == text.len() => unit,
        "" => 1,
        "k" => 1 << 10,
        "m" => 1 << 20,
        "g" => 1 << 30,
        _ => return None,
    };
    number.checked_mul(unit)
}
