//! A service that needs no manager is kept on managers.
//!
//! ## Why
//!
//! What takes the memory or the disk of a manager takes the swarm down with it. Managers are for
//! what asks them through Docker's socket.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       placement: {constraints: [node.role == manager]}
//! ```
//!
//! ## Fix
//!
//! Keep it on workers, or say nothing:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       placement: {constraints: [node.role == worker]}
//! ```
//!
//! ## Source
//!
//! Docker manual, "Administer and maintain a swarm of Docker Engines".

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::constraints::each;
use crate::source::Named;
use crate::stack::{Service, Stack};
use crate::value::constraint::{Key, Operator};

pub(super) const RULE: Rule = Rule {
    id: "workload-on-manager",
    summary: "ordinary service on managers",
    group: Group::Placement,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let mut sources = service.volumes.iter().filter_map(|it| it.source.as_ref());
    // Proxies and tools of the swarm ask the manager, perhaps over a network.
    if sources.any(|it| it.value.contains("docker")) {
        return;
    }
    for it in each(service) {
        let role = it.constraint.key == Key::Role && it.constraint.operator == Operator::Equal;
        if role && it.constraint.value.text.eq_ignore_ascii_case("manager") {
            found
                .report(it.text, "the service is kept on managers, and does not ask them for anything")
                .help("keep it on workers: `node.role == worker`");
        }
    }
}
