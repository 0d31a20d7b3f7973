//! The rules of the swarm once more, in the plainest way: what must hold of any placement.

use swarm_plan::cluster::{Availability, Cluster, Node, NodeStatus};
use swarm_plan::plan::{Plan, is_running};
use swarm_plan::scheduler::{Fate, Schedule, Task};
use swarm_plan::source::Named;
use swarm_plan::swarm::spec::{Mode, ServiceSpec};

/// Who runs where: the spec of each task on each node.
pub type Placed<'a> = Vec<(u32, &'a ServiceSpec)>;

/// The tasks that have a node in the end.
pub fn placed<'p>(plan: &'p Plan) -> Placed<'p> {
    let of = |it: &'p swarm_plan::plan::Service| {
        let own = it.tasks.iter().filter(|it| is_running(it));
        own.map(|task| (task.node.unwrap(), it.spec))
    };
    plan.services.iter().flat_map(of).collect()
}

/// Whether the node is one on which the task may be, whatever else runs there.
pub fn suits(spec: &ServiceSpec, node: &Node) -> bool {
    let takes =
        node.state.value == NodeStatus::Ready && node.availability.value == Availability::Active;
    takes && meets(spec, node) && runs(spec, node) && has_plugins(spec, node)
}

/// The constraints that the generator knows.
pub fn meets(spec: &ServiceSpec, node: &Node) -> bool {
    let placement = spec.task_template.placement.as_ref();
    placement.iter().flat_map(|it| &it.constraints).all(|text| {
        let (key, is_equal, value) = match (text.split_once("=="), text.split_once("!=")) {
            (Some((key, value)), _) => (key.trim(), true, value.trim()),
            (None, Some((key, value))) => (key.trim(), false, value.trim()),
            _ => panic!("{text}"),
        };
        let actual = match key {
            "node.role" => format!("{:?}", node.role.value),
            "node.hostname" => node.hostname.value.clone(),
            "node.platform.arch" => node.platform.clone().unwrap().arch,
            "node.labels.zone" => node.labels.get("zone").cloned().unwrap_or_default(),
            "node.labels.disk" => node.labels.get("disk").cloned().unwrap_or_default(),
            _ => panic!("{key}"),
        };
        (actual.to_lowercase() == value.to_lowercase()) == is_equal
    })
}

fn runs(spec: &ServiceSpec, node: &Node) -> bool {
    let Some(placement) = &spec.task_template.placement else { return true };
    let own = node.platform.as_ref().unwrap();
    let arch = match own.arch.as_str() {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    };
    let fits = |wanted: &str, own: &str| wanted.is_empty() || wanted == own;
    let mut platforms = placement.platforms.iter();
    placement.platforms.is_empty()
        || platforms.any(|it| fits(&it.os, &own.os) && fits(&it.architecture, arch))
}

fn has_plugins(spec: &ServiceSpec, node: &Node) -> bool {
    let mounts = spec.task_template.container_spec.mounts.iter();
    let mut drivers = mounts
        .filter_map(|it| Some(it.volume_options.as_ref()?.driver_config.as_ref()?.name.as_str()));
    drivers.all(|driver| {
        let plugins = node.plugins.iter().flatten();
        let mut volumes = plugins.filter(|it| it.kind == "Volume").map(|it| it.name.as_str());
        volumes.any(|it| it == driver || it == format!("{driver}:latest"))
    })
}

fn reserved(spec: &ServiceSpec) -> (i64, i64) {
    let resources = spec.task_template.resources.as_ref();
    let it = resources.and_then(|it| it.reservations.as_ref());
    it.map_or((0, 0), |it| (it.nano_cpus, it.memory_bytes))
}

fn host_ports(spec: &ServiceSpec) -> Vec<(String, u32)> {
    let ports = spec.endpoint_spec.iter().flat_map(|it| &it.ports);
    let host = ports.filter(|it| it.publish_mode == "host" && it.published_port > 0);
    host.map(|it| (it.protocol.clone(), it.published_port)).collect()
}

/// Whether one more task of the service has its place on the node.
pub fn has_room(spec: &ServiceSpec, at: u32, cluster: &Cluster, placed: &Placed) -> bool {
    let node = &cluster.nodes[at as usize];
    let there = || placed.iter().filter(|it| it.0 == at).map(|it| it.1);
    let (cpus, memory) = reserved(spec);
    let used = there().map(reserved).fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
    let fits = (cpus == 0 && memory == 0)
        || (used.0 + cpus <= node.nano_cpus.as_ref().unwrap().value
            && used.1 + memory <= node.memory_bytes.as_ref().unwrap().value);
    let most = spec.task_template.placement.as_ref().map_or(0, |it| it.max_replicas);
    let own = there().filter(|it| it.name == spec.name).count() as u64;
    let wanted = host_ports(spec);
    let is_free = !there().flat_map(host_ports).any(|it| wanted.contains(&it));
    fits && (most == 0 || own < most) && is_free
}

/// A service and its tasks, wherever they come from.
pub struct Seen<'a> {
    spec: &'a ServiceSpec,
    tasks: &'a [Task],
    message: Option<&'a str>,
    is_deployed: bool,
}

