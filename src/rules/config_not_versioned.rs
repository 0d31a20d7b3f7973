//! A secret or config from a file has no name of its own that could change with the content.
//!
//! ## Why
//!
//! Swarm does not let the content change. When the file does, the next deploy stops in the middle
//! with `only updates to Labels are allowed`.
//!
//! ## Example
//!
//! ```text site.conf
//! listen 80
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     configs: [{source: site, target: /etc/site}]
//! configs:
//!   site: {file: ./site.conf}
//! ```
//!
//! ## Fix
//!
//! Put a version, or a hash of the content, into the name:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     configs: [{source: site, target: /etc/site}]
//! configs:
//!   site:
//!     name: site-${SITE_VERSION:-1}
//!     file: ./site.conf
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/controlapi/config.go` and `secret.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::Stack;
use crate::stack::model::{is_true, text};

pub(super) const RULE: Rule = Rule {
    id: "config-not-versioned",
    summary: "content cannot change under the same name",
    group: Group::Compose,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    for it in stack.secrets.iter().chain(&stack.configs) {
        let is_own = it.file.is_some() && !is_true(&it.external);
        if is_own && text(it.value.name.as_ref()).is_empty() {
            found
                .report(it.name.place, format!("{} cannot be deployed again with other content", code(&it.name.value)))
                .help("give it a `name` that changes with the content, as in `name: app-${VERSION}`");
        }
    }
}
