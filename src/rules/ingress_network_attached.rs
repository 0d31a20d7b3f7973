//! A service is attached to the network of the routing mesh.
//!
//! ## Why
//!
//! The network `ingress` is Swarm's own: it carries published ports to the tasks, and Swarm
//! attaches services that publish ports by itself. The manager refuses a service that asks for it,
//! and the Engine refuses to create another network of that name.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [mesh]
//! networks:
//!   mesh: {external: true, name: ingress}
//! ```
//!
//! ## Fix
//!
//! Publish a port, which is all that the mesh needs:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports: ["80:80"]
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
    id: "ingress-network-attached",
    summary: "service attached to the routing mesh's network",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Some(refusal) = refused(problem, RULE.id) else { return };
    let (message, help) = if refusal.reason.contains("already exists") {
        (
            "`ingress` is the network of the routing mesh, and exists already",
            "give the network another `name`, or none",
        )
    } else {
        (
            "Swarm takes no service into the network of the routing mesh, `ingress`",
            "take the network out and publish a port: Swarm then attaches the service by itself",
        )
    };
    found.report(problem, message).help(help);
}
