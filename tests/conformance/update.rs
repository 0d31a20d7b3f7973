//! How the real managers and agents roll an update out: our course is one of theirs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::{Map, Value, json};
use swarm_plan::cluster::TaskState;
use swarm_plan::rollout::{
    self, Action, Behaviour, Containers, Course, Event, Fault, FaultKind, Scenario, Step, Timeline,
    UpdateState, What,
};
use swarm_plan::scheduler::NetworkDrivers;
use swarm_plan::swarm::spec::ServiceSpec;
use swarm_plan::value::duration;

use crate::conformance::{Tally, folder, placement};

#[test]
fn conformance_update() {
    let mut files: Vec<_> =
        fs::read_dir(folder().join("update")).unwrap().map(|it| it.unwrap().path()).collect();
    files.retain(|it| it.extension().is_some_and(|it| it == "json"));
    files.sort();
    let mut tally = Tally::default();
    for file in files {
        let case: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        judge(&file.file_stem().unwrap().to_string_lossy(), &case, &mut tally);
    }
    tally.finish();
}

fn judge(name: &str, case: &Value, tally: &mut Tally) {
    let (doc, oracle) = (&case["input"], &case["oracle"]);
    let timeline = play(doc);
    let own: Map<String, Value> =
        timeline.services.iter().map(|it| (it.service.clone(), summary(it))).collect();
    let own = Value::Object(own);
    let recorded = oracle["summary"].as_array().unwrap();
    tally.count("update", name, recorded.contains(&own), || {
        let recorded: Vec<_> = recorded.iter().map(ToString::to_string).collect();
        format!("\n    here:  {own}\n    Swarm: {}", recorded.join("\n           "))
    });
    // Where the figures are the same every time the course is too, but for slots and nodes.
    if recorded.len() == 1 {
        let own = course(timeline.events.iter().filter_map(|it| line(&timeline, it)));
        let outcomes = oracle["outcomes"].as_array().unwrap();
        let lines = |it: &Value| {
            course(placement::list(&it["order"]).map(|it| it.as_str().unwrap().to_owned()))
        };
        let agrees = outcomes.iter().any(|it| lines(it) == own);
        tally.count("update: order of events", name, agrees, || {
            let first = lines(&outcomes[0]);
            let missing: Vec<_> = first.difference(&own).collect();
            let extra: Vec<_> = own.difference(&first).collect();
            format!("\n    only in Swarm: {missing:#?}\n    only here: {extra:#?}")
        });
    }
}

fn summary(course: &Course) -> Value {
    let (mut states, mut images) = (BTreeMap::<String, u64>::new(), BTreeMap::<_, u64>::new());
    for (state, image) in &course.last {
        *states.entry(state.as_str().to_uppercase()).or_default() += 1;
        *images.entry(image.to_string()).or_default() += 1;
    }
    let update = course.update.clone().unwrap_or_default();
    let task = update.task.map(|_| "<task>").unwrap_or_default();
    json!({
        "end_running": course.end_running,
        "final_images": images,
        "final_states": states,
        "initial_running": course.initial_running,
        "max_running": course.max_running,
        "max_tasks_alive": course.max_alive,
        "min_running": course.min_running,
        "ms_below_initial": course.below_initial,
        "tasks_created": course.tasks_created,
        "update_done_ms": course.done_at,
        "update_message": format!("{}{task}", update.message),
        "update_state": update.state.to_string(),
    })
}

