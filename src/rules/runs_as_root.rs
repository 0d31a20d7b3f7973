//! A service is told to run as root.
//!
//! ## Why
//!
//! A hole in the program then gives the rights of root in the container, and with a hole in the
//! kernel those on the node.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     user: root
//! ```
//!
//! ## Fix
//!
//! Run it as another user:
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
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "runs-as-root",
    summary: "service that is told to run as root",
    group: Group::Security,
    severity: Severity::Info,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(user) = service.user.as_ref().filter(|it| !it.place.is_unset()) else { return };
    if matches!(user.value.split(':').next(), Some("root" | "0")) {
        found
            .report(user, "a hole in the program gives the rights of root in the container")
            .help("name another user");
    }
}
