//! A node, and what its tasks have taken of it.

use crate::cluster::Node;
use crate::scheduler::demand::{Demand, HostPort};
use crate::scheduler::generic::{self, Named, Pool};

/// A node as the scheduler sees it.
#[derive(Clone, Debug)]
pub struct NodeState<'a> {
    pub node: &'a Node,
    /// Free billionths of a processor, negative where too much is taken. None: not known, enough.
    pub nano_cpus: Option<i64>,
    /// Free bytes.
    pub memory_bytes: Option<i64>,
    pub generic: Vec<Pool<'a>>,
    /// Taken ports of the node itself, one entry for each task.
    pub ports: Vec<HostPort>,
    /// Live tasks of all services.
    pub tasks: u32,
}

impl<'a> NodeState<'a> {
    pub(super) fn new(node: &'a Node) -> Self {
        Self {
            node,
            nano_cpus: node.nano_cpus.as_ref().map(|it| it.value),
            memory_bytes: node.memory_bytes.as_ref().map(|it| it.value),
            generic: generic::of(node),
            ports: Vec::new(),
            tasks: 0,
        }
    }

    /// A task takes what it needs, live or not.
    pub(super) fn take(&mut self, demand: &Demand) -> Vec<Named<'a>> {
        self.nano_cpus = self.nano_cpus.map(|it| it.saturating_sub(demand.nano_cpus));
        self.memory_bytes = self.memory_bytes.map(|it| it.saturating_sub(demand.memory_bytes));
        self.ports.extend(&demand.host_ports);
        if demand.generic.is_empty() {
            return Vec::new();
        }
        generic::take(&mut self.generic, &demand.generic)
    }

    /// A task is gone.
    pub(super) fn give(&mut self, demand: &Demand<'a>, names: &[Named<'a>]) {
        self.nano_cpus = self.nano_cpus.map(|it| it.saturating_add(demand.nano_cpus));
        self.memory_bytes = self.memory_bytes.map(|it| it.saturating_add(demand.memory_bytes));
        for port in &demand.host_ports {
            if let Some(at) = self.ports.iter().position(|it| it == port) {
                self.ports.swap_remove(at);
            }
        }
        generic::give(&mut self.generic, &demand.generic, names);
    }
}
