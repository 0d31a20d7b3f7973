//! Addresses of overlay networks: each task takes one, each service one for itself, each node that
//! runs a task one for its load balancer. What an update replaces holds two for a while.

use crate::cluster::{Cluster, Network};
use crate::plan::service::{Service, is_running};
use crate::plan::subnet::{self, Subnet};
use crate::scheduler::Schedule;
use crate::source::Named;
use crate::swarm::spec::{PortConfig, ServiceSpec, Specs};
use std::collections::{BTreeMap, BTreeSet};

/// The name of the routing mesh's network.
pub const INGRESS: &str = "ingress";

/// The addresses of one overlay network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addresses {
    /// The network's real name.
    pub name: String,
    /// Places of the attached services in the plan's list.
    pub services: Vec<usize>,
    /// As written, such as `10.5.0.0/24`; none where Swarm chooses it.
    pub subnet: Option<String>,
    /// How many there are to give; none where the subnet cannot be read.
    pub size: Option<u64>,
    /// One for each task, pending or not.
    pub tasks: u64,
    /// One for each service that has a virtual address.
    pub services_with_address: u64,
    /// One for each node that runs a task of the network.
    pub nodes: u64,
    /// How many more are needed while all services of the stack are updated at once.
    pub surge: u64,
}

impl Addresses {
    /// Taken when nothing is updated.
    pub fn used(&self) -> u64 {
        self.tasks + self.services_with_address + self.nodes
    }

    /// Left when nothing is updated; none where the size is not known.
    pub fn free(&self) -> Option<u64> {
        Some(self.size?.saturating_sub(self.used()))
    }

    /// Whether tasks stay `New` without a word, because there is no address for them.
    pub fn is_exhausted(&self) -> bool {
        self.size.is_some_and(|it| self.used() > it)
    }

    /// Whether an update waits for addresses.
    pub fn is_short_in_update(&self) -> bool {
        self.size.is_some_and(|it| self.used() + self.surge > it)
    }
}

/// The addresses of every overlay network that a service of the stack is attached to.
pub(super) fn addresses(services: &[Service], specs: &Specs, cluster: &Cluster) -> Vec<Addresses> {
    let stack = services.iter().filter(|it| it.key.is_some());
    let names: BTreeSet<&str> = stack.flat_map(|it| networks(it.spec)).collect();
    names.into_iter().filter_map(|it| network(it, services, specs, cluster)).collect()
}

/// The same for services as they are scheduled, with nothing settled.
pub fn addresses_of(schedule: &Schedule, specs: &Specs, cluster: &Cluster) -> Vec<Addresses> {
    let keys: BTreeMap<&str, &str> =
        specs.services.iter().map(|(key, it)| (it.name.as_str(), key.as_str())).collect();
    let services = schedule.services.iter().map(|it| {
        let key = keys.get(it.name).copied().filter(|_| it.is_deployed);
        Service { key, ..Service::of(it, it.spec) }
    });
    addresses(&services.collect::<Vec<_>>(), specs, cluster)
}

/// The networks of a service; the routing mesh is one of them.
fn networks(spec: &ServiceSpec) -> impl Iterator<Item = &str> {
    let attached = spec.task_template.networks.iter().map(|it| it.target.as_str());
    let endpoint = spec.endpoint_spec.as_ref().filter(|it| it.mode != "dnsrr");
    let is_published = endpoint.is_some_and(|it| it.ports.iter().any(PortConfig::is_ingress));
    attached.chain(is_published.then_some(INGRESS))
}

fn network(
    name: &str,
    services: &[Service],
    specs: &Specs,
    cluster: &Cluster,
) -> Option<Addresses> {
    let found: Option<&Named<Network>> =
        cluster.networks.iter().flatten().find(|it| it.name.value == name);
    let made = specs.networks.get(name);
    // A network that exists is never changed by a deploy.
    let driver = match (found, made) {
        (Some(it), _) => it.driver.value.as_str(),
        (None, Some(it)) => it.driver.as_str(),
        (None, None) if ["host", "bridge", "none"].contains(&name) => name,
        (None, None) => "overlay",
    };
    if !matches!(driver, "" | "overlay") {
        return None;
    }
    let subnets = match (found, made) {
        (Some(it), _) => it.subnet.iter().filter_map(|it| Subnet::of(&it.value)).collect(),
        (None, Some(it)) => subnet::of_network(it),
        (None, None) => Vec::new(),
    };
    let default = u32::from(cluster.settings.subnet_size.as_ref().map_or(24, |it| it.value));
    let size = if subnets.is_empty() {
        subnet::addresses(default)
    } else {
        subnets.iter().map(|it| it.size).sum()
    };
    let subnet = subnets.first().map(|it| it.text.clone());
    let mut it = Addresses { name: name.to_owned(), subnet, size, ..Addresses::default() };
    let mut nodes: BTreeSet<u32> = BTreeSet::new();
    for (index, service) in services.iter().enumerate() {
        if networks(service.spec).any(|it| it == name) {
            it.add(index, service);
            nodes.extend(service.tasks.iter().filter(|it| is_running(it)).filter_map(|it| it.node));
        }
    }
    // The routing mesh is on every node.
    it.nodes = if name == INGRESS { cluster.nodes.len() } else { nodes.len() } as u64;
    Some(it)
}

impl Addresses {
    fn add(&mut self, index: usize, service: &Service) {
        let tasks = (service.running() + service.waiting()) as u64;
        self.services.push(index);
        self.tasks += tasks;
        let endpoint = service.spec.endpoint_spec.as_ref();
        self.services_with_address += u64::from(endpoint.is_none_or(|it| it.mode != "dnsrr"));
        if service.key.is_some() && !service.spec.mode.is_job() {
            let at_once = service.spec.update_config.as_ref().map_or(1, |it| it.parallelism);
            self.surge += if at_once == 0 { tasks } else { at_once.min(tasks) };
        }
    }
}
