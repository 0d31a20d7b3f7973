//! An external network does not exist in the swarm.
//!
//! ## Why
//!
//! Docker looks it up at the beginning of the deploy and stops there: nothing of the stack is
//! created.
//!
//! ## Example
//!
//! ```yaml nodes.yml
//! nodes:
//!   m1: {role: manager}
//! networks: [proxy]
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [front]
//! networks:
//!   front: {external: true}
//! ```
//!
//! ## Fix
//!
//! Create the network before the deploy, `docker network create -d overlay front`, or correct its
//! name:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [front]
//! networks:
//!   front: {external: true, name: proxy}
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/command/stack/swarm/deploy_composefile.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::{code, did_you_mean_of_swarm};
use crate::stack::problem::{Kind, Object, Problem};

pub(super) const RULE: Rule = Rule {
    id: "missing-external-network",
    summary: "external network does not exist",
    group: Group::References,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::ExternalMissing { object: Object::Network, name, known, scope } = &problem.kind
    else {
        return;
    };
    if scope.is_some() {
        return;
    }
    let finding = found.report(problem, format!("the swarm has no network {}", code(name)));
    finding.help(
        did_you_mean_of_swarm(name, known).unwrap_or_else(|| {
            format!("create it first: `docker network create -d overlay {name}`")
        }),
    );
}
