//! `deploy`: how Swarm runs a service.

use crate::stack::keys::shape::{
    DURATION, INTEGER, NUMBER, PAIRS, Record, Shape, TEXT, TEXTS, Type, key,
};

pub(super) static DEPLOY: Record = Record::closed(&[
    key(
        "mode",
        &TEXT,
        "`replicated` (the default) runs `replicas` tasks, `global` one task on every node that \
         fits; `replicated-job` and `global-job` run tasks to their end.",
    ),
    key(
        "replicas",
        &INTEGER,
        "How many tasks to run, 1 by default. Only for the modes `replicated` and \
         `replicated-job`.",
    )
    .cast(),
    key(
        "labels",
        &PAIRS,
        "Labels of the service, which routers such as Traefik read. Labels of the containers \
         stand in `labels` of the service itself.",
    ),
    key(
        "endpoint_mode",
        &TEXT,
        "How the service's name resolves: `vip` (the default) to one virtual address that \
         balances, `dnsrr` to the addresses of the tasks. `dnsrr` cannot publish ports through \
         the ingress network.",
    )
    .since(2),
    key(
        "placement",
        &Shape::Record(&PLACEMENT),
        "Which nodes may run the tasks and how they spread over them.",
    ),
    key(
        "resources",
        &Shape::Record(&RESOURCES),
        "What a task may use at most and what a node must have free for it.",
    ),
    key(
        "restart_policy",
        &Shape::Record(&RESTART_POLICY),
        "Whether and when a task that ended is replaced. Without it: always, after 5 s.",
    ),
    key(
        "update_config",
        &Shape::Record(&UPDATE_CONFIG),
        "How a changed service replaces its tasks. Without it: one at a time, stopped before the \
         new one starts, paused at the first failure.",
    ),
    key(
        "rollback_config",
        &Shape::Record(&UPDATE_CONFIG),
        "How tasks are replaced when an update is rolled back. Without it: one at a time, paused \
         at the first failure.",
    )
    .since(7),
])
.or(&[Type::Mapping, Type::Null]);

static UPDATE_CONFIG: Record = Record::closed(&[
    key(
        "parallelism",
        &INTEGER,
        "How many tasks are replaced at once. 1 by default; 0 replaces all of them together.",
    )
    .cast(),
    key(
        "delay",
        &DURATION,
        "How long to wait after one batch before the next, such as `10s`. None by default.",
    ),
    key(
        "order",
        &Shape::Enum(&["start-first", "stop-first"]),
        "`stop-first` (the default) stops the old task before the new one starts; `start-first` \
         runs both for a while and needs room for both.",
    )
    .since(4),
    key(
        "failure_action",
        &TEXT,
        "What to do when too many new tasks fail: `pause` (the default), `continue`, or \
         `rollback` (updates only).",
    ),
    key(
        "monitor",
        &DURATION,
        "How long after its start a new task's failure counts against the update. 5 s by default.",
    ),
    key(
        "max_failure_ratio",
        &NUMBER,
        "The share of tasks, 0 to 1, that may fail before `failure_action` is taken. 0 by default.",
    )
    .cast(),
]);

static RESOURCES: Record = Record::closed(&[
    key(
        "limits",
        &Shape::Record(&LIMITS),
        "What a task gets at most. Over its memory it is killed, over its CPUs slowed down.",
    ),
    key(
        "reservations",
        &Shape::Record(&RESERVATIONS),
        "What must be free on a node for it to get a task. Counted against what other tasks \
         reserve, not against what they use.",
    ),
]);

static LIMITS: Record = Record::closed(&[
    key("cpus", &TEXT, "CPUs as a text in quotes: `\"0.5\"` is half of one. No limit by default."),
    key(
        "memory",
        &TEXT,
        "Memory with a unit, `512M` or `2G`, counted in steps of 1024. No limit by default.",
    ),
    key("pids", &INTEGER, "How many processes and threads a task may have. No limit by default.")
        .since(9),
]);

static RESERVATIONS: Record = Record::closed(&[
    key("cpus", &TEXT, "CPUs as a text in quotes that must be unreserved on the node."),
    key(
        "memory",
        &TEXT,
        "Memory that must be unreserved on the node, `512M` or `2G`, counted in steps of 1024.",
    ),
    key(
        "generic_resources",
        &Shape::List { item: &Shape::Record(&GENERIC_RESOURCE), unique: false },
        "Resources that nodes announce themselves, such as GPUs.",
    )
    .since(5),
]);

static GENERIC_RESOURCE: Record = Record::closed(&[key(
    "discrete_resource_spec",
    &Shape::Record(&DISCRETE_RESOURCE),
    "A number of units of one kind.",
)]);

static DISCRETE_RESOURCE: Record = Record::closed(&[
    key("kind", &TEXT, "The kind as the nodes announce it, such as `NVIDIA-GPU`."),
    key("value", &NUMBER, "How many units a task takes."),
]);

static RESTART_POLICY: Record = Record::closed(&[
    key(
        "condition",
        &TEXT,
        "When an ended task is replaced: `any` (the default), `on-failure` or `none`.",
    ),
    key("delay", &DURATION, "How long to wait before the new task starts. 5 s by default."),
    key(
        "max_attempts",
        &INTEGER,
        "How often a task is replaced, within `window`, before Swarm gives up. Unlimited by \
         default.",
    )
    .cast(),
    key(
        "window",
        &DURATION,
        "The time in which `max_attempts` are counted. Without it they are counted for ever.",
    ),
]);

static PLACEMENT: Record = Record::closed(&[
    key(
        "constraints",
        &TEXTS,
        "Conditions that a node must meet, all of them: `node.role == manager`, \
         `node.labels.zone != b`.",
    ),
    key(
        "preferences",
        &Shape::List { item: &Shape::Record(&PREFERENCE), unique: false },
        "What to spread the tasks over evenly, the most important first.",
    )
    .since(3),
    key(
        "max_replicas_per_node",
        &INTEGER,
        "The most tasks of this service that one node may run. Unlimited by default.",
    )
    .cast()
    .since(8),
]);

static PREFERENCE: Record = Record::closed(&[key(
    "spread",
    &TEXT,
    "The node label over whose values tasks are spread: `node.labels.zone`.",
)]);
