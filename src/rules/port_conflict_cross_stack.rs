//! A port is published by a service that runs already.
//!
//! ## Why
//!
//! A published port belongs to one service of the swarm. Docker refuses the second service in the
//! middle of the deploy, when other parts of the stack exist already. Two services may share a port
//! only where both publish it in host mode.
//!
//! ## Example
//!
//! ```yaml nodes.yml
//! nodes:
//!   m1: {role: manager}
//! services:
//!   proxy_traefik: {ports: [{published: 80}]}
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports: ["80:80"]
//! ```
//!
//! ## Fix
//!
//! Publish another port, or remove the other service first. A service that was renamed in the stack
//! runs on under its old name unless the deploy has `--prune`.
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports: ["8080:80"]
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/controlapi/service.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::grounds::published_places;
use crate::rules::words::code;
use crate::source::Named;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const RULE: Rule = Rule {
    id: "port-conflict-cross-stack",
    summary: "published port that a running service has",
    group: Group::Placement,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Cluster(check),
};

/// The services that have a port.
#[derive(Default)]
struct Users<'a> {
    ingress: Option<&'a Named<crate::cluster::Service>>,
    host: Option<&'a Named<crate::cluster::Service>>,
}

fn check(deployment: &Deployment, found: &mut Findings) {
    // Services of the stack itself are replaced.
    let own: BTreeSet<&str> = deployment.specs.services.values().map(|it| it.name.as_str()).collect();
    let mut taken: BTreeMap<_, Users> = BTreeMap::new();
    let others = deployment.cluster.services.iter().flatten();
    for service in others.filter(|it| !own.contains(it.name.value.as_str())) {
        let ports = service.spec.endpoint_spec.iter().flat_map(|it| &it.ports);
        for port in ports.filter(|it| it.published_port != 0) {
            let users = taken.entry((port.published_port, port.transport())).or_default();
            let slot = if port.is_ingress() { &mut users.ingress } else { &mut users.host };
            slot.get_or_insert(service);
        }
    }
    for service in &deployment.stack.services {
        let places = published_places(service);
        let spec = deployment.spec(service);
        let ports = spec.and_then(|it| it.endpoint_spec.as_ref()).map_or(&[][..], |it| &it.ports);
        for port in ports.iter().filter(|it| it.published_port != 0) {
            let Some(users) = taken.get(&(port.published_port, port.transport())) else { continue };
            let other = users.ingress.or(users.host.filter(|_| port.is_ingress()));
            let Some(other) = other else { continue };
            let name = &other.name.value;
            let number = format!("{}/{}", port.published_port, port.transport());
            let key = (port.published_port, port.transport());
            let at = places.get(&key).copied().unwrap_or(service.name.place);
            let message = format!("port {number} is published by the service {}", code(name));
            let finding = found.report(at, message);
            finding.service = Some(service.name.value.clone());
            finding.related(other.name.place.span, "it runs already");
            let is_orphan = name.starts_with(&format!("{}_", deployment.name));
            finding.help(if is_orphan {
                "it was of this stack: remove it first, or deploy with `--prune`"
            } else {
                "publish another port, or remove the other service first"
            });
        }
    }
}
