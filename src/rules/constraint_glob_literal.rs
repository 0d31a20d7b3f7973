//! A placement constraint compares with a pattern.
//!
//! ## Why
//!
//! Swarm compares the whole value and only disregards its case. `*` and `?` are ordinary
//! characters, so no node has such a value.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       placement:
//!         constraints: [node.hostname == worker-*]
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
//!         constraints: [node.labels.group == worker]
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/constraint/constraint.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::constraints::each;
use crate::rules::words::code;
use crate::source::{Named, Place};
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "constraint-glob-literal",
    summary: "placement constraint with a wildcard",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for it in each(service) {
        let value = &it.constraint.value;
        if value.text.contains(['*', '?']) {
            let at = Place { span: it.part(value), ..it.text.place };
            found
                .report(at, format!("{} is compared letter by letter", code(&value.text)))
                .help("give the nodes a label in common and compare that");
        }
    }
}
