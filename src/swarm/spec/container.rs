//! The container that a task runs.

use crate::swarm::spec::{
    ConfigReference, Map, Mount, Privileges, SecretReference, is_empty, nullable,
};
use serde::{Deserialize, Serialize};

/// What a container is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct ContainerSpec {
    #[serde(skip_serializing_if = "is_empty")]
    pub image: String,
    #[serde(skip_serializing_if = "is_empty", deserialize_with = "nullable")]
    pub labels: Map,
    /// Replaces the image's entry point.
    #[serde(skip_serializing_if = "is_empty")]
    pub command: Vec<String>,
    /// Replaces the image's command.
    #[serde(skip_serializing_if = "is_empty")]
    pub args: Vec<String>,
    #[serde(skip_serializing_if = "is_empty")]
    pub hostname: String,
    /// `NAME=value`, or `NAME` to take a variable of the image away.
    #[serde(skip_serializing_if = "is_empty")]
    pub env: Vec<String>,
    /// The working directory.
    #[serde(skip_serializing_if = "is_empty")]
    pub dir: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub user: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub groups: Vec<String>,
    #[serde(skip_serializing_if = "is_empty")]
    pub privileges: Option<Privileges>,
    #[serde(skip_serializing_if = "is_empty")]
    pub init: Option<bool>,
    #[serde(skip_serializing_if = "is_empty")]
    pub stop_signal: String,
    #[serde(rename = "TTY", skip_serializing_if = "is_empty")]
    pub tty: bool,
    #[serde(skip_serializing_if = "is_empty")]
    pub open_stdin: bool,
    #[serde(skip_serializing_if = "is_empty")]
    pub read_only: bool,
    #[serde(skip_serializing_if = "is_empty")]
    pub mounts: Vec<Mount>,
    /// Between the stop signal and the kill.
    #[serde(skip_serializing_if = "is_empty")]
    pub stop_grace_period: Option<i64>,
    #[serde(skip_serializing_if = "is_empty")]
    pub healthcheck: Option<HealthConfig>,
    /// Lines of the container's hosts file: `IP NAME`.
    #[serde(skip_serializing_if = "is_empty")]
    pub hosts: Vec<String>,
    #[serde(rename = "DNSConfig", skip_serializing_if = "is_empty")]
    pub dns_config: Option<DnsConfig>,
    #[serde(skip_serializing_if = "is_empty")]
    pub secrets: Vec<SecretReference>,
    #[serde(skip_serializing_if = "is_empty")]
    pub configs: Vec<ConfigReference>,
    #[serde(skip_serializing_if = "is_empty")]
    pub isolation: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub sysctls: Map,
    #[serde(skip_serializing_if = "is_empty")]
    pub capability_add: Vec<String>,
    #[serde(skip_serializing_if = "is_empty")]
    pub capability_drop: Vec<String>,
    #[serde(skip_serializing_if = "is_empty")]
    pub ulimits: Vec<Ulimit>,
    #[serde(skip_serializing_if = "is_empty")]
    pub oom_score_adj: i64,
}

/// How the Engine finds out whether a container is well; 0 takes the image's or Docker's default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct HealthConfig {
    /// `CMD` or `CMD-SHELL` and what to run, or `NONE`; empty takes the image's.
    #[serde(skip_serializing_if = "is_empty")]
    pub test: Vec<String>,
    #[serde(skip_serializing_if = "is_empty")]
    pub interval: i64,
    #[serde(skip_serializing_if = "is_empty")]
    pub timeout: i64,
    #[serde(skip_serializing_if = "is_empty")]
    pub start_period: i64,
    #[serde(skip_serializing_if = "is_empty")]
    pub start_interval: i64,
    #[serde(skip_serializing_if = "is_empty")]
    pub retries: i64,
}

/// Who answers the container's name look-ups.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct DnsConfig {
    #[serde(skip_serializing_if = "is_empty")]
    pub nameservers: Vec<String>,
    #[serde(skip_serializing_if = "is_empty")]
    pub search: Vec<String>,
    #[serde(skip_serializing_if = "is_empty")]
    pub options: Vec<String>,
}

/// A limit of the kernel for one process.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct Ulimit {
    pub name: String,
    pub hard: i64,
    pub soft: i64,
}
