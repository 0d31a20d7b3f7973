//! The node meets every constraint.

use crate::scheduler::filter::{Filter, Lack, count};

pub(super) const FILTER: Filter = Filter {
    name: "constraints",
    applies: |it| !it.constraints.is_empty(),
    admits: |demand, it| {
        let facts = it.node.node.facts();
        demand.constraints.iter().all(|it| it.matches(&facts))
    },
    lacks: |demand, it| {
        let facts = it.node.node.facts();
        let unmet = demand.constraints.iter().filter(|it| !it.matches(&facts));
        unmet.map(|it| Lack::Constraint { text: it.to_string() }).collect()
    },
    explain: |nodes| {
        let (one, before) = (
            "scheduling constraints not satisfied on 1 node",
            "scheduling constraints not satisfied on ",
        );
        count(nodes, one, before, " nodes")
    },
    changes: false,
};
