//! What would give waiting tasks a node: the nearest changes, each tried out.

use crate::cluster::{Availability, Cluster, Node};
use crate::plan::pending::Reason;
use crate::plan::place;
use crate::plan::service::Service;
use crate::plan::update::Assumptions;
use crate::scheduler::{FILTERS, Lack, Options};
use crate::source::{Named, Place, Spanned};
use crate::swarm::spec::{Mode, Reservations, ServiceSpec};
use crate::value::constraint::{self, Key, Operator};

/// A change and what it leaves waiting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    pub fix: Fix,
    /// How many tasks of the service it leaves without a node.
    pub leaves: usize,
}

/// A change of the swarm or of the stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fix {
    /// Let the nodes take tasks again.
    Activate { nodes: Vec<u32> },
    /// Give nodes these labels.
    Label { nodes: Vec<u32>, labels: Vec<(String, String)> },
    /// Reserve no more than so many billionths of a processor for each task.
    Cpus { now: i64, most: i64 },
    /// Reserve no more than so many bytes for each task.
    Memory { now: i64, most: i64 },
    /// Let a node run so many tasks of the service.
    MaxReplicas { now: u64, least: u64 },
    /// Add nodes like one that is there.
    Nodes { count: usize, like: u32 },
    /// Run no more replicas than fit.
    Replicas { now: u64, most: u64 },
    /// Run fewer replicas of another service, by its place in the plan's list.
    OtherReplicas { service: usize, now: u64, most: u64 },
    /// Stop the old task before the new one starts; so many of all run then at least.
    StopFirst { least: u64, of: u64 },
    /// Replace one task at a time.
    OneAtATime,
    /// Keep another service off a node.
    KeepOff { service: usize, node: u32 },
    /// Reserve no more than so many billionths of a processor for each task of a service.
    CpusOf { service: usize, now: i64, most: i64 },
    /// Reserve no more than so many bytes for each task of a service.
    MemoryOf { service: usize, now: i64, most: i64 },
    /// Deploy a service before the others.
    DeployFirst { service: usize },
}

/// The most nodes that a fix changes or adds.
const MOST_NODES: usize = 5;

/// Whatever is tried out.
pub(super) struct Workshop<'t, 'a> {
    pub(super) wanted: &'t [&'a ServiceSpec],
    pub(super) cluster: &'a Cluster,
    pub(super) options: &'t Options,
    pub(super) assumptions: Assumptions,
}

impl Workshop<'_, '_> {
    /// What helps a service, the best first.
    pub(super) fn remedies(&self, service: &Service, reasons: &[Reason]) -> Vec<Remedy> {
        let mut found: Vec<Remedy> = Vec::new();
        let before = service.waiting();
        found.extend(self.activate(service, reasons));
        found.extend(self.label(service, reasons));
        found.extend(self.reserve(service, reasons));
        found.extend(self.max_replicas(service, reasons));
        found.extend(self.add(service, reasons));
        found.retain(|it| it.leaves < before);
        if let Mode::Replicated(_) = service.spec.mode {
            let (now, most) = (service.wanted(), service.running() as u64);
            if (1..now).contains(&most) && service.key.is_some() {
                found.push(Remedy { fix: Fix::Replicas { now, most }, leaves: 0 });
            }
        }
        found.sort_by_key(|it| it.leaves);
        found
    }

    /// How many tasks wait with another spec or cluster.
    fn try_out(&self, name: &str, spec: Option<&ServiceSpec>, cluster: &Cluster) -> usize {
        let wanted: Vec<&ServiceSpec> = self
            .wanted
            .iter()
            .map(|it| spec.filter(|spec| spec.name == it.name).unwrap_or(it))
            .collect();
        place::place(&wanted, cluster, self.options, self.assumptions).waiting(name)
    }

    fn activate(&self, service: &Service, reasons: &[Reason]) -> Option<Remedy> {
        let nodes = nodes_that_lack(reasons, |it| matches!(it, Lack::Active { .. }));
        self.change_nodes(service, &nodes, |node| {
            node.availability.value = Availability::Active;
        })
        .map(|(nodes, leaves)| Remedy { fix: Fix::Activate { nodes }, leaves })
    }

    fn label(&self, service: &Service, reasons: &[Reason]) -> Option<Remedy> {
        let is_label = |it: &Lack| matches!(it, Lack::Constraint { text } if label(text).is_some());
        let mut nodes = nodes_that_lack(reasons, is_label);
        let first = reasons.iter().find(|it| it.nodes.first() == nodes.first())?;
        let lacks = first.refusals.iter().flat_map(|it| &it.lacks);
        let labels: Vec<(String, String)> = lacks
            .filter_map(|it| if let Lack::Constraint { text } = it { label(text) } else { None })
            .collect();
        nodes.retain(|it| first.nodes.contains(it));
        // A label that means something else there is better left alone.
        let has = |it: &u32| {
            let node = &self.cluster.nodes[*it as usize];
            labels.iter().any(|(name, _)| node.labels.contains_key(name))
        };
        nodes.sort_by_key(|it| (has(it), *it));
        let (nodes, leaves) =
            self.change_nodes(service, &nodes, |node| node.labels.extend(labels.iter().cloned()))?;
        Some(Remedy { fix: Fix::Label { nodes, labels }, leaves })
    }

    /// Changes one node after the other until nothing waits.
    fn change_nodes(
        &self,
        service: &Service,
        nodes: &[u32],
        change: impl Fn(&mut Node),
    ) -> Option<(Vec<u32>, usize)> {
        let mut cluster = self.cluster.clone();
        let mut best = None;
        for (count, it) in nodes.iter().take(MOST_NODES).enumerate() {
            change(&mut cluster.nodes[*it as usize].value);
            let leaves = self.try_out(service.name, None, &cluster);
            if best.as_ref().is_none_or(|(_, least)| leaves < *least) {
                best = Some((nodes[..=count].to_vec(), leaves));
            }
            if leaves == 0 {
                break;
            }
        }
        best
    }

