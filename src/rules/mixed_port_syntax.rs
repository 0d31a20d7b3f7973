//! Ports are written in both ways.
//!
//! ## Why
//!
//! One way throughout a file is easier to read and to search.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   a:
//!     image: nginx:1.27
//!     ports: ["80:80"]
//!   b:
//!     image: nginx:1.27
//!     ports: [{target: 81, published: 81}]
//! ```
//!
//! ## Fix
//!
//! Write them in one way:
//!
//! ```yaml good
//! services:
//!   a:
//!     image: nginx:1.27
//!     ports: [{target: 80, published: 80}]
//!   b:
//!     image: nginx:1.27
//!     ports: [{target: 81, published: 81}]
//! ```
//!
//! ## Source
//!
//! A matter of taste.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::Stack;

pub(super) const RULE: Rule = Rule {
    id: "mixed-port-syntax",
    summary: "ports written in both ways",
    group: Group::Style,
    severity: Severity::Hint,
    preset: Preset::All,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    let mut ports = stack.services.iter().flat_map(|it| &it.ports);
    let Some(first) = ports.next() else { return };
    if let Some(other) = ports.find(|it| it.short != first.short) {
        found
            .report(other.place, "other ports of the file are written in the other way")
            .related(first.place.span, "such as this one")
            .help("write all of them in one way");
    }
}