pub fn of_plan<'p>(plan: &'p Plan) -> Vec<Seen<'p>> {
    let seen = |it: &'p swarm_plan::plan::Service| Seen {
        spec: it.spec,
        tasks: &it.tasks,
        message: it.message.as_deref(),
        is_deployed: it.key.is_some(),
    };
    plan.services.iter().map(seen).collect()
}

pub fn of_schedule<'s>(schedule: &'s Schedule) -> Vec<Seen<'s>> {
    let seen = |it: &'s swarm_plan::scheduler::Scheduled| Seen {
        spec: it.spec,
        tasks: &it.tasks,
        message: it.message.as_deref(),
        is_deployed: it.is_deployed,
    };
    schedule.services.iter().map(seen).collect()
}

/// Checks every task; how many were placed, and how many wait.
pub fn check(services: &[Seen], cluster: &Cluster, seed: u64) -> (usize, usize) {
    // What ends still holds what it has.
    let ends = |it: &&Task| matches!(it.fate, Fate::Leaving | Fate::Removed);
    let stays = |it: &&Task| matches!(it.fate, Fate::Kept | Fate::Placed);
    let all = |which: &dyn Fn(&&Task) -> bool| -> Placed {
        let of = |it: &Seen<'_>| -> Vec<_> {
            it.tasks.iter().filter(which).map(|task| task.node.unwrap()).collect()
        };
        services.iter().flat_map(|it| of(it).into_iter().map(|node| (node, it.spec))).collect()
    };
    let (staying, ending) = (all(&stays), all(&ends));
    let (mut placed, mut waiting) = (0, 0);
    for service in services {
        let name = &service.spec.name;
        for task in service.tasks {
            match &task.fate {
                Fate::Placed => {
                    placed += 1;
                    let at = task.node.unwrap();
                    let suits = suits(service.spec, &cluster.nodes[at as usize]);
                    assert!(suits, "seed {seed}: {name} on n{at}");
                    let mut others = staying.clone();
                    let is_own = |it: &(u32, &ServiceSpec)| it.0 == at && it.1.name == *name;
                    others.remove(others.iter().position(is_own).unwrap());
                    let has_room = has_room(service.spec, at, cluster, &others);
                    assert!(has_room, "seed {seed}: {name} on n{at}, which is full");
                }
                Fate::Kept => {
                    let node = &cluster.nodes[task.node.unwrap() as usize];
                    let is_job = service.spec.mode.is_job();
                    assert!(is_job || !node.is_lost(), "seed {seed}: {name} stays on a lost node");
                }
                Fate::Pending(own) => {
                    waiting += 1;
                    let said = own.as_deref().or(service.message).unwrap_or_default();
                    assert!(!said.is_empty(), "seed {seed}: {name} waits without a word");
                    let nodes = task.node.map_or(0..cluster.nodes.len() as u32, |it| it..it + 1);
                    let mut there = staying.clone();
                    there.extend(ending.iter().filter(|it| it.1.name != *name));
                    for at in nodes {
                        let suits = suits(service.spec, &cluster.nodes[at as usize]);
                        let takes = suits && has_room(service.spec, at, cluster, &there);
                        let own = ending.iter().any(|it| it.0 == at && it.1.name == *name);
                        assert!(!takes || own, "seed {seed}: {name} waits; n{at} would take it");
                    }
                }
                Fate::Leaving | Fate::Removed | Fate::Replaced | Fate::Ended => {}
            }
        }
        count(service, cluster, seed);
    }
    (placed, waiting)
}

/// A service has as many tasks as it is to have, running or waiting.
fn count(service: &Seen, cluster: &Cluster, seed: u64) {
    let name = &service.spec.name;
    let is_wanted = |it: &&Task| matches!(it.fate, Fate::Kept | Fate::Placed | Fate::Pending(_));
    let counted = service.tasks.iter().filter(is_wanted).count();
    match &service.spec.mode {
        Mode::Replicated(it) if it.replicas.unwrap_or(1) != counted as u64 => {
            // What is never restarted is lost with its node.
            let policy = service.spec.task_template.restart_policy.as_ref();
            let is_lost = service.tasks.iter().any(|it| it.fate == Fate::Leaving);
            let stays = policy.is_some_and(|it| it.condition == "none") && is_lost;
            assert!(stays, "seed {seed}: {name} has {counted} of {:?}", it.replicas);
        }
        Mode::Global(_) if service.is_deployed => {
            let is_active = |it: &Node| it.availability.value == Availability::Active;
            let wants = |it: &&Named<Node>| {
                is_active(it) && it.state.value != NodeStatus::Down && meets(service.spec, it)
            };
            let wanted = cluster.nodes.iter().filter(wants).count();
            let paused = service.tasks.iter().filter(|it| it.fate == Fate::Kept).filter(|it| {
                let node = &cluster.nodes[it.node.unwrap() as usize];
                node.availability.value == Availability::Pause
            });
            let not_restarted = service.tasks.iter().filter(|it| it.fate == Fate::Ended).count();
            assert_eq!(counted - paused.count() + not_restarted, wanted, "seed {seed}: {name}");
        }
        _ => {}
    }
}
