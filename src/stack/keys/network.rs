//! `networks` at the top level.

use crate::stack::keys::shape::{BOOL, OPTIONS, PAIRS, Record, Shape, TEXT, Type, Unknown, key};

pub(super) static NETWORK: Record = Record::closed(&[
    key(
        "name",
        &TEXT,
        "The network's real name, instead of `STACK_KEY`. Other stacks reach it under this name.",
    )
    .since(5),
    key(
        "external",
        &Shape::Record(&EXTERNAL),
        "`true`: it exists already, in the scope of the swarm, and is not created. All other keys \
         but `name` are then ignored.",
    )
    .cast(),
    key("driver", &TEXT, "The driver. `overlay` by default, which spans the nodes."),
    key(
        "driver_opts",
        &OPTIONS,
        "Options for the driver, such as `encrypted: \"\"` to encrypt traffic between nodes.",
    ),
    key(
        "attachable",
        &BOOL,
        "`true` lets containers join that are not part of a service. `false` by default.",
    )
    .cast()
    .since(2),
    key("internal", &BOOL, "`true` cuts the network off from the outside. `false` by default.")
        .cast(),
    key("ipam", &Shape::Record(&IPAM), "How addresses are given out."),
    key("labels", &PAIRS, "Labels of the network."),
])
.with(Unknown::Extensions(7))
.or(&[Type::Mapping, Type::Null]);

/// `external` of networks and volumes.
pub(super) static EXTERNAL: Record =
    Record::closed(&[key("name", &TEXT, "The real name. Deprecated: write `name` beside.")])
        .or(&[Type::Bool, Type::Mapping]);

static IPAM: Record = Record::closed(&[
    key("driver", &TEXT, "Who gives out addresses. Swarm itself by default."),
    key(
        "config",
        &Shape::List { item: &Shape::Record(&SUBNET), unique: false },
        "The subnets. Without one, Swarm takes the next free one of its pool, a /24.",
    ),
]);

static SUBNET: Record = Record::closed(&[key(
    "subnet",
    &TEXT,
    "Addresses in CIDR notation, such as `10.20.0.0/22`. A /24 has room for some 250 tasks.",
)]);
