//! The stack as declared, typed, with a place for every value. An absent value and one that Go's
//! types cannot tell from an absent one are the same here.

use std::collections::BTreeMap;

use crate::source::{Named, Place, Spanned};
use crate::yaml::Node;

pub type Text = Spanned<String>;
pub type Texts = Vec<Spanned<String>>;
pub type Flag = Option<Spanned<bool>>;
/// Labels, options, sysctls: text by name.
pub type Labels = Vec<Named<Text>>;

/// One service.
#[derive(Clone, Debug, Default)]
pub struct Service {
    /// The service's mapping.
    pub place: Place,
    /// The keys that are written, whatever their value.
    pub keys: Vec<Text>,
    pub build: Option<Box<Build>>,
    pub cap_add: Texts,
    pub cap_drop: Texts,
    pub cgroupns_mode: Option<Text>,
    pub cgroup_parent: Option<Text>,
    /// Split as a shell would.
    pub command: Option<Texts>,
    pub configs: Vec<FileReference>,
    pub container_name: Option<Text>,
    pub credential_spec: Option<CredentialSpec>,
    pub depends_on: Texts,
    pub deploy: Option<Box<Deploy>>,
    pub devices: Texts,
    pub dns: Option<Texts>,
    pub dns_search: Option<Texts>,
    pub domainname: Option<Text>,
    pub entrypoint: Option<Texts>,
    pub environment: Vec<Variable>,
    pub env_file: Texts,
    pub expose: Texts,
    pub external_links: Texts,
    /// `host:address`
    pub extra_hosts: Texts,
    pub hostname: Option<Text>,
    pub healthcheck: Option<Healthcheck>,
    pub image: Option<Text>,
    pub init: Flag,
    pub ipc: Option<Text>,
    pub isolation: Option<Text>,
    pub labels: Labels,
    pub links: Texts,
    pub logging: Option<Logging>,
    pub mac_address: Option<Text>,
    pub network_mode: Option<Text>,
    pub networks: Vec<Named<Option<Attachment>>>,
    pub pid: Option<Text>,
    pub ports: Vec<Port>,
    pub privileged: Flag,
    pub read_only: Flag,
    pub restart: Option<Text>,
    pub secrets: Vec<FileReference>,
    pub security_opt: Texts,
    pub shm_size: Option<Text>,
    pub stdin_open: Flag,
    /// Nanoseconds.
    pub stop_grace_period: Option<Spanned<i64>>,
    pub stop_signal: Option<Text>,
    pub sysctls: Labels,
    pub tmpfs: Texts,
    pub tty: Flag,
    pub ulimits: Vec<Named<Ulimit>>,
    pub user: Option<Text>,
    pub userns_mode: Option<Text>,
    pub volumes: Vec<Mount>,
    pub working_dir: Option<Text>,
    pub extras: Vec<Named<Node>>,
}

impl Service {
    /// The place of a key that is written.
    pub fn key(&self, key: &str) -> Option<Place> {
        self.keys.iter().find(|it| it.value == key).map(|it| it.place)
    }
}

/// `build`, which Swarm ignores.
#[derive(Clone, Debug, Default)]
pub struct Build {
    pub context: Option<Text>,
    pub dockerfile: Option<Text>,
    pub args: Vec<Variable>,
    pub labels: Labels,
    pub cache_from: Texts,
    pub extra_hosts: Texts,
    pub network: Option<Text>,
    pub target: Option<Text>,
}

/// An environment variable or a build argument; no value means that the shell's is wanted.
#[derive(Clone, Debug, Default)]
pub struct Variable {
    pub name: Text,
    pub value: Option<Text>,
    /// The entry as a whole: in list form `NAME=value`, else the value.
    pub place: Place,
    /// Whether the value was taken from the process environment.
    pub from_shell: bool,
    /// The number of the env file in `env_file` that brought it.
    pub env_file: Option<usize>,
}

#[derive(Clone, Debug, Default)]
pub struct CredentialSpec {
    pub place: Place,
    pub config: Option<Text>,
    pub file: Option<Text>,
    pub registry: Option<Text>,
}

/// A secret or a config as a service uses it.
#[derive(Clone, Debug, Default)]
pub struct FileReference {
    pub place: Place,
    /// The key under `secrets` or `configs`.
    pub source: Option<Text>,
    pub target: Option<Text>,
    pub uid: Option<Text>,
    pub gid: Option<Text>,
    pub mode: Option<Spanned<u32>>,
}

#[derive(Clone, Debug, Default)]
pub struct Healthcheck {
    pub place: Place,
    pub test: Texts,
    /// Whether `test` was written as one string.
    pub test_is_shell: bool,
    /// Nanoseconds, as the four durations below.
    pub timeout: Option<Spanned<i64>>,
    pub interval: Option<Spanned<i64>>,
    pub retries: Option<Spanned<u64>>,
    pub start_period: Option<Spanned<i64>>,
    pub start_interval: Option<Spanned<i64>>,
    pub disable: Flag,
}

#[derive(Clone, Debug, Default)]
pub struct Logging {
    pub place: Place,
    pub driver: Option<Text>,
    pub options: Option<Labels>,
}

/// How a service is attached to a network.
#[derive(Clone, Debug, Default)]
pub struct Attachment {
    pub place: Place,
    pub aliases: Texts,
    pub ipv4_address: Option<Text>,
    pub ipv6_address: Option<Text>,
    pub driver_opts: Labels,
}

