//! What several rules look up in an inventory.

use crate::cluster::subnet::Subnet;
use crate::cluster::{Cluster, Node};
use crate::plan::{self, Assumptions, Plan, Request, WhatIf};
use crate::rule::Deployment;
use crate::source::{Named, Place};
use crate::stack::model::Port;
use crate::stack::{Network, Service};
use crate::value::constraint::Role;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// The managers, in the order of the inventory.
pub(super) fn managers(cluster: &Cluster) -> Vec<&Named<Node>> {
    cluster.nodes.iter().filter(|it| it.role.value == Role::Manager).collect()
}

/// The first node with an address in the subnet.
pub(super) fn node_in(subnet: Subnet, cluster: &Cluster) -> Option<&Named<Node>> {
    let is_in =
        |it: &&Named<Node>| it.address.value.parse::<IpAddr>().is_ok_and(|it| subnet.contains(it));
    cluster.nodes.iter().find(is_in)
}

/// The UDP port of the overlay networks.
pub(super) fn data_path_port(cluster: &Cluster) -> u16 {
    cluster.settings.data_path_port.as_ref().map_or(4789, |it| it.value)
}

/// The name that a network has in the swarm.
pub(super) fn real_name(network: &Named<Network>, deployment: &Deployment) -> String {
    let own = network.value.name.as_ref().map(|it| it.value.clone());
    let own = own.filter(|it| !it.is_empty());
    own.unwrap_or_else(|| format!("{}_{}", deployment.name, network.name.value))
}

/// Where the ports of a service are published, by number and protocol.
pub(super) fn published_places(service: &Service) -> BTreeMap<(u32, &'static str), Place> {
    let place = |it: &Port| {
        let transport = match it.protocol.as_ref().map(|it| it.value.to_ascii_lowercase()) {
            Some(it) if it == "udp" => "udp",
            Some(it) if it == "sctp" => "sctp",
            _ => "tcp",
        };
        it.published.as_ref().map(|it| ((it.value, transport), it.place))
    };
    service.ports.iter().filter_map(place).collect()
}

/// Plans the deploy and looks at the plan; not where Docker refuses the stack.
pub(super) fn with_plan(deployment: &Deployment, look: impl FnOnce(&Plan)) {
    if deployment.schedule.is_none() {
        return;
    }
    let what_if = WhatIf::default();
    let plan = plan::plan(&Request {
        stack: deployment.name,
        specs: deployment.specs,
        cluster: deployment.cluster,
        policy: deployment.policy,
        what_if: &what_if,
        assumptions: Assumptions::default(),
    });
    look(&plan);
}
