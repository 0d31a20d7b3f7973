//! A service may use all of a node's processors.
//!
//! ## Why
//!
//! Under load it slows down everything else on its node, the manager included. Some leave the limit
//! out on purpose, because it slows a program down even while processors are idle.
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
//!         limits: {cpus: "1.5"}
//! ```
//!
//! ## Source
//!
//! Docker's manual, "Resource constraints"; Swarm sends limits to the node and packs by
//! reservations.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::head;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "no-cpu-limit",
    summary: "service that may use all of a node's processors",
    group: Group::Resources,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let limits = service.deploy.as_ref().and_then(|it| it.resources.limits.as_ref());
    if limits.is_none_or(|it| it.cpus.is_none()) {
        found
            .report(head(service), "it may use all of the node's processors")
            .help("add `deploy.resources.limits.cpus`");
    }
}
