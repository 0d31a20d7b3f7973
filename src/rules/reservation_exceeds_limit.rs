//! A service reserves more than it may use.
//!
//! ## Why
//!
//! Swarm keeps room for the reservation, and the container is stopped at the limit: the difference
//! is lost for all services of the node. Most often the two were mixed up.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     deploy:
//!       resources:
//!         limits: {memory: 256M}
//!         reservations: {memory: 512M}
//! ```
//!
//! ## Fix
//!
//! Reserve at most the limit:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     deploy:
//!       resources:
//!         limits: {memory: 512M}
//!         reservations: {memory: 256M}
//! ```
//!
//! ## Source
//!
//! The Engine sends only the limits to the container
//! (`daemon/cluster/executor/container/container.go`).

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::amounts::{self, bytes};
use crate::source::Named;
use crate::stack::model::Text;
use crate::stack::{Service, Stack};
use crate::value::cpus;

pub(super) const RULE: Rule = Rule {
    id: "reservation-exceeds-limit",
    summary: "reservation larger than the limit",
    group: Group::Resources,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(resources) = service.deploy.as_ref().map(|it| &it.resources) else { return };
    let (Some(limits), Some(reserved)) = (&resources.limits, &resources.reservations) else { return };
    let help = "reserve at most the limit";
    if let (Some(limit), Some(it)) = (&limits.memory, &reserved.memory)
        && it.value > limit.value
        && limit.value > 0
    {
        let (much, most) = (bytes(it.value), bytes(limit.value));
        found
            .report(it, format!("{much} are reserved, and it may use {most}"))
            .related(limit.span(), "the limit")
            .help(help);
    }
    let nano = |it: &Text| cpus::parse(&it.value).ok().filter(|_| !it.place.is_unset());
    if let (Some(limit), Some(it)) = (&limits.cpus, &reserved.cpus)
        && let (Some(most), Some(much)) = (nano(limit), nano(it))
        && much > most
        && most > 0
    {
        found
            .report(it, format!("{} are reserved, and it may use {}", amounts::cpus(much), amounts::cpus(most)))
            .related(limit.span(), "the limit")
            .help(help);
    }
}
