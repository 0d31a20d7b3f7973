//! A service: its name, how many tasks of what, and how it is reached.

use crate::swarm::spec::{Map, TaskSpec, UpdateConfig, is_empty, nullable};
use serde::{Deserialize, Serialize};

/// The body of service create and update.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct ServiceSpec {
    /// The real name: in a stack `STACK_SERVICE`.
    #[serde(skip_serializing_if = "is_empty")]
    pub name: String,
    /// Labels of the service itself; its containers have their own.
    #[serde(deserialize_with = "nullable")]
    pub labels: Map,
    pub task_template: TaskSpec,
    pub mode: Mode,
    #[serde(skip_serializing_if = "is_empty")]
    pub update_config: Option<UpdateConfig>,
    #[serde(skip_serializing_if = "is_empty")]
    pub rollback_config: Option<UpdateConfig>,
    #[serde(skip_serializing_if = "is_empty")]
    pub endpoint_spec: Option<EndpointSpec>,
}

/// How many tasks there are, and whether they are to end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    Replicated(ReplicatedMode),
    Global(GlobalMode),
    ReplicatedJob(JobMode),
    GlobalJob(GlobalMode),
}

impl Default for Mode {
    fn default() -> Self {
        Self::Replicated(ReplicatedMode::default())
    }
}

impl Mode {
    /// Whether tasks run to their end instead of for ever.
    pub fn is_job(&self) -> bool {
        matches!(self, Self::ReplicatedJob(_) | Self::GlobalJob(_))
    }
}

/// So many tasks, wherever they fit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct ReplicatedMode {
    /// The Engine makes one task where the number is absent.
    #[serde(skip_serializing_if = "is_empty")]
    pub replicas: Option<u64>,
}

/// One task on each node that is allowed; nothing to set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlobalMode {}

/// So many tasks that end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct JobMode {
    #[serde(skip_serializing_if = "is_empty")]
    pub max_concurrent: Option<u64>,
    #[serde(skip_serializing_if = "is_empty")]
    pub total_completions: Option<u64>,
}

/// How the service is found and reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct EndpointSpec {
    /// `vip` or `dnsrr`; the Engine takes everything but `dnsrr` for `vip`.
    #[serde(skip_serializing_if = "is_empty")]
    pub mode: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub ports: Vec<PortConfig>,
}

/// One published port.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct PortConfig {
    #[serde(skip_serializing_if = "is_empty")]
    pub name: String,
    /// `tcp`, `udp` or `sctp`; the Engine takes other words for `tcp`.
    #[serde(skip_serializing_if = "is_empty")]
    pub protocol: String,
    /// The port inside the container.
    #[serde(skip_serializing_if = "is_empty")]
    pub target_port: u32,
    /// The port outside; 0 lets Swarm choose.
    #[serde(skip_serializing_if = "is_empty")]
    pub published_port: u32,
    /// `ingress` or `host`; the Engine takes other words for `ingress`.
    #[serde(skip_serializing_if = "is_empty")]
    pub publish_mode: String,
}

impl PortConfig {
    /// Whether every node answers on the port; the Engine reads each word but `host` so.
    pub fn is_ingress(&self) -> bool {
        !self.publish_mode.eq_ignore_ascii_case("host")
    }

    /// The protocol as the Engine reads it: `tcp` unless it is another that it knows.
    pub fn transport(&self) -> &'static str {
        let known = ["udp", "sctp"].into_iter().find(|it| it.eq_ignore_ascii_case(&self.protocol));
        known.unwrap_or("tcp")
    }
}
