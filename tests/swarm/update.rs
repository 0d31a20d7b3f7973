//! How updates go: the fewest tasks that run, how it ends, and with which versions.

use std::collections::BTreeMap;
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use swarm_plan::rollout::{self, Action, Behaviour, Containers, Course, Scenario, Step};
use swarm_plan::scheduler::{self, NetworkDrivers};
use swarm_plan::swarm::spec::ServiceSpec;

use crate::conformance::Tally;
use crate::swarm::case::{Case, Fault, Kind};
use crate::swarm::docker::{Swarm, Task, list, text};
use crate::swarm::inventory;
use crate::swarm::planned::{PULL, Plan, START, STOP};
use crate::swarm::stack::{self, Stack};

/// How one service's update went.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    /// Swarm's word, or none.
    state: String,
    /// Swarm's words without the task's id.
    message: String,
    /// The fewest running tasks at a time.
    min_running: u64,
    /// The images of the tasks that are wanted in the end.
    images: BTreeMap<String, u64>,
}

/// Tasks by node in the end.
type Nodes = BTreeMap<String, u64>;

/// How many updates go on at a time; none needs what another has.
const AT_ONCE: usize = 5;

#[test]
#[ignore = "needs a real swarm: bash tests/swarm/lab.sh test"]
fn updates_go_as_the_plan_says() {
    let swarm = Swarm::of_the_lab();
    let mut tally = Tally::default();
    for cases in Case::all(Kind::Update).chunks(AT_ONCE) {
        let start = Instant::now();
        for case in cases {
            swarm.deploy(&case.name, &case.before().unwrap()).unwrap();
        }
        swarm.settled();
        let inventory = inventory::of(&swarm);
        let real: Vec<(Seen, Nodes)> = thread::scope(|scope| {
            let watch = |case| {
                scope.spawn({
                    let swarm = &swarm;
                    move || watch(swarm, case)
                })
            };
            let watchers: Vec<_> = cases.iter().map(watch).collect();
            watchers.into_iter().map(|it| it.join().unwrap()).collect()
        });
        for (case, (real, nodes)) in cases.iter().zip(&real) {
            compare(case, real, &inventory, &mut tally);
            if case.setup.fault.is_none() {
                compare_deploy(case, real, nodes, &inventory, &mut tally);
            }
            print!("{} ", case.name);
        }
        println!("{:.1} s", start.elapsed().as_secs_f32());
        swarm.reset();
    }
    tally.finish();
}

fn compare(case: &Case, real: &Seen, inventory: &str, tally: &mut Tally) {
    let name = &case.name;
    let [before, after] = [case.before().unwrap(), case.stack()];
    let [old, new] = [&before, &after].map(|it| Stack::read(name, it));
    let here = played(case, &old, &new, inventory);
    tally.count("swarm: updates played through", name, *real == here, || {
        format!("\n    Swarm: {real:?}\n    here:  {here:?}")
    });
    // The plan says how another image would fare, one that is well or one that crashes.
    let [old, new] = [&old, &new].map(|it| it.specs.services.values().next().unwrap());
    let is_planned = case.setup.fault.as_ref().is_none_or(Fault::is_a_crash);
    if !is_planned || !is_another_image(old, new) {
        return;
    }
    let plan = Plan::of(name, &before, inventory, &[]);
    let update = list(&plan.0["update"]).find(|it| it["service"] == new.name.as_str()).unwrap();
    let said = if case.setup.fault.is_some() { &update["crash"] } else { update };
    let planned = (text(&said["state"]).to_lowercase(), said["min_running"].as_u64().unwrap());
    let seen = (real.state.clone(), real.min_running);
    tally.count("swarm: updates as planned", name, seen == planned, || {
        format!("\n    Swarm: {seen:?}\n    plan:  {planned:?}")
    });
    if let Some(planned) = said["old_running"].as_u64() {
        let image = &old.task_template.container_spec.image;
        let left = real.images.get(image).copied().unwrap_or_default();
        tally.count("swarm: tasks left as they were", name, left == planned, || {
            format!("\n    Swarm: {left}\n    plan:  {planned}")
        });
    }
}

/// What the plan of the new stack says, on an inventory that holds what runs.
fn compare_deploy(case: &Case, real: &Seen, nodes: &Nodes, inventory: &str, tally: &mut Tally) {
    let (name, service) = (&case.name, format!("{}_web", case.name));
    let plan = Plan::of(name, &case.stack(), inventory, &[]);
    let update = list(&plan.0["update"]).find(|it| it["service"] == service.as_str());
    let update = update.filter(|it| it["deploy"] == true);
    let placed = plan.outcomes().remove(&service).unwrap_or_default().nodes;
    // What changes no task is no update.
    let all: u64 = placed.values().sum();
    let planned = update.map_or_else(
        || (real.state.clone(), all),
        |it| (text(&it["state"]).to_lowercase(), it["min_running"].as_u64().unwrap()),
    );
    let seen = (real.state.clone(), real.min_running);
    tally.count("swarm: deploys over what runs, as planned", name, seen == planned, || {
        format!("\n    Swarm: {seen:?}\n    plan:  {planned:?}")
    });
    // The stacks that are updated at the same time decide which of equal nodes has fewer tasks, and
    // where lots are drawn, the number of tasks is all that is sure.
    let spread = |it: &Nodes| {
        let mut counts: Vec<u64> = it.values().copied().collect();
        counts.sort_unstable();
        counts
    };
    let is_same = spread(nodes) == spread(&placed)
        || plan.varies(&service) && nodes.values().sum::<u64>() == all;
    tally.count("swarm: tasks per node after deploys over what runs", name, is_same, || {
        format!("\n    Swarm: {nodes:?}\n    plan:  {placed:?}")
    });
}

