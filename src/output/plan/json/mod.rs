//! JSON for machines: `swarm-plan/plan/1`, as in `schemas/plan.schema.json`. Fields are only ever
//! added.

mod failure;
mod limits;
mod node;
mod pending;
mod placement;
mod update;

use std::io;

use serde::Serialize;
use termcolor::WriteColor;

use crate::output::plan::json::failure::Failure;
use crate::output::plan::json::limits::{Addresses, Capacity, Quorum};
use crate::output::plan::json::node::Node;
use crate::output::plan::json::pending::Pending;
use crate::output::plan::json::placement::{Leaving, Service, Task};
use crate::output::plan::json::update::Update;
use crate::output::plan::words;
use crate::plan::{self, Plan};

#[derive(Serialize)]
struct Printed<'a> {
    schema: &'static str,
    version: &'static str,
    stack: &'a str,
    summary: Summary<'a>,
    placement: Vec<Task<'a>>,
    leaving: Vec<Leaving<'a>>,
    services: Vec<Service<'a>>,
    pending: Vec<Pending<'a>>,
    order: Option<Order<'a>>,
    nodes: Vec<Node<'a>>,
    /// What would happen when the tasks of a service are replaced.
    update: Vec<Update<'a>>,
    jobs: Vec<Job<'a>>,
    assumptions: Assumptions,
    failures: Vec<Failure<'a>>,
    /// How many losses were not looked at, the cluster being large.
    failures_left_out: usize,
    /// What happens to the nodes that `--down` and `--drain` name.
    what_if: Option<Failure<'a>>,
    quorum: Quorum<'a>,
    addresses: Vec<Addresses<'a>>,
    capacity: Vec<Capacity<'a>>,
    /// What the settings want and the plan does not hold, in words.
    breaches: Vec<String>,
}

#[derive(Serialize)]
struct Summary<'a> {
    /// `good`; `doubtful`: with luck, or until it is updated; `bad`.
    verdict: &'static str,
    /// The verdict in words.
    text: &'a str,
    causes: Vec<Cause<'a>>,
    /// Whether everything that the plan promises holds.
    succeeds: bool,
    tasks: usize,
    pending: usize,
    /// Whether only one of the possible courses was looked at, the cluster being large.
    abridged: bool,
    /// What was not simulated for that, in words.
    left_out: Option<String>,
}

/// Something that speaks against a plan.
#[derive(Serialize)]
struct Cause<'a> {
    verdict: &'static str,
    text: &'a str,
}

/// How long containers are taken to need in an update.
#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the unit belongs to the name")]
struct Assumptions {
    pull_ms: u64,
    start_ms: u64,
    /// From the signal.
    stop_ms: u64,
    /// From a task's end being ordered until the signal, where it is in a network.
    withdrawal_ms: u64,
    /// For a job's task to do its work.
    work_ms: u64,
}

/// How a job would go.
#[derive(Serialize)]
struct Job<'a> {
    service: &'a str,
    at_once: u64,
    total: u64,
    completed: u64,
    /// Null where some of its tasks never find a node.
    duration_ms: Option<u64>,
}

/// Orders of deploying services that Docker may as well draw.
#[derive(Serialize)]
struct Order<'a> {
    better: Vec<&'a str>,
    better_pending: usize,
    worse: Vec<&'a str>,
    worse_pending: usize,
    /// The services of which tasks wait in the worse order.
    waiting: Vec<&'a str>,
    /// How many orders were tried.
    tried: usize,
    /// How many of them leave more tasks waiting than the better one.
    failing: usize,
    /// Whether equal nodes were drawn by lot as well.
    luck: bool,
    /// All of it in words.
    text: String,
    /// What would make the order matter no more, in words.
    remedies: Vec<String>,
}

pub(super) fn write(plan: &Plan, out: &mut dyn WriteColor) -> io::Result<()> {
    with(plan, |printed| serde_json::to_writer_pretty(&mut *out, printed))?;
    writeln!(out)
}

/// The same as a value.
pub(in crate::output) fn value(plan: &Plan) -> serde_json::Value {
    with(plan, |printed| serde_json::to_value(printed).unwrap_or_default())
}

fn with<T>(plan: &Plan, work: impl FnOnce(&Printed) -> T) -> T {
    let names = |them: &[usize]| them.iter().map(|it| plan.services[*it].name).collect();
    let order = plan.order.as_ref().map(|it| Order {
        better: names(&it.better),
        better_pending: it.better_pending,
        worse: names(&it.worse),
        worse_pending: it.worse_pending,
        waiting: it.waiting.iter().map(|it| plan.services[it.0].name).collect(),
        tried: it.tried,
        failing: it.failing,
        luck: it.is_luck,
        text: words::order(plan, it),
        remedies: plan.order_remedies.iter().map(|it| words::remedy(plan, it)).collect(),
    });
    let verdict = words::verdict(plan);
    let printed = Printed {
        schema: "swarm-plan/plan/1",
        version: env!("CARGO_PKG_VERSION"),
        stack: plan.stack,
        summary: Summary {
            verdict: verdict.mark.word(),
            text: &verdict.text,
            causes: verdict
                .causes
                .iter()
                .map(|(mark, text)| Cause { verdict: mark.word(), text })
                .collect(),
            succeeds: plan.succeeds(),
            tasks: plan.services.iter().map(|it| it.running() + it.waiting()).sum(),
            pending: plan.waiting(),
            abridged: plan.is_abridged,
            left_out: words::left_out(plan),
        },
        placement: placement::tasks(plan),
        leaving: placement::leaving(plan),
        services: placement::services(plan),
        pending: plan.pending.iter().map(|it| Pending::of(plan, it)).collect(),
        order,
        nodes: node::nodes(plan),
        update: plan.updates.iter().map(|it| update::update(plan, it)).collect(),
        jobs: (plan.jobs.iter())
            .map(|it| Job {
                service: plan.services[it.service].name,
                at_once: it.at_once,
                total: it.total,
                completed: it.completed,
                duration_ms: it.done_at,
            })
            .collect(),
        assumptions: Assumptions {
            pull_ms: plan.assumptions.pull,
            start_ms: plan.assumptions.start,
            stop_ms: plan.assumptions.stop,
            withdrawal_ms: plan::WITHDRAWAL,
            work_ms: plan.assumptions.work,
        },
        failures: plan.failures.iter().map(|it| Failure::of(plan, it)).collect(),
        failures_left_out: plan.failures_left_out,
        what_if: plan.what_if.as_ref().map(|it| Failure::of(plan, it)),
        quorum: limits::quorum(plan),
        addresses: plan.addresses.iter().map(limits::addresses).collect(),
        capacity: plan.capacities.iter().map(|it| limits::capacity(plan, it)).collect(),
        breaches: plan.breaches.iter().map(|it| words::breach(plan, it)).collect(),
    };
    work(&printed)
}
