//! A port is published through the mesh by a service without a virtual address.
//!
//! ## Why
//!
//! The routing mesh sends traffic to the virtual address that `endpoint_mode: dnsrr` takes away.
//! The manager refuses the service.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports: ["80:80"]
//!     deploy:
//!       endpoint_mode: dnsrr
//! ```
//!
//! ## Fix
//!
//! Publish in host mode, or remove `endpoint_mode`:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports:
//!       - {target: 80, published: 80, mode: host}
//!     deploy:
//!       endpoint_mode: dnsrr
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/controlapi/service.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::refused::refused;
use crate::stack::problem::Problem;

pub(super) const RULE: Rule = Rule {
    id: "dnsrr-with-ingress-port",
    summary: "port published through the mesh with `dnsrr`",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Some(_) = refused(problem, RULE.id) else { return };
    found
        .report(problem, "`endpoint_mode: dnsrr` does not go with a port that the mesh publishes")
        .help("publish it with `mode: host`, or remove `endpoint_mode`");
}
