//! A key is not known at this place.
//!
//! ## Why
//!
//! Docker refuses the whole file for one key that it does not know.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     owner: shop
//! ```
//!
//! ## Fix
//!
//! Correct the spelling, or let a key of your own begin with `x-`:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     x-owner: shop
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/schema/data/config_schema_v3.13.json`.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::compose;
use crate::rules::words::{code, listed};
use crate::stack::check::{Violation, ViolationKind};
use crate::stack::keys::{self, Record};
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "unknown-key",
    summary: "key is not known to Docker at this place",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Shape(violation) = &problem.kind else { return };
    let ViolationKind::UnknownKey { key, record, needs: None } = &violation.kind else { return };
    if compose::advice(&violation.path, key).is_some() {
        return;
    }
    let place = match compose::last_key(&violation.path) {
        Some(parent) => format!(" in {}", code(parent)),
        None => String::new(),
    };
    let site = found.site(problem.span);
    let patch = nearest(key, record).and_then(|meant| site?.rename(meant));
    found
        .report(problem, format!("unknown key {}{place}", code(key)))
        .help(help(key, record, violation))
        .fix(Patch::risky(patch, "write the key that is meant"));
}

/// The key of this place that was most likely meant.
fn nearest(key: &str, record: &Record) -> Option<&'static str> {
    let here = || record.known(keys::NEWEST).map(|it| it.name);
    let lower = key.to_ascii_lowercase().replace('-', "_");
    crate::rules::near(key, here()).or_else(|| here().find(|it| *it == lower))
}

/// A near name, the place where the key exists, or the keys that exist here.
fn help(key: &str, record: &Record, violation: &Violation) -> String {
    let here = || record.known(keys::NEWEST).map(|it| it.name);
    if let Some(same) = nearest(key, record) {
        return format!("did you mean `{same}`?");
    }
    let depth = violation.path.len();
    let elsewhere = keys::places(key, keys::NEWEST);
    let nearest =
        elsewhere.iter().min_by_key(|it| (it.split('.').count().abs_diff(depth + 1), *it));
    match nearest {
        Some(place) => format!("the key belongs to `{}`", shown(place)),
        None => format!("known keys: {}", listed(here())),
    }
}

/// A path with a name of the table's own for what the user names.
fn shown(path: &str) -> String {
    path.replacen("services.*.", "services.NAME.", 1).replace(".*", "[]")
}
