//! The node is ready and active.

use crate::cluster::{Availability, NodeStatus};
use crate::scheduler::filter::{Filter, Lack, count};

pub(super) const FILTER: Filter = Filter {
    name: "ready",
    applies: |_| true,
    admits: |_, it| it.node.node.is_ready(),
    lacks: |_, it| {
        let (state, availability) = (it.node.node.state.value, it.node.node.availability.value);
        let state = (state != NodeStatus::Ready).then(|| Lack::Ready { state: state.as_str() });
        let active = availability == Availability::Active;
        let availability = (!active).then(|| Lack::Active { availability: availability.as_str() });
        state.into_iter().chain(availability).collect()
    },
    explain: |nodes| {
        count(nodes, "1 node not available for new tasks", "", " nodes not available for new tasks")
    },
    changes: false,
};
