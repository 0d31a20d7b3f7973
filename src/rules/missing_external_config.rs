//! An external config does not exist in the swarm.
//!
//! ## Why
//!
//! Docker looks it up in the middle of the deploy and stops there: the networks, secrets and
//! configs of the stack exist by then, its services do not.
//!
//! ## Example
//!
//! ```yaml nodes.yml
//! nodes:
//!   m1: {role: manager}
//! configs: [site_v2]
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     configs: [site]
//! configs:
//!   site:
//!     external: true
//!     name: site_v1
//! ```
//!
//! ## Fix
//!
//! Create the config before the deploy, or correct its name:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     configs: [site]
//! configs:
//!   site:
//!     external: true
//!     name: site_v2
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/convert/service.go`: secrets and configs are looked up by name.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::{code, did_you_mean_of_swarm};
use crate::stack::problem::{Kind, Object, Problem};

pub(super) const RULE: Rule = Rule {
    id: "missing-external-config",
    summary: "external config does not exist",
    group: Group::References,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::ExternalMissing { object: Object::Config, name, known, scope: _ } = &problem.kind
    else {
        return;
    };
    let finding = found.report(problem, format!("the swarm has no config {}", code(name)));
    finding.help(
        did_you_mean_of_swarm(name, known)
            .unwrap_or_else(|| format!("create it first: `docker config create {name} FILE`")),
    );
}
