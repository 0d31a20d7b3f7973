//! A service may use more processors than its nodes have.
//!
//! ## Why
//!
//! Docker refuses to create a container whose limit exceeds the number of processors of the node.
//! The scheduler does not look at limits: it sends the task there, the node rejects it, and Swarm
//! tries again without end.
//!
//! ## Example
//!
//! ```yaml nodes.yml
//! nodes:
//!   m1: {role: manager, cpus: 2}
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       resources:
//!         limits: {cpus: "4"}
//! ```
//!
//! ## Fix
//!
//! Lower the limit, or keep the service on larger nodes with a constraint:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       resources:
//!         limits: {cpus: "2"}
//! ```
//!
//! ## Source
//!
//! Docker Engine, `daemon/daemon_unix.go`: the limit is checked when the container is created.

use crate::diagnostic::Severity;
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::amounts::{cpus, nodes_named};
use crate::rules::placing::{cause, eligible};
use crate::source::Named;
use crate::stack::Service;

pub(super) const RULE: Rule = Rule {
    id: "cpu-limit-exceeds-node",
    summary: "limit of processors that is more than a node has",
    group: Group::Placement,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Placement(check),
};

fn check(service: &Named<Service>, deployment: &Deployment, found: &mut Findings) {
    let limits = service.deploy.as_ref().and_then(|it| it.resources.limits.as_ref());
    let Some(written) = limits.and_then(|it| it.cpus.as_ref()) else { return };
    let resources = deployment.spec(service).and_then(|it| it.task_template.resources.as_ref());
    let Some(limit) = resources.and_then(|it| it.limits.as_ref()).map(|it| it.nano_cpus) else {
        return;
    };
    if cause(service, deployment).is_some() {
        return;
    }
    let reserved = resources.and_then(|it| it.reservations.as_ref()).map_or(0, |it| it.nano_cpus);
    let mut nodes = eligible(service, deployment.cluster);
    nodes.retain(|it| it.nano_cpus.as_ref().is_none_or(|it| it.value >= reserved));
    let small = nodes.iter().filter(|it| it.nano_cpus.as_ref().is_some_and(|it| it.value < limit));
    let small: Vec<_> = small.collect();
    let Some(most) = small.iter().filter_map(|it| it.nano_cpus.as_ref()).map(|it| it.value).max()
    else {
        return;
    };
    let names = nodes_named(small.iter().map(|it| it.name.value.as_str()));
    let have = if small.len() == 1 { "has" } else { "have" };
    let most = cpus(most);
    let finding = found.report(
        written,
        format!("Docker refuses so high a limit on {names}, which {have} {most} at most"),
    );
    finding.help("lower the limit, or keep the service on larger nodes");
    if small.len() < nodes.len() {
        finding.at_most(Severity::Warning).note("tasks that come there are rejected and start over");
    }
}
