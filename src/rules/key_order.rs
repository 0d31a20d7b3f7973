//! Sections do not stand in the usual order.
//!
//! ## Why
//!
//! Readers look for the services first, and for what they refer to below.
//!
//! ## Example
//!
//! ```yaml bad
//! volumes:
//!   data: {}
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes: ["data:/usr/share/nginx/html:ro"]
//! ```
//!
//! ## Fix
//!
//! Put the services first:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes: ["data:/usr/share/nginx/html:ro"]
//! volumes:
//!   data: {}
//! ```
//!
//! ## Source
//!
//! Docker's own examples.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::Stack;

/// The usual order.
const ORDER: &[&str] = &["version", "services", "networks", "volumes", "configs", "secrets"];

pub(super) const RULE: Rule = Rule {
    id: "key-order",
    summary: "sections not in the usual order",
    group: Group::Style,
    severity: Severity::Hint,
    preset: Preset::Pedantic,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    for file in &stack.files {
        let Some(map) = file.document.root.as_map() else { continue };
        let rank = |key: &str| ORDER.iter().position(|it| *it == key);
        let keys = map.entries.iter().filter_map(|it| Some((rank(&it.key.text)?, &it.key)));
        let mut highest = None;
        for (rank, key) in keys {
            if highest.is_some_and(|it| rank < it) {
                found
                    .report(key.span, format!("{} usually stands further up", code(&key.text)))
                    .help(format!("the usual order is {}", ORDER.join(", ")));
                break;
            }
            highest = Some(rank);
        }
    }
}
