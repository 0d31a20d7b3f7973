//! A key of older Compose files that `docker stack` refuses.
//!
//! ## Why
//!
//! Docker refuses the whole file. `docker stack config` says only that it contains forbidden
//! properties, and names neither the key nor the place.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     mem_limit: 512M
//! ```
//!
//! ## Fix
//!
//! Use the key that took its place:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       resources:
//!         limits:
//!           memory: 512M
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/types/types.go`: the lists of forbidden, unsupported and
//! deprecated keys.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "forbidden-key",
    summary: "key of older Compose files that `docker stack` refuses",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::ForbiddenKey { key, advice } = &problem.kind else { return };

    found
        .report(problem, format!("{} is forbidden in a stack file", code(key)))
        .help(instead(key).unwrap_or(advice));
}

fn instead(key: &str) -> Option<&'static str> {
    Some(match key {
        "mem_limit" => "write `deploy.resources.limits.memory`",
        "memswap_limit" => "remove it: Swarm has no limit for swap",
        "cpu_quota" => "write `deploy.resources.limits.cpus`",
        "cpu_shares" => "remove it, or write `deploy.resources.limits.cpus`",
        "cpuset" => "remove it: Swarm pins no task to processors",
        "extends" => "repeat the keys, or share them with an anchor and `<<: *name`",
        "volume_driver" => "write the `driver` of the volume under the top-level `volumes`",
        "volumes_from" => "declare the volume at the top level and mount it in both services",
        _ => return None,
    })
}
