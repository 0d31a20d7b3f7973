//! Why tasks wait: Swarm's sentence, and the whole truth beside it.

use crate::scheduler::demand::Demand;
use crate::scheduler::filter::{Candidate, Filter, Lack};
use crate::scheduler::filters;
use crate::scheduler::group::Refused;
use crate::scheduler::schedule::{Schedule, Scheduled};
use crate::scheduler::state::{Live, State};

/// What one node says to a task of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The node's place in the list of nodes.
    pub node: u32,
    /// Every filter that does not admit the node; Swarm counts the first only.
    pub refusals: Vec<Refusal>,
}

/// One filter that does not admit a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Its place in Swarm's order.
    pub filter: usize,
    pub lacks: Vec<Lack>,
}

impl Refusal {
    /// The filter's name.
    pub fn name(&self) -> &'static str {
        filters::ALL[self.filter].name
    }
}

impl Schedule<'_> {
    /// What every node says to one more task of a service.
    pub fn verdicts(&self, service: &Scheduled) -> Vec<Verdict> {
        let nodes = 0..self.state.nodes.len() as u32;
        nodes.map(|it| self.verdict(service, it)).collect()
    }

    /// What one node says to one more task of a service.
    pub fn verdict(&self, service: &Scheduled, node: u32) -> Verdict {
        self.state.verdict(&service.demand, &service.live, node)
    }
}

impl State<'_> {
    /// What one node says to one more task.
    pub fn verdict(&self, demand: &Demand, live: &Live, node: u32) -> Verdict {
        let candidate = self.candidate(live, node);
        let refusal = |(filter, it): (usize, &Filter)| {
            let lacks =
                if (it.applies)(demand) { (it.lacks)(demand, &candidate) } else { Vec::new() };
            (!lacks.is_empty()).then_some(Refusal { filter, lacks })
        };
        Verdict { node, refusals: filters::ALL.iter().enumerate().filter_map(refusal).collect() }
    }

    fn candidate(&self, live: &Live, node: u32) -> Candidate<'_, '_> {
        Candidate {
            node: &self.nodes[node as usize],
            index: node,
            own_tasks: live.on(node),
            volumes: &self.volumes,
        }
    }

    /// The first filter that does not admit a node, in Swarm's order.
    pub fn first_refusal(&self, demand: &Demand, live: &Live, node: u32) -> Option<usize> {
        let candidate = self.candidate(live, node);
        filters::ALL.iter().position(|it| (it.applies)(demand) && !(it.admits)(demand, &candidate))
    }
}

/// Swarm's sentence for a task that may go to any node.
pub(super) fn unsuitable(refused: &Refused) -> String {
    let explanation = explanation(refused);
    if explanation.is_empty() {
        return "no suitable node".to_owned();
    }
    format!("no suitable node ({explanation})")
}

/// Swarm's sentence for a task that may go to one node only.
pub(super) fn refused_by(filter: usize) -> String {
    (filters::ALL[filter].explain)(1)
}

/// The filters that turned most nodes away come first, equals in Swarm's order.
fn explanation(refused: &Refused) -> String {
    let mut counts: Vec<(usize, usize)> = refused.iter().copied().enumerate().collect();
    counts.retain(|it| it.1 > 0);
    counts.sort_by_key(|it| std::cmp::Reverse(it.1));
    let words = |&(filter, nodes): &(usize, usize)| (filters::ALL[filter].explain)(nodes);
    counts.iter().map(words).collect::<Vec<_>>().join("; ")
}
