//! A service keeps rights that it most likely does not need.
//!
//! ## Why
//!
//! Docker leaves a container fourteen rights of root, such as to take over any file's owner. Most
//! programs need none.
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
//! Drop all, and give back what is needed:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     cap_drop: [ALL]
//!     cap_add: [NET_BIND_SERVICE]
//! ```
//!
//! ## Source
//!
//! CIS Docker Benchmark 5.3.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::head;
use crate::source::Named;
use crate::stack::model::Text;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "no-cap-drop",
    summary: "service that keeps rights it does not need",
    group: Group::Security,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let drops = |it: &Text| it.value.eq_ignore_ascii_case("all") || it.value.eq_ignore_ascii_case("cap_all");
    if !service.cap_drop.iter().any(drops) {
        found
            .report(head(service), "it keeps fourteen rights of root")
            .help("add `cap_drop: [ALL]`, and give back with `cap_add` what it needs");
    }
}
