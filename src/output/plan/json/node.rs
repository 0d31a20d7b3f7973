//! Nodes and what is reserved on them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::plan::{Load, Plan, Share};
use crate::value::constraint::Role;

#[derive(Serialize)]
pub(super) struct Node<'a> {
    name: &'a str,
    role: &'static str,
    availability: &'static str,
    state: &'static str,
    zone: Option<&'a str>,
    tasks: u32,
    nano_cpus: Amount,
    memory_bytes: Amount,
    generic: BTreeMap<&'a str, Amount>,
}

/// What there is, what is reserved, and the sum of what tasks are limited to.
#[derive(Serialize)]
struct Amount {
    total: Option<i64>,
    reserved: i64,
    limit: i64,
}

impl From<Share> for Amount {
    fn from(it: Share) -> Self {
        Self { total: it.total, reserved: it.reserved, limit: it.limit }
    }
}

pub(super) fn nodes<'p>(plan: &'p Plan) -> Vec<Node<'p>> {
    let node = |(it, load): (&'p crate::source::Named<crate::cluster::Node>, &'p Load)| Node {
        name: &it.name.value,
        role: role(it.role.value),
        availability: it.availability.value.as_str(),
        state: it.state.value.as_str(),
        zone: it.zone.as_ref().map(|it| it.value.as_str()),
        tasks: load.tasks,
        nano_cpus: load.cpus.into(),
        memory_bytes: load.memory.into(),
        generic: load.generic.iter().map(|(kind, it)| (kind.as_str(), (*it).into())).collect(),
    };
    plan.cluster.nodes.iter().zip(&plan.loads).map(node).collect()
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Manager => "manager",
        Role::Worker => "worker",
    }
}
