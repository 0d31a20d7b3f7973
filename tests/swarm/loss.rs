//! Where tasks go when a node is lost, and that nothing moves back when it returns.

use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use swarm_plan::cluster::NodeStatus;
use swarm_plan::scheduler::{self, Options};
use swarm_plan::swarm::spec::ServiceSpec;

use crate::conformance::Tally;
use crate::support::root;
use crate::swarm::case::{Case, How, Kind, Lost};
use crate::swarm::docker::{Swarm, list, text};
use crate::swarm::inventory;
use crate::swarm::outcome::{self, Outcomes};
use crate::swarm::planned::Plan;
use crate::swarm::stack::{self, Stack};

#[test]
#[ignore = "needs a real swarm: bash tests/swarm/lab.sh test"]
fn lost_nodes_are_replaced_as_the_plan_says() {
    let swarm = Swarm::of_the_lab();
    let mut tally = Tally::default();
    for case in Case::all(Kind::Loss) {
        let start = Instant::now();
        one(&swarm, &case, &mut tally);
        println!("{}: {:.1} s", case.name, start.elapsed().as_secs_f32());
        swarm.reset();
    }
    tally.finish();
}

fn one(swarm: &Swarm, case: &Case, tally: &mut Tally) {
    let (name, lost) = (&case.name, case.setup.lost.as_ref().unwrap());
    swarm.deploy(name, &case.stack()).unwrap();
    swarm.settled();
    let inventory = inventory::of(swarm);
    let plan = Plan::of(name, &case.stack(), &inventory, &["--down", &lost.node]);
    let before = outcomes(swarm, &plan);
    let kept = plan.outcomes();
    tally.count("swarm: plans of what runs already", name, kept == before, || {
        format!("\n    Swarm: {before:?}\n    plan:  {kept:?}")
    });
    lab(&[if lost.how == How::Killed { "kill" } else { "cut" }, &lost.node[1..]]);
    swarm.wait_for(4);
    swarm.settled();
    let after = outcomes(swarm, &plan);
    let planned = without(&plan, &before);
    let stack = Stack::read(name, &case.stack());
    let may_be = may_be(&after, &stack, &inventory, lost);
    let kind = if after == planned { "as planned" } else { "by another lot" };
    tally.count(&format!("swarm: losses, {kind}"), name, may_be.is_ok(), || {
        let others: Vec<_> = may_be.unwrap_err().iter().map(|it| format!("{it:?}")).collect();
        let others = others.join("\n           ");
        format!("\n    Swarm: {after:?}\n    plan:  {planned:?}\n    or:    {others}")
    });
    lab(&[if lost.how == How::Killed { "start" } else { "join" }, &lost.node[1..]]);
    swarm.wait_for(5);
    sleep(Duration::from_secs(2));
    swarm.settled();
    let mut again = outcomes(swarm, &plan);
    let mut expected = after;
    for service in list(&plan.0["services"]).filter(|it| it["mode"] == "global") {
        let service = text(&service["name"]);
        // What belongs to a node comes with it.
        expected.insert(service.clone(), before[&service].clone());
    }
    // A task that found no node may find one now.
    for service in expected.iter().filter(|it| !it.1.pending.is_empty()).map(|it| it.0) {
        again.insert(service.clone(), expected[service].clone());
    }
    tally.count("swarm: nothing moves back", name, again == expected, || {
        format!("\n    Swarm: {again:?}\n    expected: {expected:?}")
    });
}

fn outcomes(swarm: &Swarm, plan: &Plan) -> Outcomes {
    let names: Vec<String> = list(&plan.0["services"]).map(|it| text(&it["name"])).collect();
    outcome::real(names.iter().map(String::as_str), &swarm.tasks())
}

/// What the plan leaves once the node is lost.
fn without(plan: &Plan, before: &Outcomes) -> Outcomes {
    let mut left = before.clone();
    for it in list(&plan.0["what_if"]["moves"]) {
        let outcome = left.get_mut(&text(&it["service"])).unwrap();
        let from = outcome.nodes.get_mut(&text(&it["from"])).unwrap();
        *from -= 1;
        match it["outcome"].as_str().unwrap() {
            "moved" => *outcome.nodes.entry(text(&it["to"])).or_default() += 1,
            "pending" => *outcome.pending.entry(text(&it["message"])).or_default() += 1,
            _ => {}
        }
    }
    for outcome in left.values_mut() {
        outcome.nodes.retain(|_, count| *count > 0);
    }
    left
}

fn may_be(
    wanted: &Outcomes,
    stack: &Stack,
    inventory: &str,
    lost: &Lost,
) -> Result<(), Vec<Outcomes>> {
    let mut cluster = stack::cluster(inventory);
    let node = cluster.node(&lost.node).unwrap();
    cluster.nodes[node].value.state.value = NodeStatus::Down;
    let services: Vec<&ServiceSpec> = stack.specs.services.values().collect();
    let options = Options {
        networks: scheduler::network_drivers(&stack.specs, &cluster),
        ..Options::default()
    };
    outcome::may_be(wanted, &services, &cluster, &options)
}

/// Does something to a node of the lab.
fn lab(args: &[&str]) {
    let script = root().join("tests/swarm/lab.sh");
    let status = Command::new("bash").arg(Path::new(&script)).args(args).status().unwrap();
    assert!(status.success(), "lab.sh {args:?}");
}
