//! The table of keys of an inventory: the reader's list of what is known, and the JSON schema.

use crate::cluster::inventory::task::MOST;
use crate::cluster::{Availability, NodeStatus, TaskState};

/// A key, what it may hold, and what that means.
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) doc: &'static str,
}

/// What a value must look like.
pub(super) enum Shape {
    Text,
    Flag,
    /// A whole number from the first to the second.
    Number(u64, u64),
    /// A count of processors.
    Cpus,
    /// An amount such as `8GiB`, or bytes.
    Memory,
    Word(&'static [&'static str]),
    Texts,
    /// Names the user chooses, with a text each.
    Labels,
    /// Kinds of resources, with a count or a list of names each.
    Generic,
    /// Only the volumes' topologies.
    ListOfLabels,
    Record(&'static [Key]),
    List(&'static [Key]),
    /// Names the user chooses.
    Map(&'static [Key]),
    /// The same, or only a list of names.
    MapOrTexts(&'static [Key]),
    /// The same, or the Engine API's form.
    Services(&'static [Key]),
}

const fn key(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key { name, shape, doc }
}

const PORT: Shape = Shape::Number(1, 65535);
const MTU: Shape = Shape::Number(68, 65535);
const COUNT: Shape = Shape::Number(0, i64::MAX as u64);

/// The whole file.
pub(super) static ROOT: [Key; 9] = [
    key("cluster", Shape::Record(&CLUSTER), "What holds for the swarm as a whole."),
    key("defaults", Shape::Record(&DEFAULTS), "What holds for nodes that say nothing else."),
    key("nodes", Shape::Map(&NODE), "The machines of the swarm, by a name of your choice."),
    key("secrets", Shape::Texts, "Names of the secrets that exist. Absent: not known."),
    key("configs", Shape::Texts, "Names of the configs that exist. Absent: not known."),
    key(
        "volumes",
        Shape::MapOrTexts(&VOLUME),
        "Cluster volumes (CSI) that exist. Absent: not known.",
    ),
    key(
        "networks",
        Shape::MapOrTexts(&NETWORK),
        "Networks that exist, by name. Absent: not known.",
    ),
    key(
        "services",
        Shape::Services(&SERVICE),
        "Services that run already, in the Engine API's form or in short. Absent: not known.",
    ),
    key("tasks", Shape::List(&TASK), "Tasks that run already. Absent: not known."),
];

pub(super) static CLUSTER: [Key; 3] = [
    key("data_path_port", PORT, "The UDP port of overlay networks between nodes (4789)."),
    key(
        "default_addr_pool",
        Shape::Texts,
        "Where subnets of overlay networks are taken from (10.0.0.0/8).",
    ),
    key("subnet_size", Shape::Number(1, 32), "The prefix length of those subnets (24)."),
];

pub(super) static DEFAULTS: [Key; 3] = [
    key("os", Shape::Text, "The operating system as Docker reports it (linux)."),
    key("arch", Shape::Text, "The hardware as Docker reports it (x86_64)."),
    key("mtu", MTU, "The largest packet of the network between the nodes."),
];

pub(super) static NODE: [Key; 22] = [
    key("id", Shape::Text, "The node's id (its name)."),
    key("hostname", Shape::Text, "The node's host name (its name)."),
    key("role", Shape::Word(&["worker", "manager"]), "What the node is in the swarm (worker)."),
    key(
        "availability",
        Shape::Word(&Availability::WORDS),
        "Whether the operator wants tasks there (active).",
    ),
    key("state", Shape::Word(&NodeStatus::WORDS), "Whether the managers hear from it (ready)."),
    key("address", Shape::Text, "Its address as the managers see it."),
    key("os", Shape::Text, "The operating system as Docker reports it."),
    key("arch", Shape::Text, "The hardware as Docker reports it: x86_64, aarch64."),
    key("cpus", Shape::Cpus, "Its processors. Absent: taken for enough."),
    key("nano_cpus", COUNT, "The same in billionths."),
    key("memory", Shape::Memory, "Its memory, such as 8GiB. Absent: taken for enough."),
    key("memory_bytes", COUNT, "The same in bytes."),
    key("labels", Shape::Labels, "What `node.labels.…` compares."),
    key("engine_labels", Shape::Labels, "What `engine.labels.…` compares."),
    key("generic_resources", Shape::Generic, "Counted or named resources, such as GPU: 2."),
    key(
        "plugins",
        Shape::Texts,
        "All of its plugins, such as volume/local. Absent: taken for whatever is needed.",
    ),
    key("csi", Shape::List(&CSI), "Drivers of cluster volumes."),
    key("zone", Shape::Text, "What fails together. Swarm does not know it."),
    key("host", Shape::Text, "The machine under a virtual one. Swarm does not know it."),
    key(
        "reserved",
        Shape::Record(&RESERVED),
        "What the system needs for itself. Swarm does not know it.",
    ),
    key("firewall", Shape::Record(&FIREWALL), "What the node lets in. Swarm does not know it."),
    key("mtu", MTU, "The largest packet of its network."),
];

pub(super) static CSI: [Key; 2] = [
    key("plugin", Shape::Text, "The driver's name."),
    key("topology", Shape::Labels, "Where on the driver's map the node is."),
];

pub(super) static RESERVED: [Key; 2] = [
    key("cpus", Shape::Cpus, "Processors."),
    key("memory", Shape::Memory, "An amount of memory such as 512MiB."),
];

pub(super) static FIREWALL: [Key; 2] = [
    key("default", Shape::Word(&["deny", "allow"]), "What happens to all else (deny)."),
    key("allow", Shape::List(&ALLOW), "Who may come in where."),
];

pub(super) static ALLOW: [Key; 2] = [
    key("from", Shape::Text, "any, cluster, an address, a network, or a node's name (any)."),
    key("ports", Shape::Texts, "Such as 2377/tcp, 30000-32767/udp, esp, all."),
];

pub(super) static NETWORK: [Key; 5] = [
    key("driver", Shape::Text, "The network's driver (overlay)."),
    key("scope", Shape::Word(&["swarm", "local"]), "swarm for overlay networks where not said."),
    key("attachable", Shape::Flag, "Whether containers outside of Swarm may join."),
    key("encrypted", Shape::Flag, "Whether traffic between nodes is encrypted."),
    key("subnet", Shape::Text, "Its addresses, such as 10.5.0.0/24."),
];

pub(super) static VOLUME: [Key; 6] = [
    key("driver", Shape::Text, "The CSI driver."),
    key("group", Shape::Text, "The volume's group."),
    key("availability", Shape::Word(&Availability::WORDS), "Whether it may be used (active)."),
    key("scope", Shape::Word(&["single", "multi"]), "On how many nodes at once (single)."),
    key(
        "sharing",
        Shape::Word(&["none", "readonly", "onewriter", "all"]),
        "By which tasks at once (none).",
    ),
    key("topology", Shape::ListOfLabels, "Where it can be reached from (everywhere)."),
];

pub(super) static SERVICE: [Key; 8] = [
    key("image", Shape::Text, "The image."),
    key(
        "mode",
        Shape::Word(&["replicated", "global", "replicated-job", "global-job"]),
        "How many tasks there are (replicated).",
    ),
    key("replicas", COUNT, "The number of tasks (1)."),
    key("constraints", Shape::Texts, "Placement constraints."),
    key("max_replicas_per_node", COUNT, "The most tasks on one node (no limit)."),
    key("reservations", Shape::Record(&RESERVATIONS), "What each task keeps for itself."),
    key("ports", Shape::List(&PUBLISHED), "Published ports."),
    key("networks", Shape::Texts, "Names of networks."),
];

pub(super) static RESERVATIONS: [Key; 3] = [
    key("cpus", Shape::Cpus, "Processors."),
    key("memory", Shape::Memory, "An amount of memory such as 256MiB."),
    key("generic_resources", Shape::Generic, "Counts, such as GPU: 1."),
];

pub(super) static PUBLISHED: [Key; 4] = [
    key("published", PORT, "The port outside."),
    key("target", PORT, "The port inside."),
    key("protocol", Shape::Word(&["tcp", "udp", "sctp"]), "How packets reach it (tcp)."),
    key("mode", Shape::Word(&["ingress", "host"]), "On which nodes (ingress)."),
];

pub(super) static TASK: [Key; 6] = [
    key("service", Shape::Text, "The service's name."),
    key("node", Shape::Text, "The node's name."),
    key("slot", COUNT, "The slot. Absent: 1, 2, 3 and so on."),
    key("count", Shape::Number(0, MOST), "How many tasks this entry stands for (1)."),
    key("state", Shape::Word(&TaskState::WORDS), "What the task does (running)."),
    key("desired_state", Shape::Word(&TaskState::WORDS), "What it is meant to do (running)."),
];
