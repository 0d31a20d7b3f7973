//! The subnet of a network overlaps another one, or holds the address of a node.
//!
//! ## Why
//!
//! Two overlay networks cannot share addresses: the second one gets none, and its tasks never
//! start. Where a subnet covers the address of a node, containers in it do not reach that node.
//!
//! ## Example
//!
//! ```yaml nodes.yml
//! nodes:
//!   m1: {role: manager}
//! networks:
//!   proxy: {subnet: 10.5.0.0/24}
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [back]
//! networks:
//!   back:
//!     ipam:
//!       config: [{subnet: 10.5.0.0/16}]
//! ```
//!
//! ## Fix
//!
//! Choose another subnet, or write none and let Swarm choose:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [back]
//! networks:
//!   back: {}
//! ```
//!
//! ## Source
//!
//! [Manage swarm service networks](https://docs.docker.com/engine/swarm/networking/).

use crate::cluster::subnet::{Subnet, overlaps};
use crate::diagnostic::Severity;
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::grounds::{node_in, real_name};
use crate::rules::words::code;
use crate::source::Place;

pub(super) const RULE: Rule = Rule {
    id: "subnet-overlap",
    summary: "subnet that is in use elsewhere",
    group: Group::Placement,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Cluster(check),
};

/// A subnet with where and for what it is written.
struct Written {
    subnet: Subnet,
    place: Place,
    network: String,
    is_new: bool,
}

fn check(deployment: &Deployment, found: &mut Findings) {
    let all = subnets(deployment);
    let help = "choose another subnet, or write none and let Swarm choose";
    let subnets: Vec<Subnet> = all.iter().map(|it| it.subnet).collect();
    for (one, other) in overlaps(&subnets) {
        let rank = |it: usize| (all[it].is_new, all[it].place.span);
        let (at, with) = if rank(one) > rank(other) { (one, other) } else { (other, one) };
        let (at, with) = (&all[at], &all[with]);
        if at.network == with.network {
            continue;
        }
        found
            .report(at.place, format!("the subnet overlaps that of the network {}", code(&with.network)))
            .related(with.place.span, "the other subnet")
            .help(help);
    }
    for it in &all {
        let Some(node) = node_in(it.subnet, deployment.cluster) else { continue };
        found
            .report(it.place, format!("the address of node {} is in the subnet", code(&node.name.value)))
            .at_most(Severity::Warning)
            .related(node.address.place.span, "the node's address")
            .help(help);
    }
}

/// The subnets of overlay networks: those that there are, then those that the deploy makes.
fn subnets(deployment: &Deployment) -> Vec<Written> {
    let mut all = Vec::new();
    let existing = || deployment.cluster.networks.iter().flatten();
    for network in existing().filter(|it| it.scope.value == "swarm") {
        let Some(text) = &network.subnet else { continue };
        let Some(subnet) = Subnet::read(&text.value) else { continue };
        let network = network.name.value.clone();
        all.push(Written { subnet, place: text.place, network, is_new: false });
    }
    for network in &deployment.stack.networks {
        let name = real_name(network, deployment);
        let is_overlay = network.driver.as_ref().is_none_or(|it| it.value == "overlay");
        let exists = existing().any(|it| it.name.value == name);
        if exists || !is_overlay || network.external.is_some() {
            continue;
        }
        for text in network.subnets.iter().flatten().filter(|it| !it.place.is_unset()) {
            let Some(subnet) = Subnet::read(&text.value) else { continue };
            all.push(Written { subnet, place: text.place, network: name.clone(), is_new: true });
        }
    }
    all
}
