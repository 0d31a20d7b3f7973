//! What `docker stack deploy` sends to the Engine, in the Engine API's own form: comparable, and
//! the same JSON value in and out. What Go leaves out when empty is left out here too.
//!
//! Durations are nanoseconds and sizes are bytes. Words that the Engine does not check, such as a
//! port's mode, stay the text that was sent. Unknown fields are passed over, so that what
//! `docker service inspect` prints as `Spec` reads as well.

mod container;
mod data;
mod mount;
mod network;
mod object;
mod privileges;
mod reference;
mod resources;
mod service;
mod task;
mod update;

#[cfg(test)]
mod tests;

pub use container::{ContainerSpec, DnsConfig, HealthConfig, Ulimit};
pub use data::Data;
pub use mount::{
    BindOptions, ClusterOptions, ImageOptions, Mount, TmpfsOptions, VolumeDriver, VolumeOptions,
};
pub use network::{ConfigFrom, Ipam, IpamConfig, NetworkSpec};
pub use object::{ConfigSpec, SecretSpec};
pub use privileges::{AppArmor, CredentialSpec, Privileges, SeLinuxContext, Seccomp};
pub use reference::{ConfigReference, FileTarget, RuntimeTarget, SecretReference};
pub use resources::{
    DiscreteResource, GenericResource, Limit, NamedResource, Reservations, Resources,
};
pub use service::{
    EndpointSpec, GlobalMode, JobMode, Mode, PortConfig, ReplicatedMode, ServiceSpec,
};
pub use task::{
    Driver, NetworkAttachment, Placement, Platform, Preference, RestartPolicy, SpreadOver, TaskSpec,
};
pub use update::UpdateConfig;

use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// Keys and values without an order of their own: labels, options, sysctls.
pub type Map = BTreeMap<String, String>;

/// Everything one deploy of a stack sends.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Specs {
    /// By the service's name in the stack file.
    #[serde(deserialize_with = "nullable")]
    pub services: BTreeMap<String, ServiceSpec>,
    /// Networks to create where they are missing, by their real name.
    #[serde(deserialize_with = "nullable")]
    pub networks: BTreeMap<String, NetworkSpec>,
    /// Real names of the networks that must exist already, sorted.
    #[serde(deserialize_with = "nullable")]
    pub external_networks: Vec<String>,
    /// Secrets to create or update, sorted by name.
    #[serde(deserialize_with = "nullable")]
    pub secrets: Vec<SecretSpec>,
    /// Configs to create or update, sorted by name.
    #[serde(deserialize_with = "nullable")]
    pub configs: Vec<ConfigSpec>,
}

/// Whether Go's `omitempty` would leave the value out.
fn is_empty<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Reads `null`, which Go writes for maps and lists that were never made, as an empty one.
fn nullable<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}
