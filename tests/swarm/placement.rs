//! Where the tasks are, why others wait, and what arrived of the specs.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use serde_json::{Value, json};
use swarm_plan::scheduler::{self, Options};
use swarm_plan::swarm::spec::ServiceSpec;

use crate::conformance::Tally;
use crate::swarm::case::{Case, Kind};
use crate::swarm::docker::{Swarm, list};
use crate::swarm::outcome::{self, Outcome, Outcomes};
use crate::swarm::planned::Plan;
use crate::swarm::stack::{self, Stack};
use crate::swarm::{inventory, specs};

/// The stack that runs beside.
const BESIDE: &str = "beside";

#[test]
#[ignore = "needs a real swarm: bash tests/swarm/lab.sh test"]
fn tasks_go_where_the_plan_says() {
    let swarm = Swarm::of_the_lab();
    let mut tally = Tally::default();
    // What still holds something while it ends.
    let mut ending = Vec::new();
    for case in mixed(Case::all(Kind::Placement)) {
        let start = Instant::now();
        if case.needs_room() {
            swarm.wait_for_end_of(&ending);
            ending = vec![case.name.clone(), BESIDE.to_owned()];
        }
        one(&swarm, &case, &mut tally);
        println!("{}: {:.1} s", case.name, start.elapsed().as_secs_f32());
    }
    swarm.reset();
    tally.finish();
}

/// Those that need all room come apart from each other, so that none has to wait for long.
fn mixed(cases: Vec<Case>) -> Vec<Case> {
    let (needy, others): (Vec<_>, Vec<_>) = cases.into_iter().partition(Case::needs_room);
    let between = others.len().div_ceil(needy.len().max(1));
    let mut others = others.into_iter();
    let mut mixed = Vec::new();
    for case in needy {
        mixed.push(case);
        mixed.extend(others.by_ref().take(between));
    }
    mixed.extend(others);
    mixed
}

fn one(swarm: &Swarm, case: &Case, tally: &mut Tally) {
    let name = &case.name;
    swarm.set(&case.setup.nodes_before);
    if let Some(beside) = case.beside() {
        swarm.deploy(BESIDE, &beside).unwrap();
        swarm.settled();
    }
    if let Some(before) = case.before() {
        swarm.deploy(name, &before).unwrap();
        swarm.settled();
    }
    let back = case.setup.nodes_before.keys().map(|it| (it.clone(), "active".to_owned()));
    let mut nodes: BTreeMap<_, _> = back.collect();
    nodes.extend(case.setup.nodes.clone());
    swarm.set(&nodes);
    // A swarm where nothing runs is known well enough by its nodes, as Docker prints them.
    let is_fresh = case.before().is_none() && case.beside().is_none();
    let inventory = if is_fresh { swarm.nodes() } else { inventory::of(swarm) };
    let plan = Plan::of(name, &case.stack(), &inventory, &[]);
    if let Err(error) = swarm.deploy(name, &case.stack()) {
        tally.count("swarm: stacks", name, false, || error);
        swarm.clear();
        return;
    }
    let real = swarm.placed();
    let mut planned = plan.outcomes();
    let real = outcome::real(planned.keys().map(String::as_str), &real);
    outcome::turn_away(&mut planned, &real);
    let stack = Stack::read(name, &case.stack());
    for (kind, it) in [("stacks", &real), ("plans that may come true", &planned)] {
        let may_be = may_be(it, &stack, &inventory);
        tally.count(&format!("swarm: {kind}"), name, may_be.is_ok(), || {
            let others = may_be.unwrap_err();
            let others: Vec<_> = others.iter().map(|it| format!("{it:?}")).collect();
            let others = others.join("\n           ");
            format!("\n    Swarm: {real:?}\n    plan:  {planned:?}\n    or:    {others}")
        });
    }
    for (service, real) in &real {
        let planned = &planned[service];
        let varies = plan.varies(service);
        let kind = match (varies, real == planned) {
            (true, true) => "services with equals, as planned",
            (true, false) => "services with equals, by another lot",
            (false, _) => "services as planned",
        };
        tally.count(&format!("swarm: {kind}"), service, varies || real == planned, || {
            format!("\n    Swarm: {real:?}\n    plan:  {planned:?}")
        });
    }
    waiting(case, &plan, &real, tally);
    compare_specs(swarm, &stack, tally);
    swarm.clear();
}

/// The messages of tasks that wait, and how many do.
fn waiting(case: &Case, plan: &Plan, real: &Outcomes, tally: &mut Tally) {
    let count: u64 =
        real.values().map(|it| it.pending.values().sum::<u64>() + it.pending_on.len() as u64).sum();
    let (least, most) = plan.waiting();
    let is_told = (least..=most).contains(&count);
    // Where Swarm draws lots among equals, one that waits may be bad luck.
    let has_luck = |it: (&String, &Outcome)| it.1.pending.is_empty() || plan.varies(it.0);
    let kind = if is_told { "as told" } else { "by another lot" };
    let agrees = is_told || real.iter().all(has_luck);
    tally.count(&format!("swarm: tasks left waiting, {kind}"), &case.name, agrees, || {
        format!("{count} wait, here {least} to {most}")
    });
    if least != most {
        tally.count("swarm: orders that matter", &case.name, true, String::new);
    }
    let messages: BTreeSet<_> = real.values().flat_map(|it| it.pending.keys()).collect();
    let planned = plan.outcomes();
    let planned: BTreeSet<_> = planned.values().flat_map(|it| it.pending.keys()).collect();
    if is_told && least == most && !messages.is_empty() {
        let told = || format!("\n    Swarm: {messages:?}\n    plan:  {planned:?}");
        tally.count("swarm: messages, word for word", &case.name, messages == planned, told);
    }
}

fn may_be(wanted: &Outcomes, stack: &Stack, inventory: &str) -> Result<(), Vec<Outcomes>> {
    let cluster = stack::cluster(inventory);
    let services: Vec<&ServiceSpec> = stack.specs.services.values().collect();
    let options = Options {
        networks: scheduler::network_drivers(&stack.specs, &cluster),
        ..Options::default()
    };
    outcome::may_be(wanted, &services, &cluster, &options)
}

fn compare_specs(swarm: &Swarm, stack: &Stack, tally: &mut Tally) {
    let names = swarm.object_names();
    let arrived = swarm.get("/services");
    for spec in stack.specs.services.values() {
        let arrived = list(&arrived).find(|it| it["Spec"]["Name"] == spec.name.as_str()).unwrap();
        let found = specs::differences(&json!(spec), &arrived["Spec"], &names);
        tally.count("swarm: specs of services", &spec.name, found.is_empty(), || {
            format!("\n    {}", found.join("\n    "))
        });
    }
    let objects = |path: &str, name: &str| -> Option<Value> {
        list(&swarm.get(path)).map(|it| it["Spec"].clone()).find(|it| it["Name"] == name)
    };
    for spec in &stack.specs.configs {
        let found =
            specs::differences(&json!(spec), &objects("/configs", &spec.name).unwrap(), &names);
        tally.count("swarm: specs of configs", &spec.name, found.is_empty(), || {
            found.join("\n    ")
        });
    }
    for spec in &stack.specs.secrets {
        let mut sent = json!(spec);
        // Docker never gives a secret's content back.
        sent["Data"] = Value::Null;
        let found = specs::differences(&sent, &objects("/secrets", &spec.name).unwrap(), &names);
        tally.count("swarm: specs of secrets", &spec.name, found.is_empty(), || {
            found.join("\n    ")
        });
    }
}
