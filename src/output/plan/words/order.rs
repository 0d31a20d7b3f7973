//! Whether the order of deploying the services matters, in words.

use crate::output::plan::amount::count;
use crate::output::plan::text::listed;
use crate::plan::Plan;
use crate::scheduler::OrderMatters;

/// How many orders leave tasks waiting, and of which services.
pub(in crate::output::plan) fn order(plan: &Plan, it: &OrderMatters) -> String {
    let names: Vec<&str> = it.waiting.iter().map(|it| plan.services[it.0].name).collect();
    let (tried, failing) = (it.tried, it.failing);
    let fail = if failing == 1 { "leaves" } else { "leave" };
    let what = if it.is_luck { "draws of order and equal nodes" } else { "orders" };
    let more = if it.better_pending > 0 { "more tasks" } else { "tasks" };
    format!(
        "Docker deploys services in random order, and here the order matters: of {tried} {what} \
         tried, {failing} {fail} {more} of {} pending",
        listed(&names)
    )
}

/// One order that fails, and one that does not.
pub(in crate::output::plan) fn orders(plan: &Plan, it: &OrderMatters) -> [String; 2] {
    let names = |them: &[usize]| {
        them.iter().map(|it| plan.services[*it].name).collect::<Vec<_>>().join(" → ")
    };
    let line = |order: &[usize], pending: usize| {
        let pending = if pending == 0 { "nothing".to_owned() } else { count(pending, "task") };
        format!("{} leaves {pending} pending", names(order))
    };
    [line(&it.worse, it.worse_pending), line(&it.better, it.better_pending)]
}
