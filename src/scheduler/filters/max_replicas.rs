//! The node runs fewer tasks of the service than `max_replicas_per_node`.

use crate::scheduler::filter::{Filter, Lack};

pub(super) const FILTER: Filter = Filter {
    name: "max-replicas",
    applies: |it| it.max_replicas > 0,
    admits: |demand, it| u64::from(it.own_tasks) < demand.max_replicas,
    lacks: |demand, it| {
        let limit = demand.max_replicas;
        let full = u64::from(it.own_tasks) >= limit;
        full.then_some(Lack::MaxReplicas { limit }).into_iter().collect()
    },
    explain: |_| "max replicas per node limit exceed".to_owned(),
    changes: true,
};
