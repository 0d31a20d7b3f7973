//! What a changed field does to running tasks: a table to be checked against SwarmKit's
//! `manager/orchestrator/task.go` (what makes a task dirty) and `manager/controlapi` (what is
//! refused). The longest row that a field begins with holds.

use crate::plan::diff::Keyed;

/// What becomes of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It holds at once, and no task notices.
    InPlace,
    /// Tasks come or go; the others stay.
    Scale,
    /// Tasks stay where the node meets the new constraints, if nothing else of the task changes.
    WhereAllowed,
    /// Every task is replaced.
    Restart,
    /// The manager refuses the update.
    Refused,
    /// Docker does not send it, or the manager does not look at it.
    Ignored,
}

/// How a value is written in a stack file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// As it is.
    Plain,
    /// Nanoseconds.
    Duration,
    /// Bytes.
    Bytes,
    /// Billionths of a processor.
    Cpus,
    /// Permission bits.
    Mode,
    /// The hash of a content; nothing of it is shown.
    Content,
}

/// One field and all below it.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// By the Engine API's names; a list's items and an object's free keys are `[]`.
    pub field: &'static str,
    /// By the keys of a stack file.
    pub name: &'static str,
    pub effect: Effect,
    pub unit: Unit,
}

const fn row(field: &'static str, name: &'static str, effect: Effect, unit: Unit) -> Row {
    Row { field, name, effect, unit }
}

use Effect::{Ignored, InPlace, Refused, Restart, Scale, WhereAllowed};
use Unit::{Bytes, Content, Cpus, Duration, Mode, Plain};

/// Of a service.
pub static SERVICE: &[Row] = &[
    row("Labels", "deploy.labels", InPlace, Plain),
    row("Mode", "deploy.mode", Refused, Plain),
    row("Mode.Replicated.Replicas", "deploy.replicas", Scale, Plain),
    // A job runs again with every update, whatever is in it.
    row("Mode.ReplicatedJob.MaxConcurrent", "deploy.replicas at once", Restart, Plain),
    row("Mode.ReplicatedJob.TotalCompletions", "deploy.replicas", Restart, Plain),
    row("UpdateConfig", "deploy.update_config", InPlace, Plain),
    row("UpdateConfig.Delay", "deploy.update_config.delay", InPlace, Duration),
    row("UpdateConfig.Monitor", "deploy.update_config.monitor", InPlace, Duration),
    row("RollbackConfig", "deploy.rollback_config", InPlace, Plain),
    row("RollbackConfig.Delay", "deploy.rollback_config.delay", InPlace, Duration),
    row("RollbackConfig.Monitor", "deploy.rollback_config.monitor", InPlace, Duration),
    row("EndpointSpec.Mode", "deploy.endpoint_mode", Restart, Plain),
    row("EndpointSpec.Ports", "ports", Restart, Plain),
    row("TaskTemplate.Placement", "deploy.placement", WhereAllowed, Plain),
    row("TaskTemplate.Placement.Constraints", "deploy.placement.constraints", WhereAllowed, Plain),
    row("TaskTemplate.Placement.Preferences", "deploy.placement.preferences", WhereAllowed, Plain),
    row(
        "TaskTemplate.Placement.MaxReplicas",
        "deploy.placement.max_replicas_per_node",
        WhereAllowed,
        Plain,
    ),
    row("TaskTemplate.Resources.Limits", "deploy.resources.limits", Restart, Plain),
    row("TaskTemplate.Resources.Limits.NanoCPUs", "deploy.resources.limits.cpus", Restart, Cpus),
    row(
        "TaskTemplate.Resources.Limits.MemoryBytes",
        "deploy.resources.limits.memory",
        Restart,
        Bytes,
    ),
    row("TaskTemplate.Resources.Reservations", "deploy.resources.reservations", Restart, Plain),
    row(
        "TaskTemplate.Resources.Reservations.NanoCPUs",
        "deploy.resources.reservations.cpus",
        Restart,
        Cpus,
    ),
    row(
        "TaskTemplate.Resources.Reservations.MemoryBytes",
        "deploy.resources.reservations.memory",
        Restart,
        Bytes,
    ),
    row("TaskTemplate.RestartPolicy", "deploy.restart_policy", Restart, Plain),
    row("TaskTemplate.RestartPolicy.Delay", "deploy.restart_policy.delay", Restart, Duration),
    row("TaskTemplate.RestartPolicy.Window", "deploy.restart_policy.window", Restart, Duration),
    row("TaskTemplate.Networks", "networks", Restart, Plain),
    row("TaskTemplate.LogDriver", "logging", Restart, Plain),
    row("TaskTemplate.ForceUpdate", "forced update", Restart, Plain),
    row("TaskTemplate.ContainerSpec.Image", "image", Restart, Plain),
    row("TaskTemplate.ContainerSpec.Command", "entrypoint", Restart, Plain),
    row("TaskTemplate.ContainerSpec.Args", "command", Restart, Plain),
    row("TaskTemplate.ContainerSpec.Env", "environment", Restart, Plain),
    row("TaskTemplate.ContainerSpec.Labels", "labels", Restart, Plain),
    row("TaskTemplate.ContainerSpec.Dir", "working_dir", Restart, Plain),
    row("TaskTemplate.ContainerSpec.Mounts", "volumes", Restart, Plain),
    row("TaskTemplate.ContainerSpec.Mounts[].TmpfsOptions.SizeBytes", "volumes", Restart, Bytes),
    row("TaskTemplate.ContainerSpec.Secrets", "secrets", Restart, Plain),
    row("TaskTemplate.ContainerSpec.Secrets[].File.Mode", "secrets", Restart, Mode),
    row("TaskTemplate.ContainerSpec.Configs", "configs", Restart, Plain),
    row("TaskTemplate.ContainerSpec.Configs[].File.Mode", "configs", Restart, Mode),
    row("TaskTemplate.ContainerSpec.Healthcheck", "healthcheck", Restart, Plain),
    row(
        "TaskTemplate.ContainerSpec.Healthcheck.Interval",
        "healthcheck.interval",
        Restart,
        Duration,
    ),
    row("TaskTemplate.ContainerSpec.Healthcheck.Timeout", "healthcheck.timeout", Restart, Duration),
    row(
        "TaskTemplate.ContainerSpec.Healthcheck.StartPeriod",
        "healthcheck.start_period",
        Restart,
        Duration,
    ),
    row(
        "TaskTemplate.ContainerSpec.Healthcheck.StartInterval",
        "healthcheck.start_interval",
        Restart,
        Duration,
    ),
    row("TaskTemplate.ContainerSpec.StopGracePeriod", "stop_grace_period", Restart, Duration),
    row("TaskTemplate.ContainerSpec.Hosts", "extra_hosts", Restart, Plain),
    row("TaskTemplate.ContainerSpec.DNSConfig.Nameservers", "dns", Restart, Plain),
    row("TaskTemplate.ContainerSpec.DNSConfig.Search", "dns_search", Restart, Plain),
    row("TaskTemplate.ContainerSpec.CapabilityAdd", "cap_add", Restart, Plain),
    row("TaskTemplate.ContainerSpec.CapabilityDrop", "cap_drop", Restart, Plain),
    row("TaskTemplate.ContainerSpec.TTY", "tty", Restart, Plain),
    row("TaskTemplate.ContainerSpec.OpenStdin", "stdin_open", Restart, Plain),
    // Hostname, user, init, read_only, sysctls, ulimits and the like.
    row("TaskTemplate.ContainerSpec", "", Restart, Plain),
    row("TaskTemplate", "", Restart, Plain),
];

