//! A file defines a network, volume, secret or config again, and what the first one says is lost.
//!
//! ## Why
//!
//! Services are merged key by key, but definitions of the other sections are not: the last file's
//! counts as a whole. Even an empty one, written to name the network once more, takes the place of
//! driver, options and labels.
//!
//! ## Example
//!
//! ```yaml stack.yml
//! services:
//!   web:
//!     image: nginx:1.27
//! networks:
//!   front:
//!     driver_opts: {encrypted: "true"}
//! ```
//!
//! ```yaml override.yml bad
//! services:
//!   web:
//!     networks: [front]
//! networks:
//!   front: {}
//! ```
//!
//! ## Fix
//!
//! Define it in one file only:
//!
//! ```yaml override.yml good
//! services:
//!   web:
//!     networks: [front]
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader/merge.go`; `docker stack config` prints what is left.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::merged::{entries, pairs};
use crate::rules::words::{code, listed};
use crate::stack::Stack;

pub(super) const RULE: Rule = Rule {
    id: "override-replaces-definition",
    summary: "definition in place of one of another file",
    group: Group::Compose,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    for (base, over) in pairs(stack) {
        for section in ["networks", "volumes", "secrets", "configs"] {
            let Some(theirs) = base.tree().get(section) else { continue };
            for ours in entries(over.tree(), &[section]) {
                let keys = theirs.get(&ours.key.text).and_then(|it| it.as_map());
                let keys = keys.into_iter().flat_map(|it| &it.entries);
                // A definition of another kind is meant as one.
                let lost: Vec<_> = keys
                    .filter(|it| ours.node.get(&it.key.text).is_none() && !it.node.is_null())
                    .map(|it| it.key.text.as_str())
                    .collect();
                if lost.is_empty() || ours.node.get("external").is_some() {
                    continue;
                }
                let name = code(&ours.key.text);
                found
                    .report(ours.key.span, format!("{name} of the first file is replaced: {} is lost", listed(lost)))
                    .help("define it in one file only, or repeat what it needs");
            }
        }
    }
}