/// An event as the recording writes it; none where it leaves it out.
fn line(timeline: &Timeline, event: &Event) -> Option<String> {
    let service = event.service.map(|it| timeline.services[it as usize].service.clone());
    let service = service.unwrap_or_default();
    let task = event.task.map(|it| timeline.name(it)).unwrap_or_default();
    let word = |it: TaskState| it.as_str().to_uppercase();
    let what = match &event.what {
        What::Step(step) => format!("step {service} {step}"),
        What::Refused(words) => format!("rejected {service} {words}"),
        What::Update(status) => {
            let task = status.task.map(|_| "<task>").unwrap_or_default();
            format!("update_status {service} {} ({}{task})", status.state, status.message)
        }
        What::Created(desired) => {
            let image = &timeline.tasks[event.task? as usize].image;
            format!("create {task} {image} desired={}", word(*desired))
        }
        What::Wanted(from, to) => format!("desired {task} {}->{}", word(*from), word(*to)),
        What::State(_, TaskState::Preparing | TaskState::Starting, ..) => return None,
        What::State(_, TaskState::Assigned, ..) => format!("state {task} ASSIGNED"),
        What::State(_, to, _, "") => format!("state {task} {}", word(*to)),
        What::State(_, to, _, error) => format!("state {task} {} err={error}", word(*to)),
        What::Waits(message) => format!("err {task} {message}"),
        What::Deleted => format!("delete {task}"),
    };
    Some(format!("{} {what}", event.at))
}

