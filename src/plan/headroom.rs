//! What would let an update end that waits without limit: each change tried out.

use crate::cluster::Cluster;
use crate::plan::deploy::Deploy;
use crate::plan::fix::{self, Fix, Remedy};
use crate::plan::place;
use crate::plan::service::Service;
use crate::plan::update::{self, Update};
use crate::rollout::DeadEndKind;
use crate::scheduler;
use crate::swarm::spec::{Mode, ServiceSpec, UpdateConfig};

/// The most other services that are made smaller.
const MOST_OTHERS: usize = 6;

/// What helps an update, and whether a smaller reservation in the new version would.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Help {
    pub(super) remedies: Vec<Remedy>,
    pub(super) less_is_no_help: bool,
}

/// Changes with which the update of a service ends, the smallest first.
pub(super) fn help(service: &Service, stuck: &Update, deploy: &Deploy) -> Help {
    let own = |change: &dyn Fn(&mut ServiceSpec)| {
        let mut spec = service.spec.clone();
        change(&mut spec);
        spec
    };
    let bench = Bench { service, deploy };
    let mut remedies = Vec::new();
    let mut offer = |fix: Option<Fix>| {
        remedies.extend(fix.map(|fix| Remedy { fix, leaves: 0 }));
    };
    let all = stuck.course.initial_running;
    if stuck.start_first {
        let spec = own(&|it| "stop-first".clone_into(&mut config(it).order));
        let least = bench.ends(&[&spec], None);
        offer(least.map(|least| Fix::StopFirst { least, of: all }));
    }
    if stuck.at_once > 1 {
        let spec = own(&|it| config(it).parallelism = 1);
        offer(bench.ends(&[&spec], None).map(|_| Fix::OneAtATime));
    }
    let is_full = stuck.dead_ends.iter().any(|it| it.kind == DeadEndKind::StartFirstMaxReplicas);
    if let Some(now) = max_replicas(service.spec).filter(|_| is_full) {
        let spec = own(&|it| {
            it.task_template.placement.get_or_insert_default().max_replicas = now + 1;
        });
        let ends = bench.ends(&[&spec], None);
        offer(ends.map(|_| Fix::MaxReplicas { now, least: now + 1 }));
    }
    if let Some(fewer) = fewer(service.spec) {
        let ends = bench.ends(&[&fewer], None);
        offer(ends.map(|_| Fix::Replicas { now: service.wanted(), most: service.wanted() - 1 }));
    }
    let others = deploy.wanted.iter().enumerate().filter(|(_, it)| it.name != service.name);
    let others = others.filter(|(_, it)| reserves(it)).take(MOST_OTHERS);
    for (index, other) in others {
        let Some(spec) = fewer(other) else { continue };
        let ends = bench.ends(&[&spec], None);
        let now = replicas(other).unwrap_or_default();
        offer(ends.map(|_| Fix::OtherReplicas { service: index, now, most: now - 1 }));
    }
    if let Some(like) = bench.largest() {
        let mut cluster = deploy.cluster.clone();
        cluster.nodes.push(fix::another(&deploy.cluster.nodes[like as usize], 1));
        let ends = bench.ends(&[], Some(&cluster));
        offer(ends.map(|_| Fix::Nodes { count: 1, like }));
    }
    let is_roomless = stuck.dead_ends.iter().any(|it| it.kind == DeadEndKind::StartFirstNoRoom);
    Help { remedies, less_is_no_help: is_roomless && bench.less().is_none() }
}

/// Whatever is tried out.
struct Bench<'b, 'a> {
    service: &'b Service<'a>,
    deploy: &'b Deploy<'b>,
}

impl Bench<'_, '_> {
    /// The fewest tasks that run, where the update ends with other specs or another cluster.
    fn ends(&self, others: &[&ServiceSpec], cluster: Option<&Cluster>) -> Option<u64> {
        self.played(others, cluster, |_| {})
    }

