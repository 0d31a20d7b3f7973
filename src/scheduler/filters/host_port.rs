//! The ports that the task wants of the node itself are free. Programs outside of Swarm and the
//! routing mesh do not count.

use crate::scheduler::filter::{Filter, Lack, count};

pub(super) const FILTER: Filter = Filter {
    name: "host-ports",
    applies: |it| !it.host_ports.is_empty(),
    admits: |demand, it| demand.host_ports.iter().all(|port| !it.node.ports.contains(port)),
    lacks: |demand, it| {
        let taken = demand.host_ports.iter().filter(|port| it.node.ports.contains(port));
        taken.map(|it| Lack::HostPort(*it)).collect()
    },
    explain: |nodes| {
        let one = "host-mode port already in use on 1 node";
        count(nodes, one, "host-mode port already in use on ", " nodes")
    },
    changes: true,
};
