//! The name of a logging driver is misspelt.
//!
//! ## Why
//!
//! A driver that a node does not have keeps every task from starting. Plugins may have any name;
//! this is one letter or two away from a driver of Docker itself.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     logging:
//!       driver: json-fle
//! ```
//!
//! ## Fix
//!
//! Write the name that is meant:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     logging:
//!       driver: json-file
//! ```
//!
//! ## Source
//!
//! Docker Engine: the built-in logging drivers.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::{code, nearest};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "logging-driver-unknown",
    summary: "misspelt logging driver",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Service(check),
};

const KNOWN: &[&str] = &[
    "awslogs", "etwlogs", "fluentd", "gcplogs", "gelf", "journald", "json-file", "local",
    "logentries", "none", "splunk", "syslog",
];

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(driver) = service.logging.as_ref().and_then(|it| it.driver.as_ref()) else { return };
    if driver.place.is_unset() || KNOWN.contains(&driver.value.as_str()) {
        return;
    }
    let Some(near) = nearest(&driver.value, KNOWN.iter().copied()) else { return };
    let patch = found.site(driver.span()).and_then(|it| it.replace(near));
    found
        .report(driver, format!("Docker has no logging driver {}", code(&driver.value)))
        .help(format!("did you mean {}?", code(near)))
        .fix(Patch::risky(patch, "write the nearest name"));
}
