//! Keys of the Compose Specification that `docker stack` refuses, and what to do instead.

use crate::stack::check::Segment;

/// Where a key may stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Top,
    Service,
    Build,
    Resources,
    Port,
    Attachment,
    Network,
    Secret,
    Config,
}

const REMOVE: &str = "remove it: Swarm has nothing like it";

/// The keys, by place and name.
const KEYS: &[(Level, &[&str], &str)] = &[
    (Level::Top, &["name"], "remove it: the stack's name is given to `docker stack deploy`"),
    (Level::Top, &["include"], "name each file with `-c`"),
    (Level::Top, &["models"], REMOVE),
    (Level::Service, &["annotations", "attach", "models", "provider", "use_api_socket"], REMOVE),
    (Level::Service, &["blkio_config", "credential", "mem_swappiness", "oom_kill_disable"], REMOVE),
    (Level::Service, &["cpus"], "write `deploy.resources.limits.cpus`, in quotes"),
    (Level::Service, &["cpu_count", "cpu_percent", "cpu_period", "cpu_rt_period"], CPU),
    (Level::Service, &["cpu_rt_runtime"], CPU),
    (Level::Service, &["cgroup"], REMOVE),
    (Level::Service, &["develop"], "remove it, or keep it in a file for `docker compose` only"),
    (Level::Service, &["device_cgroup_rules", "dns_opt"], REMOVE),
    (Level::Service, &["gpus"], "offer GPUs as generic resources and reserve them in `deploy`"),
    (Level::Service, &["group_add"], "remove it, or write the group in `user`: `1000:2000`"),
    (Level::Service, &["label_file"], "write the labels out"),
    (Level::Service, &["mem_reservation"], "write `deploy.resources.reservations.memory`"),
    (Level::Service, &["pids_limit"], "write `deploy.resources.limits.pids`"),
    (Level::Service, &["platform"], "write a constraint: `node.platform.arch == x86_64`"),
    (Level::Service, &["post_start", "pre_stop"], "do it in the image's entrypoint"),
    (Level::Service, &["profiles"], "put the service into a file of its own"),
    (Level::Service, &["pull_policy", "pull_refresh_after"], "see `--resolve-image` of the deploy"),
    (Level::Service, &["runtime"], "set the default runtime for the daemon of each node"),
    (Level::Service, &["scale"], "write `deploy.replicas`"),
    (Level::Service, &["storage_opt", "uts"], REMOVE),
    (Level::Build, &["additional_contexts", "dockerfile_inline", "platforms", "secrets"], BUILD),
    (Level::Build, &["ssh", "tags", "cache_to", "no_cache", "pull", "privileged"], BUILD),
    (Level::Resources, &["devices"], "offer them as `generic_resources` on the nodes"),
    (Level::Port, &["host_ip"], "remove it: Swarm publishes on every address of a node"),
    (Level::Port, &["name", "app_protocol"], "remove it: it is a name only"),
    (Level::Attachment, &["priority", "gw_priority"], REMOVE),
    (Level::Attachment, &["link_local_ips", "mac_address", "interface_name"], REMOVE),
    (Level::Network, &["enable_ipv6", "enable_ipv4"], "create the network and declare it external"),
    (Level::Secret, &["environment", "content"], "write the value to a `file`"),
    (Level::Config, &["environment", "content"], "write the text to a `file`"),
];

const CPU: &str = "write `deploy.resources.limits.cpus`";
const BUILD: &str = "remove it: Swarm builds nothing";

/// What to do instead of a key of the Compose Specification; none where it has no such key.
pub(super) fn advice(path: &[Segment], key: &str) -> Option<&'static str> {
    let level = level(path)?;
    KEYS.iter().find(|it| it.0 == level && it.1.contains(&key)).map(|it| it.2)
}

fn level(path: &[Segment]) -> Option<Level> {
    let keys: Vec<_> = path
        .iter()
        .map(|it| match it {
            Segment::Key(key) => key.as_str(),
            Segment::Index(_) => "[]",
        })
        .collect();
    Some(match keys.as_slice() {
        [] => Level::Top,
        ["services", _] => Level::Service,
        ["services", _, "build"] => Level::Build,
        ["services", _, "deploy", "resources", _] => Level::Resources,
        ["services", _, "ports", "[]"] => Level::Port,
        ["services", _, "networks", _] => Level::Attachment,
        ["networks", _] => Level::Network,
        ["secrets", _] => Level::Secret,
        ["configs", _] => Level::Config,
        _ => return None,
    })
}

/// The last key of a path.
pub(super) fn last_key(path: &[Segment]) -> Option<&str> {
    path.iter().rev().find_map(|it| match it {
        Segment::Key(key) => Some(key.as_str()),
        Segment::Index(_) => None,
    })
}
