//! A service may use more processors than its nodes have.
//!
//! ## Why
//!
//! Docker refuses to make a container whose limit is above the number of the node's processors. The
//! scheduler does not look at limits: the task goes to the node, is rejected there, and starts over.
//!
//! ## Fix
//!
//! Lower the limit, or keep the service on larger nodes with a constraint.

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