    /// The most that can be reserved so that everything fits.
    fn reserve(&self, service: &Service, reasons: &[Reason]) -> Vec<Remedy> {
        let resources = service.spec.task_template.resources.as_ref();
        let Some(reserved) = resources.and_then(|it| it.reservations.as_ref()) else {
            return Vec::new();
        };
        let lacks = || reasons.iter().flat_map(|it| &it.refusals).flat_map(|it| &it.lacks);
        let mut found = Vec::new();
        if lacks().any(|it| matches!(it, Lack::Cpus { .. })) {
            let set = |it: &mut Reservations, most| it.nano_cpus = most;
            let now = reserved.nano_cpus;
            if let Some(most) = self.most(service, now, 10_000_000, set) {
                found.push(Remedy { fix: Fix::Cpus { now, most }, leaves: 0 });
            }
        }
        if lacks().any(|it| matches!(it, Lack::Memory { .. })) {
            let set = |it: &mut Reservations, most| it.memory_bytes = most;
            let now = reserved.memory_bytes;
            if let Some(most) = self.most(service, now, 16 << 20, set) {
                found.push(Remedy { fix: Fix::Memory { now, most }, leaves: 0 });
            }
        }
        found
    }

    /// The greatest reservation, in steps, with which nothing waits; none where there is none.
    fn most(
        &self,
        service: &Service,
        now: i64,
        step: i64,
        set: impl Fn(&mut Reservations, i64),
    ) -> Option<i64> {
        let fits = |steps: i64| {
            let mut spec = service.spec.clone();
            let resources = spec.task_template.resources.as_mut();
            if let Some(it) = resources.and_then(|it| it.reservations.as_mut()) {
                set(it, steps * step);
            }
            self.try_out(service.name, Some(&spec), self.cluster) == 0
        };
        let (mut low, mut high) = (1, now / step);
        if high <= low || !fits(low) {
            return None;
        }
        while low + 1 < high {
            let middle = low + (high - low) / 2;
            if fits(middle) { low = middle } else { high = middle }
        }
        Some(low * step)
    }

    fn max_replicas(&self, service: &Service, reasons: &[Reason]) -> Option<Remedy> {
        let mut lacks = reasons.iter().flat_map(|it| &it.refusals).flat_map(|it| &it.lacks);
        let now = lacks.find_map(|it| match it {
            Lack::MaxReplicas { limit } => Some(*limit),
            _ => None,
        })?;
        let mut best: Option<Remedy> = None;
        for least in now + 1..=now.saturating_add(8).min(service.wanted()) {
            let mut spec = service.spec.clone();
            spec.task_template.placement.as_mut()?.max_replicas = least;
            let leaves = self.try_out(service.name, Some(&spec), self.cluster);
            if best.as_ref().is_none_or(|it| leaves < it.leaves) {
                best = Some(Remedy { fix: Fix::MaxReplicas { now, least }, leaves });
            }
            if leaves == 0 {
                break;
            }
        }
        best
    }

    /// Adds nodes like the largest of those that lack nothing but room.
    fn add(&self, service: &Service, reasons: &[Reason]) -> Option<Remedy> {
        let is_full = |it: &&Reason| it.refusals.iter().all(|it| FILTERS[it.filter].changes);
        let nodes = reasons.iter().filter(is_full).flat_map(|it| &it.nodes);
        let size = |it: &&u32| {
            let node = &self.cluster.nodes[**it as usize];
            let amount = |it: &Option<Spanned<i64>>| it.as_ref().map_or(i64::MAX, |it| it.value);
            (amount(&node.memory_bytes), amount(&node.nano_cpus), std::cmp::Reverse(**it))
        };
        let like = *nodes.max_by_key(size)?;
        let mut cluster = self.cluster.clone();
        let mut best: Option<Remedy> = None;
        for count in 1..=service.waiting().min(MOST_NODES) {
            cluster.nodes.push(another(&self.cluster.nodes[like as usize], count));
            let leaves = self.try_out(service.name, None, &cluster);
            if best.as_ref().is_none_or(|it| leaves < it.leaves) {
                best = Some(Remedy { fix: Fix::Nodes { count, like }, leaves });
            }
            if leaves == 0 {
                break;
            }
        }
        best
    }
}

/// The nodes that lack nothing else, and do lack it.
fn nodes_that_lack(reasons: &[Reason], is: impl Fn(&Lack) -> bool) -> Vec<u32> {
    let only = |it: &&Reason| {
        let mut lacks = it.refusals.iter().flat_map(|it| &it.lacks).peekable();
        lacks.peek().is_some() && lacks.all(&is)
    };
    reasons.iter().filter(only).flat_map(|it| it.nodes.iter().copied()).collect()
}

/// The label that meets a constraint.
fn label(text: &str) -> Option<(String, String)> {
    let it = constraint::parse(text).ok().filter(|it| it.operator == Operator::Equal)?;
    match it.key {
        Key::NodeLabel(name) => Some((name, it.value.text)),
        _ => None,
    }
}

/// A new node that is like one that is there.
pub(super) fn another(node: &Named<Node>, number: usize) -> Named<Node> {
    let name = Spanned::new(format!("new-{number}"), Place::default());
    let value = Node {
        id: name.clone(),
        hostname: name.clone(),
        address: Spanned::default(),
        ..node.value.clone()
    };
    Named { name, value }
}
