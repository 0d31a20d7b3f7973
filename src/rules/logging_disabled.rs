//! Nothing of what a service prints is kept.
//!
//! ## Why
//!
//! With the driver `none` there is nothing to look at after a crash: `docker service logs` is empty.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     logging: {driver: none}
//! ```
//!
//! ## Fix
//!
//! Keep a little:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     logging:
//!       driver: local
//!       options: {max-size: 5m}
//! ```
//!
//! ## Source
//!
//! Docker's manual, "Configure logging drivers".

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "logging-disabled",
    summary: "nothing of what a service prints is kept",
    group: Group::Resources,
    severity: Severity::Info,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let driver = service.logging.as_ref().and_then(|it| it.driver.as_ref());
    if let Some(driver) = driver.filter(|it| it.value == "none") {
        found
            .report(driver, "after a crash there is no log to look at")
            .help("use `local` with a small `max-size`");
    }
}