/// Of a network that exists.
pub static NETWORK: &[Row] = &[
    row("Options", "driver_opts", Ignored, Plain),
    row("IPAM.Driver", "ipam.driver", Ignored, Plain),
    row("IPAM.Config", "ipam.config", Ignored, Plain),
    row("", "", Ignored, Plain),
];

/// Of a secret or a config that exists.
pub static OBJECT: &[Row] = &[
    row("Labels", "labels", InPlace, Plain),
    row("Data", "content", Refused, Content),
    row("Templating", "template_driver", Ignored, Plain),
    row("", "", Ignored, Plain),
];

/// The row that a field falls under.
pub fn find(table: &'static [Row], field: &str) -> Option<&'static Row> {
    let is_under = |row: &&Row| {
        let rest = field.strip_prefix(row.field);
        rest.is_some_and(|it| row.field.is_empty() || it.is_empty() || it.starts_with(['.', '[']))
    };
    table.iter().filter(is_under).max_by_key(|it| it.field.len())
}

/// What the items of a list, or the free keys of an object, are told apart by.
pub fn keyed(field: &str) -> Option<Keyed> {
    let last = field.rsplit('.').next().unwrap_or_default();
    match last {
        "Labels" | "Options" | "DriverOpts" | "Sysctls" => Some(Keyed::Map),
        "Env" => Some(Keyed::Pairs),
        "Constraints" | "CapabilityAdd" | "CapabilityDrop" | "Hosts" | "Aliases" | "Groups" => {
            Some(Keyed::Words)
        }
        "Mounts" | "Networks" => Some(Keyed::By(&["Target"])),
        "Ports" => Some(Keyed::Ports),
        "Secrets" | "Configs" => Some(Keyed::By(&["File.Name"])),
        "Ulimits" => Some(Keyed::By(&["Name"])),
        "Config" => Some(Keyed::By(&["Subnet"])),
        "GenericResources" => Some(Keyed::By(&[
            "DiscreteResourceSpec.Kind",
            "NamedResourceSpec.Kind",
            "NamedResourceSpec.Value",
        ])),
        "Preferences" => Some(Keyed::By(&["Spread.SpreadDescriptor"])),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Effect, SERVICE, find};
    use crate::rollout;
    use crate::swarm::spec::ServiceSpec;
    use serde_json::{Value, json};

    /// A service with something in every field that the table has.
    fn full() -> Value {
        let text = r#"{
            "Name": "shop_web",
            "Labels": { "a": "1" },
            "Mode": { "Replicated": { "Replicas": 2 } },
            "UpdateConfig": { "Parallelism": 1, "Delay": 1, "Monitor": 1, "Order": "stop-first" },
            "RollbackConfig": { "Parallelism": 1, "Delay": 1, "Monitor": 1 },
            "EndpointSpec": { "Mode": "vip", "Ports": [{ "TargetPort": 80 }] },
            "TaskTemplate": {
                "Placement": { "Constraints": ["node.role == worker"], "MaxReplicas": 1,
                    "Preferences": [{ "Spread": { "SpreadDescriptor": "node.labels.zone" } }] },
                "Resources": { "Limits": { "NanoCPUs": 1, "MemoryBytes": 1, "Pids": 1 },
                    "Reservations": { "NanoCPUs": 1, "MemoryBytes": 1 } },
                "RestartPolicy": { "Condition": "any", "Delay": 1, "MaxAttempts": 1, "Window": 1 },
                "Networks": [{ "Target": "n", "Aliases": ["web"] }],
                "LogDriver": { "Name": "gelf", "Options": { "a": "1" } },
                "ForceUpdate": 1,
                "ContainerSpec": { "Image": "a", "Command": ["a"], "Args": ["a"], "Env": ["A=1"],
                    "Labels": { "a": "1" }, "Dir": "/a", "User": "a", "Hostname": "a", "Init": true,
                    "Mounts": [{ "Type": "volume", "Source": "a", "Target": "/a" }],
                    "Secrets": [{ "File": { "Name": "a", "Mode": 256 }, "SecretName": "a" }],
                    "Configs": [{ "File": { "Name": "a", "Mode": 256 }, "ConfigName": "a" }],
                    "Healthcheck": { "Test": ["CMD", "a"], "Interval": 1, "Timeout": 1,
                        "StartPeriod": 1, "StartInterval": 1, "Retries": 1 },
                    "StopGracePeriod": 1, "StopSignal": "a", "Hosts": ["1.1.1.1 a"],
                    "DNSConfig": { "Nameservers": ["1.1.1.1"], "Search": ["a"] },
                    "CapabilityAdd": ["a"], "CapabilityDrop": ["a"], "TTY": true,
                    "OpenStdin": true, "ReadOnly": true, "Sysctls": { "a": "1" },
                    "Ulimits": [{ "Name": "nofile", "Soft": 1, "Hard": 1 }] }
            }
        }"#;
        serde_json::from_str(text).expect("JSON")
    }

    /// The paths of all leaves, without what is in lists.
    fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => map.iter().for_each(|(key, it)| {
                let dot = if path.is_empty() { "" } else { "." };
                leaves(it, &format!("{path}{dot}{key}"), found);
            }),
            _ => found.push(path.to_owned()),
        }
    }

    fn changed(path: &str) -> Value {
        let mut all = full();
        let pointer = format!("/{}", path.replace('.', "/"));
        let value = all.pointer_mut(&pointer).expect("a leaf");
        *value = match &*value {
            Value::Number(_) => 7.into(),
            Value::Bool(it) => (!it).into(),
            Value::Array(_) => json!([]),
            _ => "other".into(),
        };
        all
    }

    #[test]
    fn the_table_says_what_swarmkit_does() {
        let spec = |it| serde_json::from_value::<ServiceSpec>(it).expect("a spec");
        let mut paths = Vec::new();
        leaves(&full(), "", &mut paths);
        assert!(paths.len() > 55, "{paths:?}");
        for path in paths.iter().filter(|it| *it != "Name") {
            let row = find(SERVICE, path).unwrap_or_else(|| panic!("no row for {path}"));
            let (old, new) = (spec(full()), spec(changed(path)));
            assert_ne!(old, new, "{path} is not in the spec");
            let expected = match rollout::effect(&old, &new) {
                rollout::Effect::Replace => &[Effect::Restart][..],
                rollout::Effect::KeepWhereAllowed => &[Effect::WhereAllowed],
                rollout::Effect::Keep => &[Effect::InPlace, Effect::Scale],
            };
            assert!(expected.contains(&row.effect), "{path}: {:?}", row.effect);
        }
    }

    #[test]
    fn the_longest_row_holds() {
        let name = |field: &str| find(SERVICE, field).map(|it| it.name);
        assert_eq!(name("UpdateConfig.Delay"), Some("deploy.update_config.delay"));
        assert_eq!(name("UpdateConfig.Order"), Some("deploy.update_config"));
        assert_eq!(name("TaskTemplate.ContainerSpec.Mounts[].Source"), Some("volumes"));
        assert_eq!(name("Labelsome"), None);
    }
}