/// One published or exposed port; a range in short form makes several.
#[derive(Clone, Debug, Default)]
pub struct Port {
    pub place: Place,
    pub mode: Option<Text>,
    pub target: Option<Spanned<u32>>,
    pub published: Option<Spanned<u32>>,
    pub protocol: Option<Text>,
    /// Whether it was written as one string or number.
    pub short: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Ulimit {
    pub place: Place,
    /// Whether nothing is written, of which Docker dies when it deploys.
    pub is_null: bool,
    pub single: i64,
    pub soft: i64,
    pub hard: i64,
}

/// A mount of a service.
#[derive(Clone, Debug, Default)]
pub struct Mount {
    pub place: Place,
    pub kind: Option<Text>,
    pub source: Option<Text>,
    pub target: Option<Text>,
    pub read_only: Flag,
    pub consistency: Option<Text>,
    pub bind: Option<Option<Text>>,
    pub volume: Option<VolumeOptions>,
    /// Bytes.
    pub tmpfs: Option<i64>,
    pub image: Option<VolumeOptions>,
    pub cluster: bool,
    /// Whether it was written as one string.
    pub short: bool,
}

#[derive(Clone, Debug, Default)]
pub struct VolumeOptions {
    pub nocopy: bool,
    pub subpath: Option<Text>,
}

#[derive(Clone, Debug, Default)]
pub struct Deploy {
    pub place: Place,
    pub mode: Option<Text>,
    pub replicas: Option<Spanned<u64>>,
    pub labels: Labels,
    pub update_config: Option<UpdateConfig>,
    pub rollback_config: Option<UpdateConfig>,
    pub resources: Resources,
    pub restart_policy: Option<RestartPolicy>,
    pub placement: Placement,
    pub endpoint_mode: Option<Text>,
}

#[derive(Clone, Debug, Default)]
pub struct UpdateConfig {
    pub place: Place,
    pub parallelism: Option<Spanned<u64>>,
    /// Nanoseconds, as `monitor`.
    pub delay: Option<Spanned<i64>>,
    pub failure_action: Option<Text>,
    pub monitor: Option<Spanned<i64>>,
    pub max_failure_ratio: Option<Spanned<f32>>,
    pub order: Option<Text>,
}

#[derive(Clone, Debug, Default)]
pub struct Resources {
    pub limits: Option<Resource>,
    pub reservations: Option<Resource>,
}

#[derive(Clone, Debug, Default)]
pub struct Resource {
    pub place: Place,
    /// As written; Docker reads it only when it deploys.
    pub cpus: Option<Text>,
    /// Bytes.
    pub memory: Option<Spanned<i64>>,
    pub pids: Option<Spanned<i64>>,
    pub generic: Vec<GenericResource>,
}

#[derive(Clone, Debug, Default)]
pub struct GenericResource {
    pub place: Place,
    /// Whether `discrete_resource_spec` is there at all.
    pub discrete: bool,
    pub kind: Option<Text>,
    pub value: Option<Spanned<i64>>,
}

#[derive(Clone, Debug, Default)]
pub struct RestartPolicy {
    pub place: Place,
    pub condition: Option<Text>,
    /// Nanoseconds, as `window`.
    pub delay: Option<Spanned<i64>>,
    pub max_attempts: Option<Spanned<u64>>,
    pub window: Option<Spanned<i64>>,
}

#[derive(Clone, Debug, Default)]
pub struct Placement {
    pub place: Place,
    pub constraints: Texts,
    /// What each preference spreads over.
    pub preferences: Vec<Option<Text>>,
    pub max_replicas_per_node: Option<Spanned<u64>>,
}

/// A network of the stack.
#[derive(Clone, Debug, Default)]
pub struct Network {
    pub place: Place,
    pub name: Option<Text>,
    pub driver: Option<Text>,
    pub driver_opts: Labels,
    pub ipam_driver: Option<Text>,
    pub subnets: Vec<Option<Text>>,
    pub external: Flag,
    pub internal: Flag,
    pub attachable: Flag,
    pub labels: Labels,
    pub extras: Vec<Named<Node>>,
}

/// A volume of the stack.
#[derive(Clone, Debug, Default)]
pub struct Volume {
    pub place: Place,
    pub name: Option<Text>,
    pub driver: Option<Text>,
    pub driver_opts: Option<Labels>,
    pub external: Flag,
    pub labels: Labels,
    pub cluster_spec: Option<Node>,
}

/// A secret or a config of the stack.
#[derive(Clone, Debug, Default)]
pub struct FileObject {
    pub place: Place,
    pub name: Option<Text>,
    pub file: Option<Text>,
    pub external: Flag,
    pub labels: Labels,
    pub driver: Option<Text>,
    pub driver_opts: Labels,
    pub template_driver: Option<Text>,
    pub extras: Vec<Named<Node>>,
}

/// The variables that a process sees.
pub type Environment = BTreeMap<String, String>;

/// Whether an optional flag is set.
pub fn is_true(flag: &Flag) -> bool {
    flag.as_ref().is_some_and(|it| it.value)
}

/// An optional text, with Go's view that absent and empty are the same.
pub fn text(it: Option<&Text>) -> &str {
    it.map_or("", |it| it.value.as_str())
}
