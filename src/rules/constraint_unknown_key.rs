//! A placement constraint compares something that no node has.
//!
//! ## Why
//!
//! Swarm knows `node.id`, `node.hostname`, `node.ip`, `node.role`, `node.platform.os`,
//! `node.platform.arch`, `node.labels.NAME` and `engine.labels.NAME`. It accepts any other key as
//! well, but then no node meets the constraint, not even with `!=`: the tasks stay pending for
//! ever.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       placement:
//!         constraints: [node.label.zone == a]
//! ```
//!
//! ## Fix
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       placement:
//!         constraints: [node.labels.zone == a]
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/constraint/constraint.go`.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::constraints::each;
use crate::rules::words::code;
use crate::source::{Named, Place};
use crate::stack::{Service, Stack};
use crate::value::constraint::{KEYS, Key};

pub(super) const RULE: Rule = Rule {
    id: "constraint-unknown-key",
    summary: "placement constraint on something that no node has",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for it in each(service) {
        if it.constraint.key != Key::Unknown {
            continue;
        }
        let key = &it.constraint.key_part;
        let at = Place { span: it.part(key), ..it.text.place };
        let finding = found.report(at, format!("no node has {}", code(&key.text)));
        finding.note("Swarm takes the constraint, and no node ever meets it");
        let patch = meant(&key.text);
        let patch = patch.and_then(|meant| Patch::part(it.text.place, &key.range, &meant));
        finding.fix(Patch::risky(patch, "compare the key that is meant"));
        match meant(&key.text) {
            Some(meant) => finding.help(format!("did you mean {}?", code(&meant))),
            None => finding.help(
                "compare `node.id`, `node.hostname`, `node.ip`, `node.role`, `node.platform.os`, \
                 `node.platform.arch`, `node.labels.NAME` or `engine.labels.NAME`",
            ),
        };
    }
}

/// The key that was most likely meant.
fn meant(key: &str) -> Option<String> {
    let lower = key.to_ascii_lowercase();
    let known = [
        ("node.os", "node.platform.os"),
        ("node.arch", "node.platform.arch"),
        ("node.name", "node.hostname"),
        ("node.host", "node.hostname"),
        ("hostname", "node.hostname"),
        ("role", "node.role"),
        ("platform.os", "node.platform.os"),
        ("platform.arch", "node.platform.arch"),
    ];
    if let Some((_, meant)) = known.iter().find(|it| it.0 == lower) {
        return Some((*meant).to_owned());
    }
    // A label needs its prefix to the letter, and a name.
    let mut parts = key.splitn(3, '.');
    if let (Some(first), Some(second), Some(name)) = (parts.next(), parts.next(), parts.next()) {
        let near =
            |word: &str, wanted: &str| strsim::osa_distance(&word.to_lowercase(), wanted) <= 2;
        let whose = ["node", "engine"].into_iter().find(|it| near(first, it));
        if let Some(whose) = whose.filter(|_| near(second, "labels") && !name.is_empty()) {
            return Some(format!("{whose}.labels.{name}"));
        }
    }
    let keys = KEYS.iter().copied().filter(|it| !it.ends_with('.'));
    crate::rules::near(key, keys).map(str::to_owned)
}
