//! A service may start any number of processes.
//!
//! ## Why
//!
//! A program that forks without end takes every process number of its node, and nothing else can
//! start there.
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
//! Set a limit:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     deploy:
//!       resources:
//!         limits: {pids: 200}
//! ```
//!
//! ## Source
//!
//! Docker's manual, `deploy.resources.limits.pids`, since version 3.9 of the format.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::head;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "no-pids-limit",
    summary: "service that may start any number of processes",
    group: Group::Resources,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let limits = service.deploy.as_ref().and_then(|it| it.resources.limits.as_ref());
    if limits.is_none_or(|it| it.pids.is_none()) {
        found
            .report(head(service), "it may start as many processes as the node has numbers for")
            .help("add `deploy.resources.limits.pids`");
    }
}
