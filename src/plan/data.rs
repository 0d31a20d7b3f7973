//! What a task writes to its node and nowhere else.

use crate::swarm::spec::{Mount, ServiceSpec};

/// Directories of a node that hold nothing of a service: devices, sockets, settings of the system.
const SYSTEM: [&str; 6] = ["/dev", "/etc", "/proc", "/run", "/sys", "/var/run"];

/// Volumes and directories that stay on a node when a task leaves it.
pub(super) fn left_behind(spec: &ServiceSpec) -> Vec<String> {
    let mounts = spec.task_template.container_spec.mounts.iter();
    let mut found: Vec<String> =
        mounts.filter(|it| stays(it)).map(|it| it.source.clone()).collect();
    found.sort();
    found.dedup();
    found
}

fn stays(mount: &Mount) -> bool {
    if mount.read_only || mount.source.is_empty() {
        return false;
    }
    match mount.kind.as_str() {
        "volume" => {
            let options = mount.volume_options.as_ref();
            let Some(driver) = options.and_then(|it| it.driver_config.as_ref()) else {
                return true;
            };
            // The local driver mounts what it is told to, which may be on another machine.
            let kind = driver.options.get("type").map_or("", String::as_str);
            matches!(driver.name.as_str(), "" | "local")
                && !["nfs", "nfs4", "cifs", "glusterfs", "ceph"].contains(&kind)
        }
        "bind" => {
            let below = |folder: &str| {
                mount
                    .source
                    .strip_prefix(folder)
                    .is_some_and(|it| it.is_empty() || it.starts_with('/'))
            };
            mount.source != "/" && !SYSTEM.into_iter().any(below)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::left_behind;
    use crate::swarm::spec::ServiceSpec;
    use serde_json::json;

    #[test]
    fn only_what_is_written_to_the_node_stays_there() {
        let mounts = json!([
            { "Type": "volume", "Source": "data", "Target": "/data" },
            { "Type": "volume", "Source": "read", "Target": "/read", "ReadOnly": true },
            { "Type": "volume", "Target": "/anonymous" },
            { "Type": "volume", "Source": "nfs", "Target": "/nfs", "VolumeOptions": {
                "DriverConfig": { "Name": "local", "Options": { "type": "nfs" } } } },
            { "Type": "volume", "Source": "far", "Target": "/far", "VolumeOptions": {
                "DriverConfig": { "Name": "rexray" } } },
            { "Type": "bind", "Source": "/srv/files", "Target": "/files" },
            { "Type": "bind", "Source": "/var/run/docker.sock", "Target": "/sock" },
            { "Type": "bind", "Source": "/run", "Target": "/run" },
            { "Type": "tmpfs", "Target": "/tmp" }
        ]);
        let spec = json!({ "TaskTemplate": { "ContainerSpec": { "Mounts": mounts } } });
        let spec: ServiceSpec = serde_json::from_value(spec).unwrap_or_default();
        assert_eq!(left_behind(&spec), ["/srv/files", "data"]);
    }
}
