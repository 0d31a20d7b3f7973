//! The pools that subnets come from overlap each other, or hold the address of a node.
//!
//! ## Why
//!
//! Swarm cuts the subnets of overlay networks out of its pools without looking at what else uses
//! those addresses. Where a subnet covers the nodes' own addresses, containers no longer reach the
//! nodes.
//!
//! ## Example
//!
//! ```yaml nodes.yml bad
//! cluster:
//!   default_addr_pool: [10.20.0.0/16]
//! nodes:
//!   m1: {role: manager, address: 10.20.0.11}
//! ```
//!
//! ## Fix
//!
//! Give the swarm pools of its own. They are chosen when it is made, by `docker swarm init
//! --default-addr-pool`, and cannot be changed later:
//!
//! ```yaml nodes.yml good
//! cluster:
//!   default_addr_pool: [10.200.0.0/16]
//! nodes:
//!   m1: {role: manager, address: 10.20.0.11}
//! ```
//!
//! ## Source
//!
//! [Run Docker Engine in swarm mode](https://docs.docker.com/engine/swarm/swarm-mode/).

use crate::cluster::subnet::{Subnet, overlaps};
use crate::diagnostic::Severity;
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::grounds::node_in;
use crate::rules::words::code;

pub(super) const RULE: Rule = Rule {
    id: "address-pools-overlap",
    summary: "pool of addresses that are in use elsewhere",
    group: Group::Inventory,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Cluster(check),
};

/// The pool of swarms that were made without one. It holds most private networks.
const USUAL: &str = "10.0.0.0/8";

fn check(deployment: &Deployment, found: &mut Findings) {
    let pools = &deployment.cluster.settings.default_addr_pool;
    let known: Vec<_> = pools.iter().filter_map(|it| Some((it, Subnet::read(&it.value)?))).collect();
    let subnets: Vec<Subnet> = known.iter().map(|it| it.1).collect();
    let help = "give the swarm pools that are used for nothing else";
    for (one, other) in overlaps(&subnets) {
        let (at, with) = (known[one.max(other)].0, known[one.min(other)].0);
        found
            .report(at, format!("the pool overlaps {}", code(&with.value)))
            .related(with.place.span, "the other pool")
            .help(help);
    }
    for (pool, subnet) in known.iter().filter(|it| it.0.value != USUAL) {
        let Some(node) = node_in(*subnet, deployment.cluster) else { continue };
        found
            .report(*pool, format!("the address of node {} is in the pool", code(&node.name.value)))
            .related(node.address.place.span, "the node's address")
            .help(help);
    }
}
