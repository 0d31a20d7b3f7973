//! A task: what runs, where it may run, and when it is started again.

use crate::swarm::spec::{ContainerSpec, Map, Resources, is_empty};
use serde::{Deserialize, Serialize};

/// The template that all tasks of a service are made from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct TaskSpec {
    pub container_spec: ContainerSpec,
    #[serde(skip_serializing_if = "is_empty")]
    pub resources: Option<Resources>,
    #[serde(skip_serializing_if = "is_empty")]
    pub restart_policy: Option<RestartPolicy>,
    #[serde(skip_serializing_if = "is_empty")]
    pub placement: Option<Placement>,
    #[serde(skip_serializing_if = "is_empty")]
    pub networks: Vec<NetworkAttachment>,
    #[serde(skip_serializing_if = "is_empty")]
    pub log_driver: Option<Driver>,
    /// Counts forced updates: another number replaces all tasks.
    pub force_update: u64,
    /// What runs the task; empty and `container` are the same.
    #[serde(skip_serializing_if = "is_empty")]
    pub runtime: String,
}

/// When a task that ended is started again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct RestartPolicy {
    /// `none`, `on-failure` or `any`; empty is `any`.
    #[serde(skip_serializing_if = "is_empty")]
    pub condition: String,
    /// The Engine waits five seconds where it is absent.
    #[serde(skip_serializing_if = "is_empty")]
    pub delay: Option<i64>,
    #[serde(skip_serializing_if = "is_empty")]
    pub max_attempts: Option<u64>,
    #[serde(skip_serializing_if = "is_empty")]
    pub window: Option<i64>,
}

/// Which nodes may run a task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct Placement {
    #[serde(skip_serializing_if = "is_empty")]
    pub constraints: Vec<String>,
    #[serde(skip_serializing_if = "is_empty")]
    pub preferences: Vec<Preference>,
    /// The most tasks of the service on one node; 0 is no limit.
    #[serde(skip_serializing_if = "is_empty")]
    pub max_replicas: u64,
    /// What the image was built for, where a registry told.
    #[serde(skip_serializing_if = "is_empty")]
    pub platforms: Vec<Platform>,
}

/// A wish for how tasks are spread.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct Preference {
    pub spread: Option<SpreadOver>,
}

/// Spread evenly over the values of one property of nodes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct SpreadOver {
    /// Such as `node.labels.zone`.
    pub spread_descriptor: String,
}

/// Hardware and operating system; an empty text stands for any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct Platform {
    #[serde(skip_serializing_if = "is_empty")]
    pub architecture: String,
    #[serde(rename = "OS", skip_serializing_if = "is_empty")]
    pub os: String,
}

/// A network that every task joins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct NetworkAttachment {
    /// The network's name when sent, its id when inspected.
    #[serde(skip_serializing_if = "is_empty")]
    pub target: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub aliases: Vec<String>,
    #[serde(skip_serializing_if = "is_empty")]
    pub driver_opts: Map,
}

/// A driver and its options: of a log, a secret or a template.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct Driver {
    #[serde(skip_serializing_if = "is_empty")]
    pub name: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub options: Map,
}
