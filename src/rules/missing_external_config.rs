//! An external config does not exist in the swarm.
//!
//! ## Why
//!
//! Docker looks it up when it deploys and stops: networks are created already, services are not.
//!
//! ## Fix
//!
//! Create the config before the deploy, or correct its name.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::{code, did_you_mean};
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
        did_you_mean(name, known.iter().map(String::as_str))
            .unwrap_or_else(|| format!("create it first: `docker config create {name} FILE`")),
    );
}
