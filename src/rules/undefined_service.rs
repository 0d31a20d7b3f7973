//! `depends_on` or `links` names a service that the stack does not have.
//!
//! ## Why
//!
//! Docker ignores both keys in a swarm, so that nothing fails. A misspelt or renamed service is
//! the usual cause, and other texts may have the same mistake.
//!
//! ## Example
//!
//! ```yaml bad also key-ignored-silently
//! services:
//!   web:
//!     image: nginx:1.27
//!     depends_on: [bd]
//!   db:
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Remove the key, which has no effect:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!   db:
//!     image: nginx:1.27
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2: the names are not looked up.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::{code, did_you_mean};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "undefined-service",
    summary: "`depends_on` or `links` names no service",
    group: Group::References,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, stack: &Stack, found: &mut Findings) {
    for it in service.depends_on.iter().chain(&service.links).filter(|it| !it.place.is_unset()) {
        let name = it.value.split(':').next().unwrap_or_default();
        if name.is_empty() || stack.service(name).is_some() {
            continue;
        }
        let names = stack.services.iter().map(|it| it.name.value.as_str());
        found
            .report(it, format!("the stack has no service {}", code(name)))
            .help(did_you_mean(name, names).unwrap_or_else(|| "remove it".to_owned()));
    }
}
