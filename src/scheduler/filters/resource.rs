//! The node has free what the task reserves. What tasks are limited to does not matter.

use crate::scheduler::demand::Demand;
use crate::scheduler::filter::{Candidate, Filter, Lack, count};
use crate::scheduler::generic;

pub(super) const FILTER: Filter = Filter {
    name: "resources",
    applies: |it| it.reserves(),
    // Who reserves memory only is refused where more processors are taken than there are.
    admits: |demand, it| {
        it.node.nano_cpus.is_none_or(|free| demand.nano_cpus <= free)
            && it.node.memory_bytes.is_none_or(|free| demand.memory_bytes <= free)
            && demand.generic.iter().all(|want| generic::has(&it.node.generic, want))
    },
    lacks,
    explain: |nodes| {
        let one = "insufficient resources on 1 node";
        count(nodes, one, "insufficient resources on ", " nodes")
    },
    changes: true,
};

fn lacks(demand: &Demand, it: &Candidate) -> Vec<Lack> {
    let mut lacks = Vec::new();
    if let Some(free) = it.node.nano_cpus.filter(|free| demand.nano_cpus > *free) {
        lacks.push(Lack::Cpus { wanted: demand.nano_cpus, free });
    }
    if let Some(free) = it.node.memory_bytes.filter(|free| demand.memory_bytes > *free) {
        lacks.push(Lack::Memory { wanted: demand.memory_bytes, free });
    }
    for want in demand.generic.iter().filter(|want| !generic::has(&it.node.generic, want)) {
        let pool = it.node.generic.iter().find(|it| it.kind == want.kind);
        let (kind, free) = (want.kind.to_owned(), pool.map_or(0, |it| it.left.count()));
        lacks.push(Lack::Generic { kind, wanted: want.count, free });
    }
    lacks
}
