//! An entry of `extra_hosts` is not `host:address`.
//!
//! ## Why
//!
//! Docker drops it without a word, and the container does not know the name.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     extra_hosts: [db.example.com]
//! ```
//!
//! ## Fix
//!
//! Write name and address:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     extra_hosts: ["db.example.com:192.0.2.7"]
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader/loader.go`; `docker stack config` shows it.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::texts::{self, Item};
use crate::rules::words::code;
use crate::stack::Stack;

pub(super) const RULE: Rule = Rule {
    id: "extra-host-dropped",
    summary: "entry of `extra_hosts` is dropped",
    group: Group::Compose,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    texts::each(stack, &mut |path, item| {
        let Item::Text(text, node) = item else { return };
        if matches!(path, ["services", _, "extra_hosts", "[]"]) && !text.contains([':', '=', '$']) {
            found
                .report(node.place, format!("Docker drops {}: it has no address", code(text)))
                .help("write `host:address`");
        }
    });
}
