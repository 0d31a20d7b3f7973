//! Where the tasks are when nothing moves any more: tasks that are removed leave room for others.

use crate::cluster::Cluster;
use crate::plan::deploy::{self, Befores, Deploy};
use crate::plan::service::{Change, Service, is_pending};
use crate::plan::settle;
use crate::plan::update::Assumptions;
use crate::rollout::{Effect, Timeline};
use crate::scheduler::{self, Fate, Options, Schedule};
use crate::swarm::spec::ServiceSpec;
use std::collections::BTreeMap;

/// The services with their tasks, and the cluster as it is then.
pub(super) struct Placed<'a> {
    pub(super) services: Vec<Service<'a>>,
    pub(super) settled: Cluster,
    /// What ran before of the services that are deployed.
    pub(super) befores: Befores,
    /// How the deploy goes, where it replaces any task.
    pub(super) timeline: Option<Timeline>,
}

impl Placed<'_> {
    /// The specs of all services, in order.
    pub(super) fn specs(&self) -> Vec<&ServiceSpec> {
        self.services.iter().map(|it| it.spec).collect()
    }

    /// How many nodes and tasks there are.
    pub(super) fn size(&self) -> usize {
        self.settled.nodes.len() + self.services.iter().map(|it| it.tasks.len()).sum::<usize>()
    }

    /// How many tasks of the service find no node.
    pub(super) fn waiting(&self, name: &str) -> usize {
        self.services.iter().find(|it| it.name == name).map_or(0, Service::waiting)
    }
}

/// Deploys the services, and lets removed tasks make room for those that wait.
pub(super) fn place<'a>(
    wanted: &[&'a ServiceSpec],
    cluster: &'a Cluster,
    options: &Options,
    assumptions: Assumptions,
) -> Placed<'a> {
    let befores = deploy::befores(wanted, cluster);
    let kept = |it: &&'a ServiceSpec| {
        let is_refused = befores.get(&it.name).is_some_and(|it| it.refused.is_some());
        let running = cluster.service(&it.name).filter(|_| is_refused);
        running.map_or(*it, |it| &it.value.spec)
    };
    let wanted: &[&ServiceSpec] = &wanted.iter().map(kept).collect::<Vec<_>>();
    let first = scheduler::schedule(wanted, cluster, options);
    let specs = specs(wanted, cluster);
    let mut services: Vec<Service<'a>> =
        first.services.iter().filter_map(|it| Some(Service::of(it, specs.get(it.name)?))).collect();
    for service in &mut services {
        service.change = befores.get(service.name).map(|it| Change {
            fields: it.fields.clone(),
            replaced: 0,
            refused: it.refused,
        });
    }
    let timeline = deploy::is_played(&befores, wanted, cluster).then(|| {
        let deploy = Deploy { wanted, befores: &befores, cluster, options, assumptions };
        let timeline = deploy.play(None, &deploy.containers());
        deploy::take_over(&mut services, &timeline, cluster);
        timeline
    });
    let old = timeline.as_ref().map(|it| old(it, &befores)).unwrap_or_default();
    let is_freed =
        |it: &Service| it.tasks.iter().any(|it| matches!(it.fate, Fate::Removed | Fate::Leaving));
    let mut settled = settle::after(&services, cluster, &old);
    if timeline.is_none()
        && services.iter().any(is_freed)
        && services.iter().any(|it| it.waiting() > 0)
    {
        let all: Vec<&ServiceSpec> = services.iter().map(|it| it.spec).collect();
        let second = scheduler::schedule(&all, &settled, options);
        take_over(&mut services, &second);
        settled = settle::after(&services, cluster, &old);
    }
    Placed { services, settled, befores, timeline }
}

/// Services of which most tasks are what they were, their update having come to a halt.
fn old<'b>(timeline: &Timeline, befores: &'b Befores) -> BTreeMap<&'b str, &'b ServiceSpec> {
    let mut old = BTreeMap::new();
    for course in &timeline.services {
        let current = course.left.iter().filter(|it| it.is_current).count();
        let Some((name, before)) = befores.get_key_value(&course.service) else { continue };
        if before.effect == Effect::Replace && current * 2 < course.left.len() {
            old.insert(name.as_str(), &before.spec);
        }
    }
    old
}

/// Specs by the service's name: those deployed win over those that run.
fn specs<'a>(
    wanted: &[&'a ServiceSpec],
    cluster: &'a Cluster,
) -> BTreeMap<&'a str, &'a ServiceSpec> {
    let running = cluster.services.iter().flatten();
    let running = running.map(|it| (it.name.value.as_str(), &it.value.spec));
    running.chain(wanted.iter().map(|it| (it.name.as_str(), *it))).collect()
}

/// Gives tasks that waited the place that they find in the end.
fn take_over(services: &mut [Service], second: &Schedule) {
    for (service, later) in services.iter_mut().zip(&second.services) {
        let mut found: BTreeMap<_, _> = BTreeMap::new();
        for task in later.tasks.iter().filter(|it| it.fate == Fate::Placed) {
            // Tasks of global services have no slot but a node.
            let node = task.node.filter(|_| task.slot.is_none());
            found.insert((task.slot, node), task);
        }
        for task in service.tasks.iter_mut().filter(|it| is_pending(it)) {
            if let Some(it) = found.remove(&(task.slot, task.node)) {
                task.clone_from(it);
            }
        }
        service.message.clone_from(&later.message);
    }
}

/// Notes which services Swarm may as well place otherwise.
pub(super) fn varies(
    wanted: &[&ServiceSpec],
    cluster: &Cluster,
    options: &Options,
    services: &mut [Service],
) {
    let schedule = scheduler::schedule(wanted, cluster, options);
    let varies = scheduler::varies(wanted, cluster, options, &schedule);
    for (service, varies) in services.iter_mut().zip(varies) {
        service.varies = varies;
    }
}
