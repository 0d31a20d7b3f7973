//! Swarm ignores a key, and Docker says so.
//!
//! ## Why
//!
//! Docker prints one line that lists such keys and deploys without them. Their effect is missing,
//! even where safety depends on it, as with `security_opt`.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     privileged: true
//! ```
//!
//! ## Fix
//!
//! Remove the key. Where Swarm has another way, the finding names it.
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     cap_add: [NET_ADMIN]
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/types/types.go`: the lists of forbidden, unsupported and
//! deprecated keys.

use crate::diagnostic::{Fix, Severity};
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "key-ignored",
    summary: "Swarm ignores the key, and Docker says so",
    group: Group::Compose,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let key = match &problem.kind {
        Kind::UnsupportedKey { key } if key != "restart" => key,
        Kind::DeprecatedKey { key, .. } => key,
        _ => return,
    };
    let patch = found.site(problem.span).and_then(|it| it.remove());
    let finding = found.report(problem, format!("Swarm ignores {}", code(key)));
    finding.help(instead(key).unwrap_or("remove it"));
    finding.fix(Patch::risky(patch, format!("remove {}", code(key))).map(Fix::without_effect));
}

fn instead(key: &str) -> Option<&'static str> {
    Some(match key {
        "build" => "build and push the image before the deploy; the nodes pull `image`",
        "cgroup_parent" => "set it for the daemon of each node",
        "container_name" => "remove it: tasks are named after the stack and the service",
        "devices" => "mount the device from `/dev` as a volume, or offer it as a generic resource",
        "domainname" => "write the whole name as `hostname`",
        "expose" => "remove it: services of one network reach each other on every port",
        "external_links" => "attach both services to one external network",
        "links" => "remove it: services of one network reach each other by name",
        "network_mode" => "for `host`, attach the service to an external network named `host`",
        "privileged" => "add the capabilities that it needs with `cap_add`",
        "security_opt" => "set it for the daemon of each node, such as `no-new-privileges`",
        "shm_size" => "mount a tmpfs of that size on `/dev/shm`",
        _ => return None,
    })
}
