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

use crate::diagnostic::{Fix, Severity};
use crate::edit::{New, Patch, Site};
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

    let fix = found.site(problem.span).and_then(|it| fix(&it, key));
    found
        .report(problem, format!("{} is forbidden in a stack file", code(key)))
        .help(instead(key).unwrap_or(advice))
        .fix(fix);
}

fn fix(site: &Site, key: &str) -> Option<Fix> {
    let limits = ["deploy", "resources", "limits"];
    let moved = |name: &str, value: &str| {
        site.move_as(&[limits[0], limits[1], limits[2], name], New::text(value))
    };
    match key {
        "mem_limit" => {
            let patch = moved("memory", site.as_written().trim_matches(['"', '\'']));
            let patch = patch.filter(|_| site.is_single());
            Patch::risky(patch, "move it to `deploy.resources.limits.memory`")
        }
        "cpu_quota" => {
            // Of each 100 milliseconds, unless a period is given, too.
            let quota: u32 = site.as_written().parse().ok()?;
            let alone = site.up()?.node().get("cpu_period").is_none() && quota > 0;
            let patch = moved("cpus", &(f64::from(quota) / 100_000.0).to_string());
            Patch::risky(patch.filter(|_| alone), "move it to `deploy.resources.limits.cpus`")
        }
        "memswap_limit" | "cpu_shares" | "cpuset" => {
            Patch::risky(site.remove(), format!("remove {}", code(key)))
        }
        _ => None,
    }
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
