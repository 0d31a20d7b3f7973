//! The entry of a secret or a config has a key that Docker does not know.
//!
//! ## Why
//!
//! Docker refuses unknown keys nearly everywhere, but not here: it drops them without a word, and
//! the file has another owner or mode than the one that was meant.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     secrets:
//!       - {source: key, permissions: "0400"}
//! secrets:
//!   key: {external: true}
//! ```
//!
//! ## Fix
//!
//! Write one of `source`, `target`, `uid`, `gid` and `mode`:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     secrets:
//!       - {source: key, mode: 0400}
//! secrets:
//!   key: {external: true}
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2: `docker stack config` prints the entry without the key.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::texts::{self, Item};
use crate::rules::words::{code, did_you_mean};
use crate::stack::Stack;

pub(super) const RULE: Rule = Rule {
    id: "reference-key-ignored",
    summary: "unknown key of a secret or config",
    group: Group::Compose,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Stack(check),
};

const KEYS: &[&str] = &["source", "target", "uid", "gid", "mode"];

fn check(stack: &Stack, found: &mut Findings) {
    texts::each(stack, &mut |path, item| {
        let Item::Key(entry) = item else { return };
        let key = entry.key.text.as_str();
        let ["services", _, "secrets" | "configs", "[]"] = path else { return };
        if KEYS.contains(&key) || key.starts_with("x-") {
            return;
        }
        let patch = found.site(entry.key.span).and_then(|it| it.remove());
        let help = did_you_mean(key, KEYS.iter().copied());
        found
            .report(entry.key.span, format!("Docker drops {} without a word", code(key)))
            .help(help.unwrap_or_else(|| "write one of `source`, `target`, `uid`, `gid`, `mode`".to_owned()))
            .fix(Patch::risky(patch, "remove it"));
    });
}