    /// The same where the new version reserves half as much.
    fn less(&self) -> Option<u64> {
        self.played(&[], None, |spec| {
            let resources = spec.task_template.resources.as_mut();
            if let Some(it) = resources.and_then(|it| it.reservations.as_mut()) {
                it.nano_cpus /= 2;
                it.memory_bytes /= 2;
            }
        })
    }

    fn played(
        &self,
        others: &[&ServiceSpec],
        cluster: Option<&Cluster>,
        change: impl Fn(&mut ServiceSpec),
    ) -> Option<u64> {
        let name = self.service.name;
        let cluster = cluster.unwrap_or(self.deploy.cluster);
        let is_deploy = self.service.change.as_ref().is_some_and(|it| it.replaced > 0);
        let mut own = self.service.spec.clone();
        change(&mut own);
        let changed = |it: &ServiceSpec| others.iter().copied().find(|other| other.name == it.name);
        let wanted: Vec<&ServiceSpec> = self
            .deploy
            .wanted
            .iter()
            .map(|it| match changed(it) {
                Some(other) => other,
                None if is_deploy && it.name == name => &own,
                None => it,
            })
            .collect();
        let Deploy { options, assumptions, .. } = *self.deploy;
        let placed = place::place(&wanted, cluster, options, assumptions);
        if placed.waiting(name) > 0 {
            return None;
        }
        let course = placed.timeline.as_ref().and_then(|it| it.course(name));
        if let Some(it) = course.filter(|it| it.update.is_some()) {
            return it.done_at.map(|_| it.min_running);
        }
        let specs = placed.specs();
        let schedule = scheduler::schedule(&specs, &placed.settled, options);
        let spec = wanted.iter().find(|it| it.name == name)?;
        let mut next = update::next(spec);
        if changed(spec).is_none() {
            change(&mut next);
        }
        let timeline = update::play_next(&placed.settled, &schedule, self.deploy, &next);
        let course = timeline.course(name)?;
        course.done_at.map(|_| course.min_running)
    }

    /// The largest of the nodes that run the service.
    fn largest(&self) -> Option<u32> {
        let nodes = &self.deploy.cluster.nodes;
        let runs = self.service.tasks.iter().filter_map(|it| it.node);
        runs.filter(|it| (*it as usize) < nodes.len()).max_by_key(|&it| {
            let node = &nodes[it as usize];
            let amount = |it: &Option<crate::source::Spanned<i64>>| {
                it.as_ref().map_or(i64::MAX, |it| it.value)
            };
            (amount(&node.memory_bytes), amount(&node.nano_cpus), std::cmp::Reverse(it))
        })
    }
}

fn config(spec: &mut ServiceSpec) -> &mut UpdateConfig {
    let usual = UpdateConfig { parallelism: 1, ..UpdateConfig::default() };
    spec.update_config.get_or_insert(usual)
}

fn max_replicas(spec: &ServiceSpec) -> Option<u64> {
    Some(spec.task_template.placement.as_ref()?.max_replicas).filter(|it| *it > 0)
}

fn reserves(spec: &ServiceSpec) -> bool {
    let reserved = spec.task_template.resources.as_ref().and_then(|it| it.reservations.as_ref());
    reserved.is_some_and(|it| it.nano_cpus > 0 || it.memory_bytes > 0)
}

fn replicas(spec: &ServiceSpec) -> Option<u64> {
    match &spec.mode {
        Mode::Replicated(it) => Some(it.replicas.unwrap_or(1)),
        _ => None,
    }
}

/// The service with a replica less; none where it has one only.
fn fewer(spec: &ServiceSpec) -> Option<ServiceSpec> {
    let now = replicas(spec).filter(|it| *it > 1)?;
    let mut spec = spec.clone();
    if let Mode::Replicated(it) = &mut spec.mode {
        it.replicas = Some(now - 1);
    }
    Some(spec)
}
