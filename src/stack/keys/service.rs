//! A service.

use crate::stack::keys::build::BUILD;
use crate::stack::keys::deploy::DEPLOY;
use crate::stack::keys::healthcheck::HEALTHCHECK;
use crate::stack::keys::mount::MOUNTS;
use crate::stack::keys::port::PORTS;
use crate::stack::keys::reference::{ATTACHMENTS, FILES};
use crate::stack::keys::shape::{
    BOOL, COMMAND, DURATION, INTEGER, KeyDoc, MapShape, Names, Others, PAIRS, Record, SET, Shape,
    TEXT, TEXT_OR_SET, Type, Unknown, Usage, key,
};

pub static SERVICE: Record = Record::closed(&[
    key(
        "image",
        &TEXT,
        "The image, such as `nginx:1.27`. Required by a deploy; without a tag it is `latest`.",
    ),
    key(
        "command",
        &COMMAND,
        "The arguments, instead of the image's `CMD`. A text is split at blanks; no shell runs.",
    ),
    key(
        "entrypoint",
        &COMMAND,
        "The program, instead of the image's `ENTRYPOINT`. A text is split at blanks; no shell \
         runs.",
    ),
    key(
        "environment",
        &PAIRS,
        "Environment variables. One without a value, or with an empty one, takes it from the \
         deploy's own environment if it is set there.",
    ),
    key(
        "env_file",
        &TEXT_OR_SET,
        "Files with `KEY=value` lines, read by the deploy; `environment` wins over them. Quotes \
         are kept as part of the value.",
    ),
    key("deploy", &Shape::Record(&DEPLOY), "How Swarm runs the service."),
    key(
        "ports",
        &PORTS,
        "What the service publishes: `[HOST:]CONTAINER[/PROTOCOL]`, or a mapping. An IP address \
         in front is ignored: Swarm listens on all of them.",
    ),
    key(
        "networks",
        &ATTACHMENTS,
        "The networks the tasks join, by their keys at the top level. `default` when none is \
         named.",
    ),
    key(
        "volumes",
        &MOUNTS,
        "What is mounted: `SOURCE:TARGET[:ro]`, or a mapping. A path on the node must exist on \
         every node that may run a task.",
    ),
    key(
        "secrets",
        &FILES,
        "Secrets the tasks may read, as files below `/run/secrets` in their memory.",
    )
    .since(1),
    key("configs", &FILES, "Configs the tasks get as files, below `/` by default.").since(3),
    key("healthcheck", &Shape::Record(&HEALTHCHECK), "How a node finds out that a task works."),
    key("labels", &PAIRS, "Labels of the containers. Those of the service: `deploy.labels`."),
    key(
        "logging",
        &Shape::Record(&LOGGING),
        "Where the output goes. Without it, where each node's engine is set to send it.",
    ),
    key("user", &TEXT, "The user the process runs as, `name`, `uid` or `uid:gid`."),
    key("working_dir", &TEXT, "The folder the process starts in."),
    key(
        "hostname",
        &TEXT,
        "The host name inside the container. May be a template: `{{.Node.Hostname}}`.",
    ),
    key(
        "stop_grace_period",
        &DURATION,
        "How long a task may take to stop before it is killed. 10 s by default.",
    ),
    key("stop_signal", &TEXT, "The signal that asks it to stop. `SIGTERM` by default."),
    key("init", &BOOL, "`true` runs a small init process that reaps zombies.").since(7),
    key("read_only", &BOOL, "`true` makes the container's root file system read-only.").cast(),
    key("tty", &BOOL, "`true` gives the process a terminal.").cast(),
    key("stdin_open", &BOOL, "`true` keeps standard input open.").cast(),
    key("cap_add", &SET, "Capabilities to add, such as `NET_ADMIN`; `ALL` adds every one."),
    key("cap_drop", &SET, "Capabilities to take away; `ALL` takes every one."),
    key("sysctls", &PAIRS, "Kernel settings of the container's own name space."),
    key("ulimits", &ULIMITS, "Limits of the processes, such as `nofile: 65536`.").cast(),
    key(
        "extra_hosts",
        &PAIRS,
        "Lines for `/etc/hosts`: `name=address`. A list entry without an address is dropped \
         without a word.",
    ),
    key("dns", &TEXT_OR_SET, "DNS servers, by address, instead of the node's."),
    key("dns_search", &TEXT_OR_SET, "Domains to search for short names."),
    key(
        "credential_spec",
        &Shape::Record(&CREDENTIAL_SPEC),
        "Credentials of a managed service account, on Windows.",
    )
    .since(3),
    key("isolation", &TEXT, "How containers are isolated on Windows: `process` or `hyperv`.")
        .since(5),
    key(
        "restart",
        &TEXT,
        "Used only when `deploy.restart_policy` is missing, although a deploy says that it \
         ignores it. Better written there.",
    )
    .usage(Usage::Unsupported),
    key(
        "depends_on",
        &SET,
        "Ignored without a word: Swarm starts services in no order. The process must wait for \
         what it needs.",
    )
    .usage(Usage::Ignored),
    key(
        "tmpfs",
        &TEXT_OR_SET,
        "Ignored without a word. Write a mount of `type: tmpfs` below `volumes`.",
    )
    .usage(Usage::Ignored),
    key("oom_score_adj", &INTEGER, "Ignored without a word: the value is lost on its way.")
        .cast()
        .usage(Usage::Ignored)
        .since(13),
    key(
        "container_name",
        &TEXT,
        "Ignored: Swarm names containers itself, `STACK_SERVICE.SLOT.ID`.",
    )
    .usage(Usage::Deprecated("Setting the container name is not supported.")),
    key(
        "expose",
        &Shape::List { item: &Shape::Plain(&[Type::Text, Type::Number]), unique: true },
        "Ignored: services that share a network reach each other on every port.",
    )
    .usage(Usage::Deprecated(
        "Exposing ports is unnecessary - services on the same network can access each other's \
         containers on any port.",
    )),
    unsupported("build", &BUILD, "Ignored by a deploy, which builds nothing: name an `image`."),
    unsupported("cgroupns_mode", &TEXT, "Ignored by a deploy: Swarm cannot set it.").since(9),
    unsupported("cgroup_parent", &TEXT, "Ignored by a deploy: Swarm cannot set it."),
    unsupported("devices", &SET, "Ignored by a deploy: Swarm gives tasks no devices."),
    unsupported("domainname", &TEXT, "Ignored by a deploy. Write it into `hostname`."),
    unsupported("external_links", &SET, "Ignored by a deploy. Share a network instead."),
    unsupported("ipc", &TEXT, "Ignored by a deploy: Swarm cannot set it."),
    unsupported("links", &SET, "Ignored by a deploy. Services find each other by their names."),
    unsupported("mac_address", &TEXT, "Ignored by a deploy: Swarm cannot set it."),
    unsupported(
        "network_mode",
        &TEXT,
        "Ignored by a deploy. For the node's own network, declare an external network named \
         `host`.",
    ),
    unsupported(
        "pid",
        &Shape::Plain(&[Type::Text, Type::Null]),
        "Ignored by a deploy: Swarm cannot set it.",
    ),
    unsupported("privileged", &BOOL, "Ignored by a deploy: tasks are never privileged.").cast(),
    unsupported("security_opt", &SET, "Ignored by a deploy: Swarm cannot set it."),
    unsupported(
        "shm_size",
        &Shape::Plain(&[Type::Number, Type::Text]),
        "Ignored by a deploy. Mount a tmpfs at `/dev/shm` instead.",
    ),
    unsupported("userns_mode", &TEXT, "Ignored by a deploy: Swarm cannot set it."),
    forbidden("extends", "Support for `extends` is not implemented yet."),
    forbidden(
        "volume_driver",
        "Instead of setting the volume driver on the service, define a volume using the top-level \
         `volumes` option and specify the driver there.",
    ),
    forbidden(
        "volumes_from",
        "To share a volume between services, define it using the top-level `volumes` option and \
         reference it from each service that shares it using the service-level `volumes` option.",
    ),
    forbidden("cpu_quota", RESOURCES),
    forbidden("cpu_shares", RESOURCES),
    forbidden("cpuset", RESOURCES),
    forbidden("mem_limit", RESOURCES),
    forbidden("memswap_limit", RESOURCES),
])
.with(Unknown::Extensions(7));

