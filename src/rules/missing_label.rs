//! A service lacks a label that the settings want.
//!
//! ## Why
//!
//! `require` in the settings names the labels that a team agreed on: who owns a service, what it
//! costs, whom to call. Where one is missing, nobody can tell.
//!
//! ## Example
//!
//! ```toml settings.toml
//! [rules]
//! missing-label = { require = ["com.example.team"] }
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//! ```
//!
//! ## Fix
//!
//! Add the label below `deploy`:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     deploy:
//!       labels: {com.example.team: shop}
//! ```
//!
//! ## Source
//!
//! The settings. Labels below `deploy` belong to the service, those below `labels` to its
//! containers.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "missing-label",
    summary: "label that the settings want",
    group: Group::Style,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for name in found.required() {
        let mut labels = service.deploy.iter().flat_map(|it| &it.labels);
        if !labels.any(|it| it.name.value == *name && !it.value.value.is_empty()) {
            found
                .report(service.name.place, format!("the label {} is missing", code(name)))
                .help("add it to `deploy.labels`");
        }
    }
}