/// Whether nothing but the image is another.
fn is_another_image(old: &ServiceSpec, new: &ServiceSpec) -> bool {
    let image = |it: &ServiceSpec| it.task_template.container_spec.image.clone();
    let mut same = new.clone();
    same.task_template.container_spec.image = image(old);
    // Docker's client writes the image down there.
    same.labels.clone_from(&old.labels);
    image(old) != image(new) && same == *old
}

/// For how long nothing may happen until an update is said to hang.
const PATIENCE: Duration = Duration::from_secs(10);
/// The same while some task is on its way, which takes long on a busy machine.
const MORE_PATIENCE: Duration = Duration::from_secs(30);

/// Updates the stack's only service, and looks on until that is over or nothing happens any more.
fn watch(swarm: &Swarm, case: &Case) -> (Seen, Nodes) {
    let service = &format!("{}_web", case.name);
    swarm.deploy(&case.name, &case.stack()).unwrap();
    let start = Instant::now();
    let mut min_running = u64::MAX;
    let (mut last, mut since) = (Vec::new(), Instant::now());
    loop {
        let status = swarm.get(&format!("/services/{service}"))["UpdateStatus"].clone();
        let mut tasks = swarm.tasks();
        tasks.retain(|it| it.service == *service);
        let running = tasks.iter().filter(|it| it.state == "running");
        min_running = min_running.min(running.count() as u64);
        let now: Vec<_> = tasks.iter().map(|it| (it.id.clone(), it.state.clone())).collect();
        if now != last {
            (last, since) = (now, Instant::now());
        }
        let patience = if tasks.iter().any(Task::is_on_its_way) { MORE_PATIENCE } else { PATIENCE };
        let state = text(&status["State"]);
        let over = ["completed", "paused", "rollback_completed", "rollback_paused"];
        if over.contains(&state.as_str()) || since.elapsed() > patience {
            let message = text(&status["Message"]);
            let message = match message.split_once(" of task ") {
                Some((before, _)) => format!("{before} of task "),
                None => message,
            };
            let mut images = BTreeMap::new();
            for task in tasks.iter().filter(|it| it.is_wanted()) {
                *images.entry(task.image.clone()).or_default() += 1;
            }
            let mut nodes = Nodes::new();
            let wanted = tasks.iter().filter(|it| it.is_wanted() && it.state != "pending");
            for node in wanted.filter_map(|it| it.node.clone()) {
                *nodes.entry(node).or_default() += 1;
            }
            return (Seen { state, message, min_running, images }, nodes);
        }
        assert!(start.elapsed() < Duration::from_secs(200), "the update goes on: {tasks:#?}");
        sleep(Duration::from_millis(60));
    }
}

/// The same update in virtual time.
fn played(case: &Case, old: &Stack, new: &Stack, inventory: &str) -> Seen {
    let cluster = stack::cluster(inventory);
    let networks: NetworkDrivers = scheduler::network_drivers(&new.specs, &cluster);
    let services: Vec<&ServiceSpec> = old.specs.services.values().collect();
    let spec = new.specs.services.values().next().unwrap();
    let usual = Behaviour { prepare: PULL, start: START, stop: STOP, fault: None };
    let fault = case.setup.fault.as_ref().map(|it| rollout::Fault {
        kind: it.kind.into(),
        after: it.after_ms,
        first: it.first,
    });
    let image = spec.task_template.container_spec.image.clone();
    let images = BTreeMap::from([(image, Behaviour { fault, ..usual })]);
    let containers = Containers { usual, images, ..Containers::default() };
    let play = |until: u64| -> Course {
        let timeline = rollout::play(&Scenario {
            cluster: &cluster,
            services: services.clone(),
            tasks: rollout::listed(&cluster),
            others: Vec::new(),
            networks: &networks,
            containers: containers.clone(),
            steps: vec![Step { at: 0, action: Action::Update(&spec.name, spec) }],
            until,
        });
        timeline.course(&spec.name).unwrap().clone()
    };
    let whole = play(120_000);
    // What follows once it is over is not looked at.
    let course = whole.done_at.map_or(whole.clone(), play);
    let update = course.update.unwrap_or_default();
    let mut images = BTreeMap::new();
    for (_, image) in &course.last {
        *images.entry(image.to_string()).or_default() += 1;
    }
    Seen {
        state: update.state.to_string().to_lowercase(),
        message: update.message,
        min_running: course.min_running,
        images,
    }
}
