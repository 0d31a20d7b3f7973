//! An external network is not one of the swarm.
//!
//! ## Why
//!
//! The network exists on one node only, such as a bridge. Docker refuses to attach services to it.
//!
//! ## Fix
//!
//! Create an overlay network and use that.

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