const RESOURCES: &str = "Set resource limits using deploy.resources";

const fn unsupported(name: &'static str, shape: &'static Shape, doc: &'static str) -> KeyDoc {
    key(name, shape, doc).usage(Usage::Unsupported)
}

const fn forbidden(name: &'static str, docker: &'static str) -> KeyDoc {
    key(name, &Shape::Any, "Refused: no deploy takes a file with this key.")
        .usage(Usage::Forbidden(docker))
}

static LOGGING: Record = Record::closed(&[
    key("driver", &TEXT, "The driver, such as `json-file`, `local` or `journald`."),
    key(
        "options",
        &Shape::Map(MapShape {
            names: Names::OneLine,
            others: Others::Unchecked,
            value: &Shape::Plain(&[Type::Text, Type::Number, Type::Null]),
        }),
        "Options for the driver, such as `max-size: 10m`.",
    ),
]);

static CREDENTIAL_SPEC: Record = Record::closed(&[
    key("config", &TEXT, "The config that holds the specification, by its key.").since(8),
    key("file", &TEXT, "A file in the engine's folder for credential specifications."),
    key("registry", &TEXT, "A value in the node's Windows registry."),
]);

const ULIMITS: Shape = Shape::Map(MapShape {
    names: Names::Lowercase,
    others: Others::Unchecked,
    value: &Shape::OneOf(&[INTEGER, Shape::Record(&ULIMIT)]),
});

static ULIMIT: Record = Record::closed(&[
    key("hard", &INTEGER, "The limit that the process cannot raise.").cast(),
    key("soft", &INTEGER, "The limit at the start, which the process may raise up to `hard`.")
        .cast(),
])
.requiring(&["soft", "hard"]);
