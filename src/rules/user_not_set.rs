//! Nothing says as whom a service runs.
//!
//! ## Why
//!
//! The image decides, and most images run as root.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//! ```
//!
//! ## Fix
//!
//! Name a user:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     user: "1000:1000"
//! ```
//!
//! ## Source
//!
//! CIS Docker Benchmark 4.1.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::head;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "user-not-set",
    summary: "nothing says as whom a service runs",
    group: Group::Security,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    if service.user.is_none() {
        found.report(head(service), "the image decides as whom it runs").help("add `user`");
    }
}