/// The events of each task, whichever slot it has and wherever it runs: a set of courses of slots,
/// and the events of the whole.
fn course(lines: impl Iterator<Item = String>) -> BTreeSet<(String, usize)> {
    let mut slots: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in lines {
        let words = line.split(" node=").next().unwrap();
        let task = words.split(' ').find(|it| it.contains('#'));
        let (slot, number) = task.and_then(|it| it.split_once('#')).unwrap_or_default();
        let what = task.map_or(words.to_owned(), |it| words.replace(it, number));
        slots.entry(slot.to_owned()).or_default().insert(what);
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for lines in slots.into_values() {
        let mut lines: Vec<(u64, String)> = lines
            .into_iter()
            .map(|it| (it.split(' ').next().unwrap().parse().unwrap(), it))
            .collect();
        lines.sort();
        let lines: Vec<String> = lines.into_iter().map(|it| it.1).collect();
        *counts.entry(lines.join("\n")).or_default() += 1;
    }
    counts.into_iter().collect()
}

fn play(doc: &Value) -> Timeline {
    let cluster = placement::cluster(doc);
    let services: Vec<ServiceSpec> = placement::list(&doc["services"]).map(service).collect();
    let specs: Vec<ServiceSpec> =
        placement::list(&doc["steps"]).map(|it| service(&it["spec"])).collect();
    let network = |it: &Value| (placement::text(&it["name"]), placement::text(&it["driver"]));
    let networks: NetworkDrivers = placement::list(&doc["networks"]).map(network).collect();
    let step = |(it, spec)| step(it, spec);
    let scenario = Scenario {
        cluster: &cluster,
        services: services.iter().collect(),
        tasks: rollout::listed(&cluster),
        others: Vec::new(),
        networks: &networks,
        containers: containers(&doc["agent"]),
        steps: placement::list(&doc["steps"]).zip(&specs).map(step).collect(),
        until: millis(&doc["until"]).unwrap(),
    };
    let timeline = rollout::play(&scenario);
    assert!(timeline == rollout::play(&scenario), "the same scenario, another timeline");
    assert!(timeline.events.is_sorted_by_key(|it| it.at));
    let over = |it: &Course| it.update.as_ref().is_some_and(|it| it.state != UpdateState::Updating);
    assert!(timeline.services.iter().all(|it| !over(it) || it.stuck.is_empty()));
    timeline
}

fn step<'a>(doc: &'a Value, spec: &'a ServiceSpec) -> Step<'a> {
    let service = doc["service"].as_str().unwrap_or_default();
    let action = match doc["action"].as_str().unwrap() {
        "update" => Action::Update(service, spec),
        "rollback" => Action::Rollback(service),
        "create" => Action::Create(spec),
        "remove" => Action::Remove(service),
        "node" => Action::Node(Box::new(placement::node(&doc["node"]))),
        "remove-node" => Action::RemoveNode(node_name(&doc["node"])),
        other => panic!("{other}"),
    };
    Step { at: millis(&doc["at"]).unwrap_or_default(), action }
}

fn node_name(doc: &Value) -> &str {
    doc["id"].as_str().or(doc.as_str()).unwrap()
}

fn millis(doc: &Value) -> Option<u64> {
    Some(duration::parse(doc.as_str()?).unwrap() as u64 / 1_000_000)
}

fn containers(doc: &Value) -> Containers {
    let behaviour = |it: &Value, usual: Behaviour| Behaviour {
        prepare: millis(&it["prepare"]).unwrap_or(usual.prepare),
        start: millis(&it["start"]).unwrap_or(usual.start),
        stop: millis(&it["stop"]).unwrap_or(usual.stop),
        fault: it["fail"].as_str().map(|kind| Fault {
            kind: match kind {
                "reject" => FaultKind::Reject,
                "start" => FaultKind::Start,
                "crash" => FaultKind::Crash,
                "complete" => FaultKind::Complete,
                "hang" => FaultKind::Hang,
                other => panic!("{other}"),
            },
            after: millis(&it["fail_after"]).unwrap_or_default(),
            first: it["fail_first"].as_u64(),
        }),
    };
    let usual = behaviour(doc, Behaviour::default());
    let images = doc["images"].as_object().into_iter().flatten();
    let images = images.map(|(image, it)| (image.clone(), behaviour(it, usual)));
    Containers { usual, images: images.collect(), ..Containers::default() }
}

/// The keys of a service that are read one by one.
const KNOWN: &str = "name mode replicas max_concurrent total_completions image constraints \
                     preferences max_replicas_per_node platforms reservations limits ports \
                     endpoint_mode networks log_driver mounts update_config rollback_config \
                     restart_policy env labels container_labels stop_grace_period force_update \
                     registry_auth one_off";

/// The parts of a spec that matter to an update, besides those that matter to placement.
fn service(doc: &Value) -> ServiceSpec {
    if doc.is_null() {
        return ServiceSpec::default();
    }
    let nanos = |it: &Value| it.as_str().map(|it| duration::parse(it).unwrap());
    let update = |it: &Value| {
        it.as_object()?;
        Some(json!({
            "Parallelism": it["parallelism"].as_u64().unwrap_or(1),
            "Delay": nanos(&it["delay"]).unwrap_or_default(),
            "FailureAction": placement::text(&it["failure_action"]),
            "Monitor": nanos(&it["monitor"]).unwrap_or_default(),
            "MaxFailureRatio": it["max_failure_ratio"].as_f64().unwrap_or_default(),
            "Order": placement::text(&it["order"]),
        }))
    };
    let policy = |it: &Value| {
        it.as_object()?;
        Some(json!({
            "Condition": placement::text(&it["condition"]),
            "Delay": nanos(&it["delay"]),
            "MaxAttempts": it["max_attempts"],
            "Window": nanos(&it["window"]),
        }))
    };
    let mut spec = serde_json::to_value(placement::service(doc)).unwrap();
    spec["UpdateConfig"] = json!(update(&doc["update_config"]));
    spec["RollbackConfig"] = json!(update(&doc["rollback_config"]));
    let task = &mut spec["TaskTemplate"];
    task["RestartPolicy"] = json!(policy(&doc["restart_policy"]));
    task["ForceUpdate"] = json!(doc["force_update"].as_u64().unwrap_or_default());
    let container = &mut task["ContainerSpec"];
    container["StopGracePeriod"] = json!(nanos(&doc["stop_grace_period"]));
    // Whatever else there is belongs to the container: here it only has to make a difference.
    let others =
        doc.as_object().unwrap().iter().filter(|it| !KNOWN.split(' ').any(|known| known == it.0));
    let others = others.map(|(key, it)| (key.clone(), json!(it.to_string())));
    let labels = doc["container_labels"].as_object().cloned().unwrap_or_default();
    container["Labels"] = labels.into_iter().chain(others).collect();
    serde_json::from_value(spec).unwrap()
}
