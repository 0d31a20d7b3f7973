//! The address of a published port is dropped.
//!
//! ## Why
//!
//! Swarm publishes a port on all addresses of all nodes. One that should be reachable from the
//! machine itself only, such as `127.0.0.1:5432:5432`, is open to the world.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   db:
//!     image: nginx:1.27
//!     ports: ["127.0.0.1:8080:80"]
//! ```
//!
//! ## Fix
//!
//! Publish no port: services of one network reach each other without. Where it has to be published,
//! close it with a firewall on the nodes.
//!
//! ```yaml good
//! services:
//!   db:
//!     image: postgres:17
//!     networks: [inner]
//! networks:
//!   inner: {}
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader/loader.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "port-host-ip-ignored",
    summary: "address of a published port is dropped",
    group: Group::Compose,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::PortAddressIgnored { address, .. } = &problem.kind else { return };

    found
        .report(problem, format!("Swarm drops {}: the port is open on every node", code(address)))
        .help("publish no port, or close it with a firewall");
}
