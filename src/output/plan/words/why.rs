//! Why tasks are where they are, in words.

use crate::output::plan::text::listed;
use crate::output::plan::words;
use crate::plan::{Plan, Service, Spread, Why};
use crate::scheduler::Lack;
use crate::swarm::spec::Mode;

/// What Swarm does among the nodes that may run a task; said once.
pub(in crate::output::plan) const RULE: &str = "Of the nodes that may run a task and have room, Swarm takes the one with the fewest tasks of the \
     service, then with the fewest tasks; how much is free there does not matter.";

/// The most values of a label that are named.
const VALUES: usize = 6;

/// Such as `2 of 5 nodes meet node.role==worker; w1 has no room (needs 2 CPUs, 0 free)`; none where
/// nothing is to be said.
pub(in crate::output::plan) fn why(plan: &Plan, service: &Service) -> Option<String> {
    let why = service.why.as_ref().filter(|_| service.running() > 0)?;
    let is_global = matches!(service.spec.mode, Mode::Global(_) | Mode::GlobalJob(_));
    let mut parts = Vec::new();
    if why.stays && !is_global {
        return Some("stays where it runs already".to_owned());
    }
    parts.push(if is_global { everywhere(plan, why) } else { choice(plan, why) });
    parts.extend(why.spread.iter().map(spread));
    for it in &why.full {
        let verb = if it.nodes.len() == 1 { "has" } else { "have" };
        let nodes = words::nodes(plan, &it.nodes);
        parts.push(format!("{nodes} {verb} no room ({})", words::lacks(it)));
    }
    Some(parts.join("; "))
}

fn everywhere(plan: &Plan, why: &Why) -> String {
    match (why.candidates.len(), plan.cluster.nodes.len()) {
        (may, all) if may == all => "one on every node".to_owned(),
        (may, all) => {
            let verb = if may == 1 { Verb::One } else { Verb::Many };
            format!("one on each node that may: {may} of {all} {}", conditions(why, verb))
        }
    }
}

fn choice(plan: &Plan, why: &Why) -> String {
    match (why.candidates.as_slice(), plan.cluster.nodes.len()) {
        ([_], 1) => "there is no other node".to_owned(),
        ([one], _) => format!("only {} {}", plan.node(*one), conditions(why, Verb::One)),
        (may, all) if may.len() == all => "any node may run it".to_owned(),
        (may, all) => {
            format!("{} of {all} nodes {}", may.len(), conditions(why, Verb::Many))
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verb {
    One,
    Many,
}

/// What those nodes do that others do not: `take tasks and meet node.role==worker`.
fn conditions(why: &Why, verb: Verb) -> String {
    let mut all = Vec::new();
    let mut push = |many: &str, one: &str, rest: &str| {
        let verb = if verb == Verb::One { one } else { many };
        all.push(format!("{verb} {rest}"));
    };
    if why.closed > 0 {
        push("take", "takes", "tasks");
    }
    if !why.constraints.is_empty() {
        let texts: Vec<&str> = why.constraints.iter().map(|it| it.0.as_str()).collect();
        push("meet", "meets", &listed(&texts));
    }
    for (lack, _) in &why.lacks {
        match lack {
            Lack::Plugin { kind, name } => {
                push("have", "has", &format!("the {} plugin {name}", kind.to_lowercase()));
            }
            _ => push("are", "is", "what the image was built for"),
        }
    }
    all.dedup();
    listed(&all)
}

fn spread(it: &Spread) -> String {
    let value = |(value, tasks): (&String, &usize)| {
        let value = if value.is_empty() { "without it" } else { value.as_str() };
        format!("{value} {tasks}")
    };
    if it.values.len() == 1 {
        return format!("spread over {}, which is the same on all of them", it.label);
    }
    let mut values: Vec<String> = it.values.iter().take(VALUES).map(value).collect();
    if it.values.len() > VALUES {
        values.push(format!("{} more", it.values.len() - VALUES));
    }
    let least = it.values.values().min().copied().unwrap_or_default();
    let most = it.values.values().max().copied().unwrap_or_default();
    let why = match it.idle.as_slice() {
        [_, ..] if most > least + 1 => {
            let idle: Vec<&str> =
                it.idle.iter().map(|it| if it.is_empty() { "no label" } else { it }).collect();
            format!(
                " (Swarm deals a share to the nodes with {}, too, which may not run it, and hands \
                 it on unevenly)",
                listed(&idle)
            )
        }
        _ => String::new(),
    };
    format!("spread over {}: {}{why}", it.label, values.join(", "))
}
