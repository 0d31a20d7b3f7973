//! An external network does not belong to the swarm.
//!
//! ## Why
//!
//! A network such as a bridge exists on one node only. Docker refuses to attach services to it,
//! before it creates anything.
//!
//! ## Example
//!
//! ```yaml nodes.yml
//! nodes:
//!   m1: {role: manager}
//! networks:
//!   front: {driver: bridge}
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
//! Create an overlay network, `docker network create -d overlay front`, and use that:
//!
//! ```yaml nodes.yml good
//! nodes:
//!   m1: {role: manager}
//! networks:
//!   front: {driver: overlay}
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/command/stack/swarm/deploy_composefile.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "external-network-scope",
    summary: "external network exists on one node only",
    group: Group::References,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::ExternalMissing { name, scope: Some(scope), .. } = &problem.kind else { return };
    found
        .report(
            problem,
            format!("network {} has the scope {}, not `swarm`", code(name), code(scope)),
        )
        .help("create one with `docker network create -d overlay NAME`");
}
