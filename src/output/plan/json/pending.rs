//! Tasks that stay pending, and why.

use serde::Serialize;

use crate::output::plan::words;
use crate::plan::{self, Plan};

#[derive(Serialize)]
pub(super) struct Pending<'a> {
    service: &'a str,
    tasks: usize,
    messages: Vec<Message<'a>>,
    reasons: Vec<Reason<'a>>,
    remedies: Vec<Remedy>,
}

/// Swarm's sentence, and for how many tasks.
#[derive(Serialize)]
struct Message<'a> {
    text: &'a str,
    tasks: usize,
}

/// What would help, in words, and how many tasks it leaves waiting.
#[derive(Serialize)]
struct Remedy {
    text: String,
    leaves: usize,
}

/// Nodes that refuse a task for the same reasons.
#[derive(Serialize)]
struct Reason<'a> {
    nodes: Vec<&'a str>,
    refusals: Vec<Refusal>,
}

/// One of Swarm's filters, in Swarm's order.
#[derive(Serialize)]
struct Refusal {
    filter: &'static str,
    lacks: Vec<String>,
}

impl<'a> Pending<'a> {
    pub(super) fn of(plan: &'a Plan, it: &'a plan::Pending) -> Self {
        let message = |(text, tasks): &'a (String, usize)| Message { text, tasks: *tasks };
        let reason = |it: &'a plan::Reason| Reason {
            nodes: it.nodes.iter().map(|it| plan.node(*it)).collect(),
            refusals: (it.refusals.iter())
                .map(|it| Refusal {
                    filter: it.name(),
                    lacks: it.lacks.iter().map(words::lack).collect(),
                })
                .collect(),
        };
        Self {
            service: plan.services[it.service].name,
            tasks: plan.services[it.service].waiting(),
            messages: it.messages.iter().map(message).collect(),
            reasons: it.reasons.iter().map(reason).collect(),
            remedies: (it.remedies.iter())
                .map(|it| Remedy { text: words::remedy(plan, it), leaves: it.leaves })
                .collect(),
        }
    }
}
