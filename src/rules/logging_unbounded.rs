//! The log of a service grows without end.
//!
//! ## Why
//!
//! The driver `json-file`, which is the default of most installations, keeps everything that a
//! container ever printed. The disk of the node fills up, and every task on it stops.
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
//! Rotate, here or in the settings of the daemons:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     logging:
//!       driver: json-file
//!       options: {max-size: 10m, max-file: "3"}
//! ```
//!
//! ## Source
//!
//! moby/moby#27957.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::head;
use crate::source::Named;
use crate::stack::model::text;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "logging-unbounded",
    summary: "log that grows without end",
    group: Group::Resources,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let logging = service.logging.as_ref();
    let driver = text(logging.and_then(|it| it.driver.as_ref()));
    let options = logging.and_then(|it| it.options.as_ref());
    let rotates = options.is_some_and(|it| it.iter().any(|it| it.name.value == "max-size"));
    if matches!(driver, "" | "json-file") && !rotates {
        let at = logging.map_or_else(|| head(service), |it| it.place);
        found
            .report(at, "its log grows until the disk of the node is full")
            .help("add `logging` with `options: {max-size: 10m}`, or set that for the daemons");
    }
}
