//! A mapping replaces one that a merge key brings, and parts of that are lost.
//!
//! ## Why
//!
//! A merge key brings whole values. Where the mapping has a key of its own with the same name, its
//! value takes the place of the merged one: nothing of the two is put together, at any depth.
//!
//! ## Example
//!
//! ```yaml bad
//! x-base: &base
//!   environment:
//!     TZ: Europe/Berlin
//! services:
//!   web:
//!     <<: *base
//!     image: example/shop:4.2
//!     environment:
//!       LEVEL: info
//! ```
//!
//! ## Fix
//!
//! Merge the inner mapping as well:
//!
//! ```yaml good
//! x-base: &base
//!   environment: &environment
//!     TZ: Europe/Berlin
//! services:
//!   web:
//!     <<: *base
//!     image: example/shop:4.2
//!     environment:
//!       <<: *environment
//!       LEVEL: info
//! ```
//!
//! ## Source
//!
//! The merge key of YAML 1.1 (`tag:yaml.org,2002:merge`).

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::{code, listed};
use crate::source::Span;
use crate::stack::Stack;
use crate::yaml::{Map, Node, Value};

pub(super) const RULE: Rule = Rule {
    id: "merged-mapping-replaced",
    summary: "mapping in place of a merged one",
    group: Group::Yaml,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Stack(check),
};

/// Deeper trees and larger mappings than this are not looked into.
const DEPTH: usize = 64;
const MOST_KEYS: usize = 100;

fn check(stack: &Stack, found: &mut Findings) {
    for document in stack.files.iter().map(|it| &it.document) {
        for anchor in &document.anchors {
            let Some(base) = anchored(&document.root, anchor.span).and_then(Node::as_map) else {
                continue;
            };
            if base.entries.len() > MOST_KEYS {
                continue;
            }
            for alias in &anchor.uses {
                let map = around(&document.root, *alias).filter(|_| is_merged(*alias, found));
                if let Some(map) = map {
                    compare(map, base, found);
                }
            }
        }
    }
}

/// Whether an alias stands behind a merge key.
fn is_merged(alias: Span, found: &Findings) -> bool {
    // A list of aliases is short.
    let start = alias.start().saturating_sub(200);
    let before = found.whole_text(alias).get(start..alias.start()).unwrap_or_default();
    let between = |c: char| c.is_alphanumeric() || " ,*[_-.\n".contains(c);
    before.trim_end_matches(between).ends_with("<<:")
}

/// What stands behind an anchor.
fn anchored(root: &Node, anchor: Span) -> Option<&Node> {
    let mut node = root;
    for _ in 0..DEPTH {
        if node.place.via.is_none() && node.span().start() >= anchor.end() {
            return Some(node);
        }
        node = child(node, anchor)?;
    }
    None
}

/// The innermost mapping that is written around a span.
fn around(root: &Node, span: Span) -> Option<&Map> {
    let holds = |it: &Node| it.span().start() <= span.start() && span.end() <= it.span().end();
    let mut innermost = root.as_map();
    let mut node = root;
    for _ in 0..DEPTH {
        let Some(next) = child(node, span).filter(|it| holds(it)) else { break };
        innermost = next.as_map().or(innermost);
        node = next;
    }
    innermost
}

/// The value or item at a span: the last one whose key or own beginning is not behind it.
fn child(node: &Node, span: Span) -> Option<&Node> {
    if node.place.via.is_some() {
        return None;
    }
    match &node.value {
        Value::Map(map) => {
            let own = &map.entries[..map.entries.partition_point(|it| it.key.via.is_none())];
            let after = own.partition_point(|it| it.key.span.start() <= span.start());
            after.checked_sub(1).map(|at| &own[at].node)
        }
        Value::List(items) => {
            let end = |it: &Node| it.place.via.unwrap_or(it.span()).end();
            items.get(items.partition_point(|it| end(it) < span.start()))
        }
        _ => None,
    }
}

fn compare(map: &Map, base: &Map, found: &mut Findings) {
    for theirs in &base.entries {
        let Some(entry) = map.entry(&theirs.key.text).filter(|it| it.key.via.is_none()) else { continue };
        let (Some(ours), Some(merged)) = (entry.node.as_map(), theirs.node.as_map()) else { continue };
        let keys = merged.entries.iter().map(|it| it.key.text.as_str()).take(MOST_KEYS);
        let lost: Vec<_> = keys.filter(|it| ours.get(it).is_none()).collect();
        if !lost.is_empty() {
            let (key, lost) = (code(&entry.key.text), listed(lost));
            found
                .report(entry.key.span, format!("{key} takes the place of the merged one, without {lost}"))
                .related(theirs.key.span, "this is not used")
                .help("give the merged mapping an anchor of its own, and merge it here");
        }
    }
}
