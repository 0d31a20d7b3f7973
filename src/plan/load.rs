//! What the tasks of a plan reserve on each node.

use crate::cluster::{Amount, Cluster, Node};
use crate::plan::service::{Service, is_running};
use crate::scheduler::{Demand, Options};

/// What is reserved on one node, and what its tasks may use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Billionths of a processor.
    pub cpus: Share,
    /// Bytes.
    pub memory: Share,
    /// Kinds of other resources, in the node's own order.
    pub generic: Vec<(String, Share)>,
    /// Tasks of the services of the plan.
    pub tasks: u32,
    /// How many of them may use as much memory as they like.
    pub unlimited: u32,
}

/// A part of something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// None where it is not known.
    pub total: Option<i64>,
    pub reserved: i64,
    /// The sum of what tasks are limited to.
    pub limit: i64,
}

impl Share {
    /// What is left, negative where too much is reserved.
    pub fn free(&self) -> Option<i64> {
        Some(self.total?.saturating_sub(self.reserved))
    }
}

pub(super) fn loads(cluster: &Cluster, services: &[Service], options: &Options) -> Vec<Load> {
    let mut loads: Vec<Load> = cluster.nodes.iter().map(|it| empty(it)).collect();
    for service in services {
        let demand = Demand::of(service.spec, &options.networks);
        let resources = service.spec.task_template.resources.as_ref();
        let limits = resources.and_then(|it| it.limits.as_ref());
        let (cpus, memory) = limits.map_or((0, 0), |it| (it.nano_cpus, it.memory_bytes));
        for task in service.tasks.iter().filter(|it| is_running(it)) {
            let Some(load) = task.node.and_then(|it| loads.get_mut(it as usize)) else { continue };
            load.tasks += 1;
            load.unlimited += u32::from(memory == 0);
            load.cpus.add(demand.nano_cpus, cpus);
            load.memory.add(demand.memory_bytes, memory);
            for it in &demand.generic {
                let share = load.generic.iter_mut().find(|(kind, _)| kind == it.kind);
                if let (Some((_, share)), Some(count)) = (share, it.count) {
                    share.add(count, 0);
                }
            }
        }
    }
    loads
}

fn empty(node: &Node) -> Load {
    let total = |total| Share { total, ..Share::default() };
    let mut generic: Vec<(String, Share)> = Vec::new();
    for it in &node.generic_resources {
        let count = match &it.amount {
            Amount::Count(count) => *count,
            Amount::Named(names) => names.len() as i64,
        };
        match generic.iter_mut().find(|(kind, _)| *kind == it.kind) {
            Some((_, share)) => share.total = share.total.map(|it| it.saturating_add(count)),
            None => generic.push((it.kind.clone(), total(Some(count)))),
        }
    }
    Load {
        cpus: total(node.nano_cpus.as_ref().map(|it| it.value)),
        memory: total(node.memory_bytes.as_ref().map(|it| it.value)),
        generic,
        ..Load::default()
    }
}

impl Share {
    fn add(&mut self, reserved: i64, limit: i64) {
        self.reserved = self.reserved.saturating_add(reserved);
        self.limit = self.limit.saturating_add(limit);
    }
}
