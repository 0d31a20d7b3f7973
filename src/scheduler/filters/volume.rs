//! One of the cluster volumes that the task mounts can be used on the node.

use crate::scheduler::demand::Demand;
use crate::scheduler::filter::{Candidate, Filter, Lack, count};

pub(super) const FILTER: Filter = Filter {
    name: "volumes",
    applies: |it| !it.volumes.is_empty(),
    admits,
    lacks: |demand, it| {
        let sources = || demand.volumes.iter().map(|it| it.source.to_owned()).collect();
        let lack = || Lack::Volumes { sources: sources() };
        (!admits(demand, it)).then(lack).into_iter().collect()
    },
    explain: |nodes| {
        let (one, before) = (
            "cannot fulfill requested CSI volume mounts on 1 node",
            "cannot fulfill requested CSI volume mounts on ",
        );
        count(nodes, one, before, " nodes")
    },
    changes: true,
};

fn admits(demand: &Demand, it: &Candidate) -> bool {
    demand.volumes.iter().any(|wanted| it.volumes.can_use(wanted, it.index, it.node.node))
}
