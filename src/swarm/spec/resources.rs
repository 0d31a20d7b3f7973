//! What a task may use at most, and what is kept free for it.

use crate::swarm::spec::is_empty;
use serde::{Deserialize, Serialize};

/// Limits and reservations of one task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct Resources {
    #[serde(skip_serializing_if = "is_empty")]
    pub limits: Option<Limit>,
    #[serde(skip_serializing_if = "is_empty")]
    pub reservations: Option<Reservations>,
}

/// The most that a task may use; 0 is no limit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct Limit {
    /// Billionths of a processor.
    #[serde(rename = "NanoCPUs", skip_serializing_if = "is_empty")]
    pub nano_cpus: i64,
    #[serde(skip_serializing_if = "is_empty")]
    pub memory_bytes: i64,
    #[serde(skip_serializing_if = "is_empty")]
    pub pids: i64,
}

/// What a node must have free to take a task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct Reservations {
    /// Billionths of a processor.
    #[serde(rename = "NanoCPUs", skip_serializing_if = "is_empty")]
    pub nano_cpus: i64,
    #[serde(skip_serializing_if = "is_empty")]
    pub memory_bytes: i64,
    #[serde(skip_serializing_if = "is_empty")]
    pub generic_resources: Vec<GenericResource>,
}

/// A resource that only the cluster's operator knows, such as a GPU: counted or named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct GenericResource {
    #[serde(skip_serializing_if = "is_empty")]
    pub named_resource_spec: Option<NamedResource>,
    #[serde(skip_serializing_if = "is_empty")]
    pub discrete_resource_spec: Option<DiscreteResource>,
}

/// One resource by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct NamedResource {
    #[serde(skip_serializing_if = "is_empty")]
    pub kind: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub value: String,
}

/// So many of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct DiscreteResource {
    #[serde(skip_serializing_if = "is_empty")]
    pub kind: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub value: i64,
}
