//! A file is to take a value back, and Docker keeps that of the file before.
//!
//! ## Why
//!
//! When files are merged, `false`, `0`, `""` and `0s` count as not written: the value of the
//! earlier file stays, without a word.
//!
//! ## Example
//!
//! ```yaml stack.yml
//! services:
//!   web:
//!     image: nginx:1.27
//!     read_only: true
//! ```
//!
//! ```yaml override.yml bad
//! services:
//!   web:
//!     read_only: false
//! ```
//!
//! ## Fix
//!
//! Take the value out of the first file, and put it into the files that need it:
//!
//! ```yaml override.yml good
//! services:
//!   web:
//!     deploy: {replicas: 2}
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader/merge.go`: Go's zero values do not replace others;
//! `docker stack config` prints what is left.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::merged::{entries, is_zero};
use crate::rules::words::code;
use crate::source::SourceId;
use crate::stack::{Stack, show};
use crate::yaml::{Map, Node, parse};

pub(super) const RULE: Rule = Rule {
    id: "override-without-effect",
    summary: "value that takes nothing back",
    group: Group::Compose,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Stack(check),
};

/// Deeper trees than this are not looked into.
const DEPTH: usize = 16;

fn check(stack: &Stack, found: &mut Findings) {
    if stack.files.len() < 2 {
        return;
    }
    let merged = parse(SourceId::default(), &show(stack)).root;
    for file in stack.files.iter().skip(1) {
        for service in entries(file.tree(), &["services"]) {
            let left = merged.get("services").and_then(|it| it.get(&service.key.text));
            if let (Some(ours), Some(left)) = (service.node.as_map(), left) {
                compare(ours, left, DEPTH, found);
            }
        }
    }
}

fn compare(ours: &Map, merged: &Node, depth: usize, found: &mut Findings) {
    for entry in &ours.entries {
        let Some(left) = merged.get(&entry.key.text) else { continue };
        let is_single = left.as_map().is_none() && left.as_list().is_none();
        match entry.node.as_map() {
            Some(ours) if depth > 0 => compare(ours, left, depth - 1, found),
            None if is_zero(&entry.node) && is_single && !left.is_null() && !is_zero(left) => {
                found
                    .report(entry.node.place, format!("{} keeps the value of the file before", code(&entry.key.text)))
                    .help("take that value out of the first file");
            }
            _ => {}
        }
    }
}
