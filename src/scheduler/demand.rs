//! What the tasks of a service ask of a node.

use crate::scheduler::preference::Preference;
use crate::scheduler::volumes::VolumeUse;
use crate::swarm::spec::{PortConfig, Reservations, ServiceSpec, TaskSpec};
use crate::value::constraint::{self, Constraint};
use std::collections::BTreeMap;

/// Drivers of networks by the network's name or id.
pub type NetworkDrivers = BTreeMap<String, String>;

/// What one task of a service needs, taken out of its spec.
#[derive(Clone, Debug, Default)]
pub struct Demand<'a> {
    pub service: &'a str,
    /// Billionths of a processor.
    pub nano_cpus: i64,
    pub memory_bytes: i64,
    pub generic: Vec<GenericDemand<'a>>,
    pub volume_drivers: Vec<&'a str>,
    pub network_drivers: Vec<&'a str>,
    pub log_driver: Option<&'a str>,
    /// Empty where one of them cannot be read: the manager refuses such a service.
    pub constraints: Vec<Constraint>,
    pub platforms: Vec<(&'a str, &'a str)>,
    pub host_ports: Vec<HostPort>,
    /// 0 is no limit.
    pub max_replicas: u64,
    pub preferences: Vec<Preference<'a>>,
    pub volumes: Vec<VolumeUse<'a>>,
}

/// So many of a kind of resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GenericDemand<'a> {
    pub kind: &'a str,
    /// None asks for one by its name, which no node can give.
    pub count: Option<i64>,
}

/// A port of the node itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HostPort {
    /// `tcp`, `udp`, `sctp`.
    pub transport: &'static str,
    pub port: u32,
}

impl<'a> Demand<'a> {
    /// `networks` says which driver a network has; `overlay` where it does not.
    pub fn of(spec: &'a ServiceSpec, networks: &'a NetworkDrivers) -> Self {
        let task = &spec.task_template;
        let reserved = task.resources.as_ref().and_then(|it| it.reservations.as_ref());
        let placement = task.placement.as_ref();
        let constraints = placement.map_or(&[][..], |it| &it.constraints);
        // One that cannot be read switches the filter off.
        let constraints: Result<Vec<_>, _> =
            constraints.iter().map(|it| constraint::parse(it)).collect();
        let platforms = placement.map_or(&[][..], |it| &it.platforms);
        let preferences = placement.map_or(&[][..], |it| &it.preferences);
        let ports = spec.endpoint_spec.as_ref().map_or(&[][..], |it| &it.ports);
        Self {
            service: &spec.name,
            nano_cpus: reserved.map_or(0, |it| it.nano_cpus),
            memory_bytes: reserved.map_or(0, |it| it.memory_bytes),
            generic: reserved.map(generic).unwrap_or_default(),
            volume_drivers: volume_drivers(task),
            network_drivers: network_drivers(spec, networks),
            log_driver: task
                .log_driver
                .as_ref()
                .map(|it| it.name.as_str())
                .filter(|it| !it.is_empty() && *it != "none"),
            constraints: constraints.unwrap_or_default(),
            platforms: platforms
                .iter()
                .map(|it| (it.os.as_str(), it.architecture.as_str()))
                .collect(),
            host_ports: ports.iter().filter_map(host_port).collect(),
            max_replicas: placement.map_or(0, |it| it.max_replicas),
            preferences: preferences
                .iter()
                .filter_map(|it| Preference::read(&it.spread.as_ref()?.spread_descriptor))
                .collect(),
            volumes: volumes(task),
        }
    }

    /// Whether anything is kept for each task.
    pub fn reserves(&self) -> bool {
        self.nano_cpus != 0 || self.memory_bytes != 0 || !self.generic.is_empty()
    }
}

fn generic(reserved: &Reservations) -> Vec<GenericDemand<'_>> {
    let asked = reserved.generic_resources.iter();
    asked
        .filter_map(|it| match (&it.named_resource_spec, &it.discrete_resource_spec) {
            (Some(it), _) => Some(GenericDemand { kind: &it.kind, count: None }),
            (None, Some(it)) => Some(GenericDemand { kind: &it.kind, count: Some(it.value) }),
            (None, None) => None,
        })
        .collect()
}

fn volume_drivers(task: &TaskSpec) -> Vec<&str> {
    let mounts = task.container_spec.mounts.iter();
    mounts
        .filter(|it| it.kind == "volume")
        .filter_map(|it| it.volume_options.as_ref()?.driver_config.as_ref())
        .map(|it| it.name.as_str())
        .filter(|it| !matches!(*it, "" | "local"))
        .collect()
}

fn network_drivers<'a>(spec: &'a ServiceSpec, networks: &'a NetworkDrivers) -> Vec<&'a str> {
    let driver = |name: &str| match (networks.get(name), name) {
        (Some(driver), _) => driver.as_str(),
        (None, "host") => "host",
        (None, "bridge") => "bridge",
        (None, "none") => "null",
        (None, _) => "overlay",
    };
    let attached = spec.task_template.networks.iter().map(|it| driver(&it.target));
    let endpoint = spec.endpoint_spec.as_ref();
    let has_ports = endpoint.is_some_and(|it| it.ports.iter().any(PortConfig::is_ingress));
    // The routing mesh is a network of its own.
    let ingress = has_ports && endpoint.is_some_and(|it| it.mode != "dnsrr");
    let mut drivers: Vec<_> = attached.chain(ingress.then_some("overlay")).collect();
    drivers.retain(|it| !it.is_empty());
    drivers.sort_unstable();
    drivers.dedup();
    drivers
}

fn host_port(port: &PortConfig) -> Option<HostPort> {
    let is_fixed = !port.is_ingress() && port.published_port != 0;
    is_fixed.then(|| HostPort { transport: port.transport(), port: port.published_port })
}

fn volumes(task: &TaskSpec) -> Vec<VolumeUse<'_>> {
    let mounts = task.container_spec.mounts.iter();
    let mounts = mounts.filter(|it| it.kind == "cluster");
    mounts.map(|it| VolumeUse { source: &it.source, read_only: it.read_only }).collect()
}
